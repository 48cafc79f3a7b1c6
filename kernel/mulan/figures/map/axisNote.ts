import type { MapFigure } from "../contract.ts";

/** What the two directions of the map mean, in words. */
export function axisNote({ method, explained }: Pick<MapFigure, "method" | "explained">): string {
  if (method !== "pca") return "near points are alike; axes and wide distances mean nothing";
  if (!explained) return "→ component 1, ↑ component 2, same scale";
  const [first, second] = explained.map((share) => `${Math.round(100 * share)} %`);
  return `→ component 1 (${first} of variance), ↑ component 2 (${second}), same scale`;
}
