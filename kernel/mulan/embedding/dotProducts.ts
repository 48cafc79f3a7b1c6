import { COLUMNS_AT_ONCE, dotKernel, ROWS_AT_ONCE } from "./dotKernel.ts";

/** Rows of `a` whose products are handed out together. */
const BLOCK_ROWS = 64;
const VECTOR_FLOATS = 4;
const FLOAT_BYTES = 4;

export interface DotBlock {
  readonly rowFrom: number;
  readonly rowTo: number;
  /** Row `rowFrom + i` starts at `i * stride`; only valid until the next block. */
  readonly values: Float32Array;
  readonly stride: number;
}

/** All dot products of the rows of `a` `[n, dim]` and `b` `[m, dim]`: `[n, m]`, float32 sums. */
export function dotProducts(a: Float32Array, b: Float32Array, dim: number): Float32Array {
  const m = b.length / dim;
  const products = new Float32Array((a.length / dim) * m);
  for (const { rowFrom, rowTo, values, stride } of dotBlocks(a, b, dim)) {
    for (let row = rowFrom; row < rowTo; row++) {
      const from = (row - rowFrom) * stride;
      products.set(values.subarray(from, from + m), row * m);
    }
  }
  return products;
}

/** The same in blocks of rows, for whoever does not need the whole matrix at once. */
export function* dotBlocks(
  a: Float32Array,
  b: Float32Array,
  dim: number,
): Generator<DotBlock, void, undefined> {
  const n = a.length / dim;
  const m = b.length / dim;
  if (n === 0 || m === 0) return;
  const nVectors = Math.ceil(dim / VECTOR_FLOATS);
  const stride = roundUp(m, COLUMNS_AT_ONCE);
  const padded = nVectors * VECTOR_FLOATS;
  const floats = stride * padded + BLOCK_ROWS * padded + BLOCK_ROWS * stride;
  const { memory, dots } = dotKernel(floats * FLOAT_BYTES);
  const all = new Float32Array(memory.buffer);
  const bFloats = stride * padded;
  const outAt = bFloats + BLOCK_ROWS * padded;
  pack(b, 0, m, dim, COLUMNS_AT_ONCE, all.subarray(0, bFloats));
  const values = all.subarray(outAt, outAt + BLOCK_ROWS * stride);
  for (let rowFrom = 0; rowFrom < n; rowFrom += BLOCK_ROWS) {
    const rowTo = Math.min(rowFrom + BLOCK_ROWS, n);
    pack(a, rowFrom, rowTo, dim, ROWS_AT_ONCE, all.subarray(bFloats, outAt));
    for (let row = 0; row < rowTo - rowFrom; row += ROWS_AT_ONCE) {
      const aBytes = (bFloats + row * padded) * FLOAT_BYTES;
      const outBytes = (outAt + row * stride) * FLOAT_BYTES;
      dots(aBytes, 0, outBytes, stride / COLUMNS_AT_ONCE, nVectors, stride * FLOAT_BYTES);
    }
    yield { rowFrom, rowTo, values, stride };
  }
}

/** Groups of `group` rows, interleaved by vectors of 4 floats; what is missing is zero. */
function pack(
  rows: Float32Array,
  rowFrom: number,
  rowTo: number,
  dim: number,
  group: number,
  packed: Float32Array,
): void {
  const padded = roundUp(dim, VECTOR_FLOATS);
  packed.fill(0);
  for (let row = rowFrom; row < rowTo; row++) {
    const place = row - rowFrom;
    const member = place % group;
    let to = (place - member) * padded + member * VECTOR_FLOATS;
    for (let j = 0; j < dim; j++) {
      packed[to + (j & 3)] = rows[row * dim + j]!;
      if ((j & 3) === 3) to += group * VECTOR_FLOATS;
    }
  }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
