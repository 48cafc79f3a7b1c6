import { type Failure, MulanError } from "../foundation/errors.ts";
import { asMatrix } from "./asMatrix.ts";
import { type CompatibilityOptions, checkSameSpace } from "./compatible.ts";
import { describeEmbeddings } from "./describeEmbeddings.ts";
import { nearest } from "./nearest.ts";
import type { EmbeddingSource } from "./source.ts";
import { type NormsBefore, unitRows } from "./unitRows.ts";
import {
  checkWindowRows,
  joinFloats,
  joinWindowRows,
  selectWindowRows,
  type WindowRows,
} from "./windowRows.ts";

/** What the rows were made of. */
export type Modality = "audio" | "text" | "unknown";

export interface EmbeddingsInit {
  /**
   * `[n, dim]` row-major (then `dim` is needed), or one array a row. Rows are scaled to length 1;
   * a Float32Array whose rows have that length already is taken over, not copied.
   */
  readonly data: Float32Array | readonly ArrayLike<number>[];
  readonly dim?: number;
  /** `[n]`. Default: "0", "1", … */
  readonly labels?: readonly string[];
  /** false: `labels` are only places. Default: whether labels are given. */
  readonly labelled?: boolean;
  /** Default "unknown". */
  readonly modality?: Modality;
  /** Default "": not known, comparable with everything of the same length. */
  readonly modelId?: string;
  /** `[n]`: the clip, path or text that each row was made of. */
  readonly sources?: readonly EmbeddingSource[];
  readonly windows?: WindowRows | undefined;
  /** What could not be embedded. */
  readonly failures?: readonly Failure[];
}

export interface Neighbour {
  readonly index: number;
  readonly label: string;
  readonly cosine: number;
}

/** One row as iteration gives it. */
export interface EmbeddingRow {
  readonly index: number;
  readonly label: string;
  readonly source: EmbeddingSource;
  /** `[dim]`, a view on the matrix. */
  readonly vector: Float32Array;
}

/** Clips or texts as unit vectors of one space: a matrix `[n, dim]` with a label and a source for each row. */
export class Embeddings implements Iterable<EmbeddingRow> {
  readonly kind = "embeddings";
  /** `[n, dim]`, row-major, every row of length 1. */
  readonly data: Float32Array;
  readonly n: number;
  readonly dim: number;
  readonly labels: readonly string[];
  /** false where nobody named the rows: labels are their places then, and say nothing about what they were made of. */
  readonly labelled: boolean;
  readonly modality: Modality;
  readonly modelId: string;
  readonly sources: readonly EmbeddingSource[];
  readonly windows: WindowRows | undefined;
  readonly failures: readonly Failure[];
  /** Smallest and largest row length that came in, where rows had to be scaled to length 1. */
  readonly normsBefore: NormsBefore | undefined;

  /** @throws MulanError `embeddings.shape`, `embeddings.not-finite`, `embeddings.zero` */
  static from(init: EmbeddingsInit): Embeddings {
    return new Embeddings(init);
  }

  private constructor(init: EmbeddingsInit) {
    const { data, dim } = asMatrix(init);
    this.dim = dim;
    this.n = data.length / dim;
    this.labels = Object.freeze([...(init.labels ?? numbered(this.n))]);
    this.labelled = init.labelled ?? init.labels !== undefined;
    this.sources = Object.freeze([...(init.sources ?? Array(this.n).fill(undefined))]);
    checkLength("labels", this.labels.length, this.n);
    checkLength("sources", this.sources.length, this.n);
    const unit = unitRows(data, dim, this.labels);
    this.data = unit.data;
    this.normsBefore = unit.normsBefore;
    this.modality = init.modality ?? "unknown";
    this.modelId = init.modelId ?? "";
    this.windows = init.windows;
    this.failures = Object.freeze([...(init.failures ?? [])]);
    if (init.windows) checkWindowRows(init.windows, this.n, dim);
  }

  /** `[dim]`, a view on the matrix. @throws MulanError `embeddings.no-row` */
  row(row: number | string): Float32Array {
    const index = this.indexOf(row);
    return this.data.subarray(index * this.dim, (index + 1) * this.dim);
  }

  /** The index of a row that is named by index (negative: from the end) or label. @throws MulanError `embeddings.no-row` */
  indexOf(row: number | string): number {
    const found = typeof row === "string" ? this.labels.indexOf(row) : row < 0 ? row + this.n : row;
    if (Number.isInteger(found) && found >= 0 && found < this.n) return found;
    throw new MulanError("embeddings.no-row", `there is no row ${JSON.stringify(row)}`, {
      expected:
        this.n === 0 ? "nothing: the embeddings are empty" : `0 to ${this.n - 1}, or a label`,
    });
  }

  /** Rows `from` to `to` (exclusive; negative: from the end), as Array.prototype.slice counts. */
  slice(from = 0, to = this.n): Embeddings {
    return this.select([...Array(this.n).keys()].slice(from, to));
  }

