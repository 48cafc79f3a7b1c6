import { decodeFloat16, type SimilarityFigure } from "../../kernel/mulan/figures/contract.ts";

/** Cosines `[nRows, nColumns]`, row-major. */
export interface Matrix {
  readonly nRows: number;
  readonly nColumns: number;
  readonly values: Float32Array;
}

export function matrixOf(figure: SimilarityFigure): Matrix {
  return {
    nRows: figure.rows.labels.length,
    nColumns: figure.columns.labels.length,
    values: decodeFloat16(figure.values),
  };
}

export function transposed({ nRows, nColumns, values }: Matrix): Matrix {
  const turned = new Float32Array(values.length);
  for (let i = 0; i < nRows; i++) {
    for (let j = 0; j < nColumns; j++) turned[j * nRows + i] = values[i * nColumns + j]!;
  }
  return { nRows: nColumns, nColumns: nRows, values: turned };
}

export function identityOrder(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
