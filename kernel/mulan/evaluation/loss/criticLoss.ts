// No Node here: a figure computes the same losses in the page when its temperature is moved.

/**
 * How a batch of B pairs becomes a loss, with h[i,j] = exp(cos(audio i, text j) / τ); each is a mean over pairs.
 * - "clip": half of −log(h[i,i] / Σⱼ h[i,j]) and of −log(h[i,i] / Σⱼ h[j,i]).
 * - "decoupled": the same without j = i in the sums (Yeh et al. 2022).
 * - "mulan": −log(h[i,i] / Σ_{j≠i} (h[i,j] + h[j,i])) (Huang et al. 2022).
 */
export type LossForm = "mulan" | "clip" | "decoupled";

export const LOSS_FORMS: readonly LossForm[] = ["mulan", "clip", "decoupled"];

export interface CriticLoss {
  /** Mean over pairs, in nats. */
  readonly loss: number;
  /** `[B]`. */
  readonly perPair: Float64Array;
  /** `[B, B]`: the loss's slope along each logit. */
  readonly gradient: Float64Array;
}

/**
 * Loss of a batch, and its slope.
 * @param logits `[B, B]` cosines divided by the temperature, rows are audio, columns text, pairs on the diagonal
 */
export function criticLoss(logits: ArrayLike<number>, size: number, form: LossForm): CriticLoss {
  const perPair = new Float64Array(size);
  const gradient = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    if (form === "mulan") {
      const both = [...rowPlaces(i, size, true), ...columnPlaces(i, size, true)];
      perPair[i] = addTerm(logits, gradient, i * size + i, both, 1 / size);
    } else {
      const apart = form === "decoupled";
      for (const places of [rowPlaces(i, size, apart), columnPlaces(i, size, apart)]) {
        perPair[i]! += addTerm(logits, gradient, i * size + i, places, 0.5 / size) / 2;
      }
    }
  }
  return { loss: perPair.reduce((sum, value) => sum + value, 0) / size, perPair, gradient };
}

/** The loss when everything lies on one point, whatever the temperature. */
export function collapseLoss(size: number, form: LossForm): number {
  return Math.log({ clip: size, decoupled: size - 1, mulan: 2 * (size - 1) }[form]);
}

/** The fewest pairs that a form has a loss for: without the pair itself one alone has nothing to be compared with. */
export function fewestPairs(form: LossForm): number {
  return form === "clip" ? 1 : 2;
}

/**
 * Softmax of each row or of each column of `[B, B]` logits, the diagonal included: what a clip takes each text
 * for, and a text each clip.
 */
export function softmaxOf(
  logits: ArrayLike<number>,
  size: number,
  along: "rows" | "columns",
): Float32Array {
  const shares = new Float32Array(size * size);
  for (let i = 0; i < size; i++) {
    const places = along === "rows" ? rowPlaces(i, size) : columnPlaces(i, size);
    const total = logSumExp(logits, places);
    for (const place of places) shares[place] = Math.exp(logits[place]! - total);
  }
  return shares;
}

/** −logits[own] + log Σ exp(logits[others]), and `weight` times its slope added to the gradient. */
function addTerm(
  logits: ArrayLike<number>,
  gradient: Float64Array,
  own: number,
  others: readonly number[],
  weight: number,
): number {
  const total = logSumExp(logits, others);
  for (const place of others) gradient[place]! += weight * Math.exp(logits[place]! - total);
  gradient[own]! -= weight;
  return total - logits[own]!;
}

function logSumExp(logits: ArrayLike<number>, places: readonly number[]): number {
  let largest = -Infinity;
  for (const place of places) largest = Math.max(largest, logits[place]!);
  let sum = 0;
  for (const place of places) sum += Math.exp(logits[place]! - largest);
  return largest + Math.log(sum);
}

function rowPlaces(i: number, size: number, apart = false): number[] {
  const places: number[] = [];
  for (let j = 0; j < size; j++) if (!(apart && j === i)) places.push(i * size + j);
  return places;
}

function columnPlaces(i: number, size: number, apart = false): number[] {
  const places: number[] = [];
  for (let j = 0; j < size; j++) if (!(apart && j === i)) places.push(j * size + i);
  return places;
}
