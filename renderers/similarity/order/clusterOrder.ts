import type { Matrix } from "../matrix.ts";

/** A merged pair of a dendrogram, or one row. */
interface Cluster {
  readonly rows: readonly number[];
  readonly size: number;
}

/**
 * Rows so that similar ones stand together: average linkage (UPGMA) over 1 − correlation of the rows, by the
 * nearest-neighbour chain (Murtagh 1983), O(n²) memory and time; at each merge the nearer ends are joined.
 */
export function clusterOrder(matrix: Matrix): number[] {
  const n = matrix.nRows;
  const distance = rowDistances(matrix);
  const original = distance.slice();
  const clusters = new Map<number, Cluster>();
  for (let i = 0; i < n; i++) clusters.set(i, { rows: [i], size: 1 });
  const chain: number[] = [];
  while (clusters.size > 1) {
    if (chain.length === 0) chain.push(clusters.keys().next().value!);
    const tip = chain.at(-1)!;
    const before = chain.at(-2);
    const nearest = nearestOf(tip, before);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merge(Math.min(tip, nearest), Math.max(tip, nearest));
  }
  return [...(clusters.values().next().value?.rows ?? [])];

  function nearestOf(i: number, preferred: number | undefined): number {
    let best = preferred ?? -1;
    let least = preferred === undefined ? Number.POSITIVE_INFINITY : distance[i * n + preferred]!;
    for (const j of clusters.keys()) {
      if (j !== i && distance[i * n + j]! < least) {
        least = distance[i * n + j]!;
        best = j;
      }
    }
    return best;
  }

  function merge(a: number, b: number): void {
    const left = clusters.get(a)!;
    const right = clusters.get(b)!;
    const size = left.size + right.size;
    for (const k of clusters.keys()) {
      if (k === a || k === b) continue;
      const mean = (left.size * distance[a * n + k]! + right.size * distance[b * n + k]!) / size;
      distance[a * n + k] = mean;
      distance[k * n + a] = mean;
    }
    clusters.delete(b);
    clusters.set(a, { rows: joinNearEnds(left.rows, right.rows), size });
  }

  function joinNearEnds(left: readonly number[], right: readonly number[]): number[] {
    const gap = (i: number, j: number): number => original[i * n + j]!;
    const [l0, l1, r0, r1] = [left[0]!, left.at(-1)!, right[0]!, right.at(-1)!];
    const ways = [
      { gap: gap(l1, r0), rows: () => [...left, ...right] },
      { gap: gap(l1, r1), rows: () => [...left, ...right.toReversed()] },
      { gap: gap(l0, r0), rows: () => [...left.toReversed(), ...right] },
      { gap: gap(l0, r1), rows: () => [...right, ...left] },
    ];
    return ways.reduce((best, way) => (way.gap < best.gap ? way : best)).rows();
  }
}

/** 1 − Pearson's correlation of each pair of rows, `[n, n]`; of one column only, their difference. */
function rowDistances({ nRows: n, nColumns, values }: Matrix): Float64Array {
  const rows = Array.from({ length: n }, (_, i) =>
    standardise(values.subarray(i * nColumns, (i + 1) * nColumns)),
  );
  const distance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let dot = 0;
      for (let k = 0; k < nColumns; k++) dot += rows[i]![k]! * rows[j]![k]!;
      const raw = Math.abs(values[i * nColumns]! - values[j * nColumns]!);
      const far = nColumns > 1 ? 1 - dot : Number.isFinite(raw) ? raw : 2;
      distance[i * n + j] = far;
      distance[j * n + i] = far;
    }
  }
  return distance;
}

/** Mean 0 and length 1; missing values count as the mean, a constant row stays 0. */
function standardise(row: Float32Array): Float64Array {
  const finite = [...row].filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / (finite.length || 1);
  const centred = Float64Array.from(row, (value) => (Number.isFinite(value) ? value - mean : 0));
  const length = Math.hypot(...centred);
  return length > 0 ? centred.map((value) => value / length) : centred;
}
