import { decodeInt8, type EmbeddingsFigure } from "../../kernel/mulan/figures/contract.ts";

/** Embeddings as they are looked at now. */
export interface State {
  readonly figure: EmbeddingsFigure;
  /** `[stripRows, dim]`. */
  readonly strip: Float32Array;
  readonly cursor: { readonly row: number; readonly dimension: number };
}

export function initialState(figure: EmbeddingsFigure): State {
  return {
    figure,
    strip: decodeInt8(figure.strip, figure.stripLimit),
    cursor: { row: 0, dimension: 0 },
  };
}
