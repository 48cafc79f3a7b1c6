import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";
import { type CompatibilityOptions, checkSameSpace } from "./compatible.ts";
import { describeSimilarity } from "./describeSimilarity.ts";
import { dotProducts } from "./dotProducts.ts";
import type { Embeddings, Modality } from "./embeddings.ts";
import type { EmbeddingSource } from "./source.ts";

/** A gigabyte of float32: above it a person wants neighbours, not a matrix. */
const MAX_VALUES = 2 ** 28;

/** The cosine of every row of one set of embeddings with every row of another. */
export class Similarity {
  readonly kind = "similarity";
  /** `[nRows]` labels. */
  readonly rows: readonly string[];
  /** `[nColumns]` labels. */
  readonly columns: readonly string[];
  /** `[nRows, nColumns]` cosines, row-major, −1 to 1. */
  readonly values: Float32Array;
  readonly rowModality: Modality;
  readonly columnModality: Modality;
  readonly modelId: string;
  readonly rowSources: readonly EmbeddingSource[];
  readonly columnSources: readonly EmbeddingSource[];

  constructor(rows: Embeddings, columns: Embeddings, values: Float32Array) {
    this.rows = rows.labels;
    this.columns = columns.labels;
    this.values = values;
    this.rowModality = rows.modality;
    this.columnModality = columns.modality;
    this.modelId = rows.modelId || columns.modelId;
    this.rowSources = rows.sources;
    this.columnSources = columns.sources;
  }

  /** The cosine of a row and a column, by index or label. @throws MulanError `similarity.no-entry` */
  at(row: number | string, column: number | string): number {
    const i = position(this.rows, row, "row");
    const j = position(this.columns, column, "column");
    return this.values[i * this.columns.length + j]!;
  }

  /** The columns of one row, best first. @throws MulanError `similarity.no-entry` */
  ranking(row: number | string): { readonly label: string; readonly cosine: number }[] {
    const i = position(this.rows, row, "row");
    return this.columns
      .map((label, j) => ({ label, cosine: this.values[i * this.columns.length + j]! }))
      .sort((a, b) => b.cosine - a.cosine);
  }

  toString(): string {
    return describeSimilarity(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeSimilarity(this);
  }
}

/**
 * Cosines between two sets of embeddings: `[a.n, b.n]`. With one argument, of a set with itself.
 * @throws MulanError `embeddings.dim-mismatch`, `embeddings.model-mismatch` (see `allowModelMismatch`),
 * `similarity.too-large`
 */
export function similarity(
  a: Embeddings,
  b: Embeddings = a,
  options: CompatibilityOptions = {},
): Similarity {
  for (const embeddings of [a, b]) assertNotPromise(embeddings, "await model.embedAudio(…) first");
  checkSameSpace(a, b, options);
  if (a.n * b.n > MAX_VALUES) {
    throw new MulanError("similarity.too-large", "this similarity matrix would be too large", {
      expected: `at most ${MAX_VALUES.toLocaleString("en")} values`,
      got: `${a.n} × ${b.n}`,
      remedy: "Use neighbours(row, k), or slices of the embeddings",
    });
  }
  const values = dotProducts(a.data, b.data, a.dim);
  // Rounding takes the product of a row with itself to 1.0000001, which acos and colour scales don't expect.
  for (let i = 0; i < values.length; i++) values[i] = Math.max(-1, Math.min(1, values[i]!));
  return new Similarity(a, b, values);
}

function position(labels: readonly string[], key: number | string, what: string): number {
  const found = typeof key === "string" ? labels.indexOf(key) : key < 0 ? key + labels.length : key;
  if (Number.isInteger(found) && found >= 0 && found < labels.length) return found;
  throw new MulanError("similarity.no-entry", `there is no ${what} ${JSON.stringify(key)}`, {
    expected: `an index below ${labels.length}, or a label`,
  });
}
