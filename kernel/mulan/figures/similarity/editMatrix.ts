import { decodeFloat16, encodeFloat16, type Items, type SimilarityFigure } from "../contract.ts";
import { cleanText } from "../text/cleanText.ts";
import { describeSimilarity, isWithItself } from "./describe.ts";
import { chooseScale } from "./valueScale.ts";

/** A text that a person typed, and its cosine with each column (or row). */
export interface NewText {
  readonly text: string;
  readonly cosines: Float32Array;
}

/**
 * The figure with a text as a new last row, or in place of row `at`. In a set compared with itself the text
 * becomes a column too.
 */
export function withTextRow(
  figure: SimilarityFigure,
  added: NewText,
  at?: number,
): SimilarityFigure {
  const rows = toLines(figure);
  const symmetric = isWithItself(figure.rows.labels, figure.columns.labels, rows.flat);
  const index = at ?? rows.lines.length;
  const label = cleanText(added.text);
  const lines = [...rows.lines];
  let line = [...added.cosines];
  if (symmetric) {
    line[index] = 1;
    lines.forEach((other, i) => {
      lines[i] = replaceAt(other, index, added.cosines[i]!);
    });
  }
  line = line.slice(0, symmetric ? Math.max(rows.lines.length, index + 1) : rows.nColumns);
  lines[index] = line;
  return withValues(figure, {
    rows: withLabel(figure.rows, index, label),
    columns: symmetric ? withLabel(figure.columns, index, label) : figure.columns,
    lines,
  });
}

/** The figure with a text as a new last column, or in place of column `at`. */
export function withTextColumn(
  figure: SimilarityFigure,
  added: NewText,
  at?: number,
): SimilarityFigure {
  const { lines, nColumns } = toLines(figure);
  const index = at ?? nColumns;
  return withValues(figure, {
    rows: figure.rows,
    columns: withLabel(figure.columns, index, cleanText(added.text)),
    lines: lines.map((line, i) => replaceAt(line, index, added.cosines[i]!)),
  });
}

/** The figure with its rows and columns in another order, or fewer of them. */
export function reordered(
  figure: SimilarityFigure,
  rowOrder: readonly number[],
  columnOrder: readonly number[],
): SimilarityFigure {
  const { lines } = toLines(figure);
  return withValues(figure, {
    rows: pick(figure.rows, rowOrder),
    columns: pick(figure.columns, columnOrder),
    lines: rowOrder.map((i) => columnOrder.map((j) => lines[i]![j]!)),
  });
}

interface Parts {
  readonly rows: Items;
  readonly columns: Items;
  readonly lines: readonly (readonly number[])[];
}

function withValues(figure: SimilarityFigure, { rows, columns, lines }: Parts): SimilarityFigure {
  const values = encodeFloat16(lines.flat());
  const stored = decodeFloat16(values);
  const scale = chooseScale(stored);
  return { ...figure, rows, columns, values, scale, ...describeSimilarity(rows, columns, stored) };
}

function toLines(figure: SimilarityFigure) {
  const flat = decodeFloat16(figure.values);
  const nColumns = figure.columns.labels.length;
  const lines = figure.rows.labels.map((_, i) => [
    ...flat.subarray(i * nColumns, (i + 1) * nColumns),
  ]);
  return { flat, nColumns, lines };
}

function replaceAt<T>(list: readonly T[], index: number, value: T): T[] {
  const next = [...list];
  next[index] = value;
  return next;
}

function withLabel(items: Items, index: number, label: string): Items {
  const { labels, modality, clips } = items;
  return {
    labels: replaceAt(labels, index, label),
    modality,
    ...(clips && { clips: replaceAt(clips, index, null) }),
  };
}

function pick(items: Items, order: readonly number[]): Items {
  const { labels, modality, clips } = items;
  return {
    labels: order.map((i) => labels[i]!),
    modality,
    ...(clips && { clips: order.map((i) => clips[i]!) }),
  };
}