  /** Some rows in a new order; a row may come more than once. @throws MulanError `embeddings.no-row` */
  select(rows: readonly (number | string)[]): Embeddings {
    const indices = rows.map((row) => this.indexOf(row));
    const data = new Float32Array(indices.length * this.dim);
    indices.forEach((index, i) => {
      data.set(this.row(index), i * this.dim);
    });
    return new Embeddings({
      data,
      dim: this.dim,
      labels: indices.map((i) => this.labels[i]!),
      labelled: this.labelled,
      sources: indices.map((i) => this.sources[i]),
      modality: this.modality,
      modelId: this.modelId,
      windows: this.windows && selectWindowRows(this.windows, indices, this.dim),
    });
  }

  /**
   * The mean of all rows, scaled to length 1, as embeddings of one row.
   * @throws MulanError `embeddings.empty`, `embeddings.zero` (opposite rows cancel out)
   */
  mean(label = `mean of ${this.n}`): Embeddings {
    if (this.n === 0) throw new MulanError("embeddings.empty", "the mean of no rows is undefined");
    const sum = new Float64Array(this.dim);
    for (let i = 0; i < this.data.length; i++) sum[i % this.dim]! += this.data[i]!;
    const { dim, modality, modelId } = this;
    const length = Math.hypot(...sum);
    const data = Float32Array.from(sum, (value) => (length > 0 ? value / length : 0));
    return new Embeddings({ data, dim, labels: [label], modality, modelId });
  }

  /**
   * The `k` rows nearest to a row (which is itself left out), to a vector `[dim]` or to embeddings of one
   * row; best first. Exact, by cosine.
   * @throws MulanError `embeddings.no-row`, `embeddings.dim-mismatch`, `embeddings.model-mismatch`,
   * `embeddings.zero`, `embeddings.not-finite`
   */
  neighbours(
    query: number | string | ArrayLike<number> | Embeddings,
    k = 10,
    options: CompatibilityOptions = {},
  ): Neighbour[] {
    if (!(Number.isInteger(k) && k >= 0)) {
      throw new MulanError("embeddings.bad-k", "k is a count of neighbours", {
        expected: "an integer from 0 on",
        got: String(k),
      });
    }
    const byRow = typeof query === "number" || typeof query === "string";
    const vector = byRow ? this.row(query) : this.#queryVector(query, options);
    const found = nearest(this.data, this.dim, vector, k, byRow ? this.indexOf(query) : undefined);
    return found.map(({ index, cosine }) => ({ index, label: this.labels[index]!, cosine }));
  }

  /** These rows, then the others'. Window rows stay when both have them. */
  concat(
    others: Embeddings | readonly Embeddings[],
    options: CompatibilityOptions = {},
  ): Embeddings {
    const parts = [this, ...(others instanceof Embeddings ? [others] : others)];
    for (const part of parts) checkSameSpace(this, part, options);
    const same = <T>(values: readonly T[], otherwise: T): T =>
      values.every((value) => value === values[0]) ? values[0]! : otherwise;
    const windows = parts.map((part) => part.windows);
    const modelIds = parts.map((part) => part.modelId).filter((id) => id !== "");
    return new Embeddings({
      data: joinFloats(parts.map((part) => part.data)),
      dim: this.dim,
      labels: parts.flatMap((part) => part.labels),
      labelled: parts.every((part) => part.labelled),
      sources: parts.flatMap((part) => part.sources),
      modality: same(
        parts.map((part) => part.modality),
        "unknown",
      ),
      modelId: modelIds.length > 0 ? same(modelIds, "") : "",
      windows: windows.every((rows) => rows !== undefined) ? joinWindowRows(windows) : undefined,
      failures: parts.flatMap((part) => part.failures),
    });
  }

  /** The windows of one row, as embeddings: one row a window, labelled with its start in seconds. */
  windowsOf(row: number | string): Embeddings {
    const index = this.indexOf(row);
    if (!this.windows) {
      throw new MulanError("embeddings.no-windows", "these embeddings keep no window rows", {
        remedy: "Embed the clips again; texts and plain files have no windows",
      });
    }
    const rows = selectWindowRows(this.windows, [index], this.dim);
    return new Embeddings({
      data: rows.data,
      dim: this.dim,
      labels: Array.from(rows.startSec, (sec) => `${sec.toFixed(1)} s`),
      sources: Array.from(rows.startSec, () => this.sources[index]),
      modality: this.modality,
      modelId: this.modelId,
    });
  }

  *[Symbol.iterator](): Iterator<EmbeddingRow> {
    for (let index = 0; index < this.n; index++) {
      const label = this.labels[index]!;
      yield { index, label, source: this.sources[index], vector: this.row(index) };
    }
  }

  toString(): string {
    return describeEmbeddings(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeEmbeddings(this);
  }

  #queryVector(query: ArrayLike<number> | Embeddings, options: CompatibilityOptions): Float32Array {
    if (query instanceof Embeddings) {
      checkSameSpace(this, query, options);
      checkLength("query rows", query.n, 1);
      return query.data;
    }
    checkSameSpace(this, { dim: query.length, modelId: "" });
    return unitRows(Float32Array.from(query), this.dim, ["query"]).data;
  }
}

function numbered(n: number): string[] {
  return Array.from({ length: n }, (_, i) => String(i));
}

function checkLength(what: string, got: number, expected: number): void {
  if (got === expected) return;
  throw new MulanError("embeddings.shape", `the number of ${what} does not fit`, {
    expected: String(expected),
    got: String(got),
  });
}
