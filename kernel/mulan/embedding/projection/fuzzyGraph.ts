import type { NearestTable } from "./nearestTable.ts";

/** Undirected edges, each listed once from either end; weights are memberships in (0, 1]. */
export interface FuzzyGraph {
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly weights: Float32Array;
}

const BISECTIONS = 64;
const TOLERANCE = 1e-5;
/** A bandwidth never falls below this share of the mean distance. */
const MIN_BANDWIDTH = 1e-3;

/**
 * UMAP's fuzzy simplicial set (McInnes, Healy, Melville 2018, arXiv 1802.03426, algorithms 2 and 3, local
 * connectivity 1): memberships fall off exponentially beyond each row's nearest neighbour, and both
 * directions are joined by the probabilistic t-norm a + b − ab.
 * @param table each row's neighbours among the same rows, the row itself among them
 */
export function fuzzyGraph(table: NearestTable): FuzzyGraph {
  const { k, indices } = table;
  const memberships = membershipStrengths(table);
  const heads: number[] = [];
  const tails: number[] = [];
  const weights: number[] = [];
  const membership = (from: number, to: number) => {
    const place = indices.subarray(from * k, (from + 1) * k).indexOf(to);
    return place < 0 ? undefined : memberships[from * k + place]!;
  };
  for (let slot = 0; slot < indices.length; slot++) {
    const from = Math.floor(slot / k);
    const to = indices[slot]!;
    if (to === from) continue;
    const back = membership(to, from);
    if (back !== undefined && to < from) continue;
    const forth = memberships[slot]!;
    const weight = forth + (back ?? 0) - forth * (back ?? 0);
    if (weight === 0) continue;
    heads.push(from, to);
    tails.push(to, from);
    weights.push(weight, weight);
  }
  return {
    heads: Int32Array.from(heads),
    tails: Int32Array.from(tails),
    weights: Float32Array.from(weights),
  };
}

/** `[nRows, k]`: how strongly each neighbour belongs to its row. */
export function membershipStrengths({ k, distances }: NearestTable): Float32Array {
  const strengths = new Float32Array(distances.length);
  const meanOfAll = mean(distances);
  for (let from = 0; from < distances.length; from += k) {
    const own = distances.subarray(from, from + k);
    const nearest = own.find((distance) => distance > 0) ?? 0;
    const floor = MIN_BANDWIDTH * (nearest > 0 ? mean(own) : meanOfAll);
    const bandwidth = Math.max(bandwidthOf(own, nearest), floor);
    own.forEach((distance, place) => {
      const beyond = Math.max(0, distance - nearest);
      strengths[from + place] = beyond === 0 ? 1 : Math.exp(-beyond / bandwidth);
    });
  }
  return strengths;
}

/** The bandwidth at which the memberships of a row's neighbours add up to log2(k). */
function bandwidthOf(distances: Float32Array, nearest: number): number {
  const target = Math.log2(distances.length);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let bandwidth = 1;
  for (let step = 0; step < BISECTIONS; step++) {
    let sum = 0;
    for (let place = 1; place < distances.length; place++) {
      sum += Math.exp(-Math.max(0, distances[place]! - nearest) / bandwidth);
    }
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = bandwidth;
    else low = bandwidth;
    bandwidth = high === Number.POSITIVE_INFINITY ? bandwidth * 2 : (low + high) / 2;
  }
  return bandwidth;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
