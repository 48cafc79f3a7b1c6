import type { Projection } from "../../embedding/projection/projection.ts";

/** What one needs to get the same map again. */
export function describeSettings(projection: Projection): string {
  const { method, seed, nNeighbors, minDist } = projection;
  if (method === "pca") return "";
  return `seed ${seed}, ${nNeighbors} neighbours, minDist ${minDist}`;
}
