import { dotOfRows } from "../../embedding/dot.ts";

/** What a handful of inputs says about a model; plain figures, so that a report can show them. */
export interface Health {
  readonly textCosines: Spread;
  readonly audioCosines: Spread;
  /** Largest difference of an embedding between two orders of the same inputs. */
  readonly orderDifference: number;
  /** Probe texts that the tokenizer knows no token of. */
  readonly nUnknownTexts: number;
}

export interface Spread {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** laion/larger_clap_music, whose text tower is broken, has 0.9993 for every pair of texts; sound models lie below 0.9. */
const COLLAPSED_TEXT_COSINE = 0.98;
/** Noise, a tone and a chord; towers that are good at music only may put them close, but not on one spot. */
const COLLAPSED_AUDIO_COSINE = 0.999;
/** Half precision on a GPU stays below this; a graph that mixes up its batch does not. */
const MAX_ORDER_DIFFERENCE = 0.02;

/** Cosines of all pairs of rows of length 1. */
export function pairCosines(rows: readonly Float32Array[]): Spread {
  const cosines = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => dotOfRows(a, b)));
  return {
    min: Math.min(...cosines),
    mean: cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length,
    max: Math.max(...cosines),
  };
}

/** Largest difference between the rows of one order and those of another. @param order order[i] is where row i went */
export function orderDifference(
  rows: readonly Float32Array[],
  shuffled: readonly Float32Array[],
  order: readonly number[],
): number {
  let largest = 0;
  rows.forEach((row, i) => {
    const other = shuffled[order[i]!]!;
    row.forEach((value, j) => {
      largest = Math.max(largest, Math.abs(value - other[j]!));
    });
  });
  return largest;
}

/** What is wrong with a model, in words with figures; empty for a sound one. */
export function faults(health: Health, nTexts: number): string[] {
  const found: string[] = [];
  const { textCosines, audioCosines } = health;
  if (textCosines.min > COLLAPSED_TEXT_COSINE) {
    found.push(
      `all texts get nearly the same embedding (cosines of ${nTexts} unlike texts ${figure(textCosines.min)} to ${figure(textCosines.max)}, expected some below ${COLLAPSED_TEXT_COSINE})`,
    );
  }
  if (audioCosines.min > COLLAPSED_AUDIO_COSINE) {
    found.push(
      `all sounds get nearly the same embedding (cosines of noise, tone and chord ${figure(audioCosines.min)} to ${figure(audioCosines.max)}, expected some below ${COLLAPSED_AUDIO_COSINE})`,
    );
  }
  if (health.orderDifference > MAX_ORDER_DIFFERENCE) {
    found.push(
      `an embedding changes with the order of its batch (by ${health.orderDifference.toFixed(4)}, expected at most ${MAX_ORDER_DIFFERENCE})`,
    );
  }
  if (health.nUnknownTexts === nTexts) {
    found.push(`the tokenizer knows no word of ${nTexts} plain texts: it belongs to another model`);
  }
  return found;
}

function figure(cosine: number): string {
  return cosine.toFixed(4);
}
