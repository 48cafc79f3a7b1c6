/** The product of two rows of one length: their cosine where both have length 1. */
export function dotOfRows(a: Float32Array, b: Float32Array): number {
  return dot(a, 0, b, 0, a.length);
}

/** Of `dim` numbers inside two matrices. Four sums side by side keep the processor's pipeline full. */
export function dot(
  a: Float32Array,
  aFrom: number,
  b: Float32Array,
  bFrom: number,
  dim: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < dim; j += 4) {
    s0 += a[aFrom + j]! * b[bFrom + j]!;
    s1 += a[aFrom + j + 1]! * b[bFrom + j + 1]!;
    s2 += a[aFrom + j + 2]! * b[bFrom + j + 2]!;
    s3 += a[aFrom + j + 3]! * b[bFrom + j + 3]!;
  }
  for (; j < dim; j++) s0 += a[aFrom + j]! * b[bFrom + j]!;
  return s0 + s1 + (s2 + s3);
}
