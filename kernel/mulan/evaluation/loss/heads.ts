import { criticLoss, type LossForm } from "./criticLoss.ts";

/** What is learned: two linear heads onto the sphere, and the temperature. All float64. */
export interface Heads {
  readonly dim: number;
  readonly audio: Head;
  readonly text: Head;
  /** `[1]`: log(1 / τ), so that a step of the optimiser scales the temperature. */
  readonly logScale: Float64Array;
}

export interface Head {
  readonly inputDim: number;
  /** `[dim, inputDim]`. */
  readonly weights: Float64Array;
  /** `[dim]`. */
  readonly bias: Float64Array;
}

export interface HeadSlopes {
  readonly audio: Omit<Head, "inputDim">;
  readonly text: Omit<Head, "inputDim">;
  readonly logScale: Float64Array;
}

/** Rows of both sides, and which of them make a batch. */
export interface HeadBatch {
  /** `[n, inputDim]`. */
  readonly audio: Float32Array;
  readonly text: Float32Array;
  readonly rows: ArrayLike<number>;
}

interface Projected {
  /** `[batch, dim]`, of length 1. */
  readonly points: Float64Array;
  /** `[batch]`: lengths before. */
  readonly lengths: Float64Array;
}

/** Points on the sphere: W x + b, scaled to length 1. */
export function projectRows(
  { weights, bias, inputDim }: Head,
  x: Float32Array,
  rows: ArrayLike<number>,
): Projected {
  const dim = bias.length;
  const points = new Float64Array(rows.length * dim);
  const lengths = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * inputDim;
    let squares = 0;
    for (let k = 0; k < dim; k++) {
      let sum = bias[k]!;
      for (let j = 0; j < inputDim; j++) sum += weights[k * inputDim + j]! * x[from + j]!;
      points[i * dim + k] = sum;
      squares += sum * sum;
    }
    const length = Math.sqrt(squares);
    lengths[i] = length;
    for (let k = 0; k < dim; k++) points[i * dim + k]! /= length || 1;
  }
  return { points, lengths };
}

/** Loss of a batch under the heads, and its slope along everything that is learned. */
export function headsLoss(
  heads: Heads,
  batch: HeadBatch,
  form: LossForm,
): { loss: number; slopes: HeadSlopes } {
  const { dim } = heads;
  const size = batch.rows.length;
  const audio = projectRows(heads.audio, batch.audio, batch.rows);
  const text = projectRows(heads.text, batch.text, batch.rows);
  const scale = Math.exp(heads.logScale[0]!);
  const logits = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += audio.points[i * dim + k]! * text.points[j * dim + k]!;
      logits[i * size + j] = sum * scale;
    }
  }
  const { loss, gradient } = criticLoss(logits, size, form);
  const audioSlopes = new Float64Array(size * dim);
  const textSlopes = new Float64Array(size * dim);
  let logScale = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const slope = gradient[i * size + j]!;
      logScale += slope * logits[i * size + j]!;
      for (let k = 0; k < dim; k++) {
        audioSlopes[i * dim + k]! += slope * scale * text.points[j * dim + k]!;
        textSlopes[j * dim + k]! += slope * scale * audio.points[i * dim + k]!;
      }
    }
  }
  return {
    loss,
    slopes: {
      audio: headSlopes(heads.audio, batch.audio, batch.rows, audio, audioSlopes),
      text: headSlopes(heads.text, batch.text, batch.rows, text, textSlopes),
      logScale: Float64Array.of(logScale),
    },
  };
}

/** Back through the scaling to length 1, where only what is tangent to the sphere counts, and the linear map. */
function headSlopes(
  { inputDim, bias }: Head,
  x: Float32Array,
  rows: ArrayLike<number>,
  { points, lengths }: Projected,
  pointSlopes: Float64Array,
): Omit<Head, "inputDim"> {
  const dim = bias.length;
  const weights = new Float64Array(dim * inputDim);
  const biasSlopes = new Float64Array(dim);
  for (let i = 0; i < rows.length; i++) {
    let along = 0;
    for (let k = 0; k < dim; k++) along += pointSlopes[i * dim + k]! * points[i * dim + k]!;
    const from = rows[i]! * inputDim;
    for (let k = 0; k < dim; k++) {
      const tangent = pointSlopes[i * dim + k]! - along * points[i * dim + k]!;
      const slope = tangent / (lengths[i]! || 1);
      biasSlopes[k]! += slope;
      for (let j = 0; j < inputDim; j++) weights[k * inputDim + j]! += slope * x[from + j]!;
    }
  }
  return { weights, bias: biasSlopes };
}
