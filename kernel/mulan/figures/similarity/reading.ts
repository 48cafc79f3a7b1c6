import { readingLabelWidth, shortenPlain } from "../plain/textTable.ts";
import { formatCosine, formatCount } from "../scale/numbers.ts";

export interface Pair {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

export interface MatrixSummary {
  readonly best: Pair | undefined;
  readonly mean: number;
  readonly sd: number;
  /** Pairs counted: all, or without an item's cosine with itself. */
  readonly n: number;
}

/** Best pair, mean and standard deviation; with `sameItems` only the pairs above the diagonal. */
export function summarizeMatrix(
  values: Float32Array,
  nColumns: number,
  sameItems: boolean,
): MatrixSummary {
  let best: Pair | undefined;
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const row = Math.floor(i / nColumns);
    const column = i % nColumns;
    if (!Number.isFinite(value) || (sameItems && column <= row)) continue;
    if (!best || value > best.value) best = { row, column, value };
    n++;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return { best, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, n };
}

/** "best match: solo piano ↔ 03-nocturne, 0.41; 64 pairs: mean 0.12, spread ±0.06". */
export function readMatrix(
  summary: MatrixSummary,
  rows: readonly string[],
  columns: readonly string[],
): string {
  const { best, mean, sd, n } = summary;
  const short = (label: string): string => shortenPlain(label, readingLabelWidth);
  if (!best) return "no pair to compare";
  const match = `best match: ${short(rows[best.row]!)} ↔ ${short(columns[best.column]!)}, ${formatCosine(best.value)}`;
  return n === 1
    ? match
    : `${match}; ${formatCount(n)} pairs: mean ${formatCosine(mean)}, spread ±${formatCosine(sd)} (SD)`;
}
