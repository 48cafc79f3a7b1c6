import { criticLoss, type LossForm } from "./criticLoss.ts";
import { type HeadBatch, type Heads, projectRows } from "./heads.ts";

/** Where the watched pairs are after some steps, and how the two modalities lie to each other. */
export interface Snapshot {
  readonly step: number;
  /** `[watched, dim]`, of length 1. */
  readonly audio: Float32Array;
  readonly text: Float32Array;
  readonly temperature: number;
  /** Of the watched pairs as one batch. */
  readonly loss: number;
  /** Distance between the mean of the audio points and the mean of the text points (Liang et al. 2022). */
  readonly gap: number;
  /** Mean squared distance within pairs, 0 at best (Wang and Isola 2020). */
  readonly alignment: number;
  /** log of the mean of exp(−2 d²) over all two points of a side: 0 on one point, lower when spread (same source). */
  readonly uniformity: { readonly audio: number; readonly text: number };
  /** Share of watched clips whose own text is nearer than every other. */
  readonly accuracy: number;
}

export function takeSnapshot(
  heads: Heads,
  watched: HeadBatch,
  form: LossForm,
  step: number,
): Snapshot {
  const { dim } = heads;
  const size = watched.rows.length;
  const audio = projectRows(heads.audio, watched.audio, watched.rows).points;
  const text = projectRows(heads.text, watched.text, watched.rows).points;
  const scale = Math.exp(heads.logScale[0]!);
  const cosines = Float64Array.from({ length: size * size }, (_, place) =>
    dotAt(audio, Math.floor(place / size), text, place % size, dim),
  );
  const logits = cosines.map((cosine) => cosine * scale);
  const own = Array.from({ length: size }, (_, i) => cosines[i * size + i]!);
  const isBest = (best: number, i: number) =>
    own.every((_, j) => j === i || cosines[i * size + j]! < best);
  return {
    step,
    audio: Float32Array.from(audio),
    text: Float32Array.from(text),
    temperature: 1 / scale,
    loss: criticLoss(logits, size, form).loss,
    gap: distanceOfMeans(audio, text, dim),
    alignment: own.reduce((sum, cosine) => sum + (2 - 2 * cosine), 0) / size,
    uniformity: { audio: uniformity(audio, dim), text: uniformity(text, dim) },
    accuracy: own.filter(isBest).length / size,
  };
}

function distanceOfMeans(a: Float64Array, b: Float64Array, dim: number): number {
  const between = new Float64Array(dim);
  for (let i = 0; i < a.length; i++) between[i % dim]! += (a[i]! - b[i]!) / (a.length / dim);
  return Math.hypot(...between);
}

/** Of one point with itself there is none: 0. */
function uniformity(points: Float64Array, dim: number): number {
  const n = points.length / dim;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) sum += Math.exp(-4 + 4 * dotAt(points, i, points, j, dim));
  }
  return n > 1 ? Math.log(sum / ((n * (n - 1)) / 2)) : 0;
}

function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, dim: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) sum += a[i * dim + k]! * b[j * dim + k]!;
  return sum;
}
