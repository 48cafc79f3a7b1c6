import type { ClipSource } from "../../embedding/source.ts";

interface Entry {
  readonly row: number;
  readonly source: ClipSource;
}

/** Rows of one length under keys, in one array that is made when the first row tells the length. */
export class RowTable {
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry>();
  #data = new Float32Array(0);
  #dim = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  put(key: string, row: Float32Array, source: ClipSource): void {
    if (this.#dim === 0) {
      this.#dim = row.length;
      this.#data = new Float32Array(this.#capacity * row.length);
    }
    const at = this.#entries.size;
    this.#entries.set(key, { row: at, source });
    this.#data.set(row, at * this.#dim);
  }

  /** The rows of these keys in their order, without those that have none. */
  pick(keys: readonly string[]) {
    const found = keys.map((key) => this.#entries.get(key));
    const kept = keys.flatMap((_, i) => (found[i] ? [i] : []));
    const dim = this.#dim;
    const data = new Float32Array(kept.length * dim);
    for (const [to, i] of kept.entries()) {
      const from = found[i]!.row * dim;
      data.set(this.#data.subarray(from, from + dim), to * dim);
    }
    return { kept, data, dim, sources: kept.map((i) => found[i]!.source) };
  }
}
