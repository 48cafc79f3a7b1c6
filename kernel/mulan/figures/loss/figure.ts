import { dotProducts } from "../../embedding/dotProducts.ts";
import { collapseLoss, criticLoss, fewestPairs } from "../../evaluation/loss/criticLoss.ts";
import { falseNegatives, SAME_ABOVE } from "../../evaluation/loss/falseNegatives.ts";
import type { ContrastiveLoss } from "../../evaluation/loss/lossResult.ts";
import type { Snapshot } from "../../evaluation/loss/snapshot.ts";
import { Training } from "../../evaluation/loss/training.ts";
import type { FigureContext } from "../context.ts";
import { encodeFloat16 } from "../contract.ts";
import type { LossFigure, TrainingCourse } from "../contractLoss.ts";
import { makeItems } from "../items/items.ts";
import { describeLoss } from "./describe.ts";
import { nFirstOf } from "./nFirst.ts";

/** A matrix of 256² half floats is 175 kB of base64. */
const maxPairs = 256;
const maxFalseNegatives = 500;
const maxLosses = 400;
const maxSnapshots = 80;

export function lossFigure(value: ContrastiveLoss | Training, context: FigureContext): LossFigure {
  return value instanceof Training
    ? figureOfTraining(value, context)
    : figureOfBatch(value, context);
}

function figureOfBatch(value: ContrastiveLoss, context: FigureContext): LossFigure {
  const size = Math.min(maxPairs, value.batchSize);
  const shown =
    size === value.batchSize
      ? value.cosines
      : Float32Array.from({ length: size * size }, (_, place) => {
          const row = Math.floor(place / size);
          return value.cosines[row * value.batchSize + (place % size)]!;
        });
  const cut =
    size < value.batchSize
      ? `first ${size} pairs of a batch of ${value.batchSize}, whose loss is ${value.loss.toFixed(3)}`
      : undefined;
  return assemble(value, context, {
    cosines: shown,
    size,
    nPairs: value.nPairs,
    temperature: value.temperature,
    falseNegatives: value.falseNegatives.filter(({ j }) => j < size),
    sameAbove: value.sameAbove,
    training: null,
    note: cut,
    numbers: { step: null, dim: null, gap: null },
  });
}

function figureOfTraining(value: Training, context: FigureContext): LossFigure {
  const { last, dim, form } = value;
  const size = Math.max(fewestPairs(form), Math.min(maxPairs, value.watched.length));
  const text = value.pairs.text.select([...value.watched.slice(0, size)]);
  return assemble(value, context, {
    cosines: dotProducts(
      last.audio.subarray(0, size * dim),
      last.text.subarray(0, size * dim),
      dim,
    ),
    size,
    nPairs: value.pairs.audio.n,
    temperature: last.temperature,
    falseNegatives: falseNegatives(text, SAME_ABOVE),
    sameAbove: SAME_ABOVE,
    training: courseOf(value, size),
    note: `Adam, learning rate ${value.learningRate}, seed ${value.seed}, temperature ${value.learnsTemperature ? "learned" : "fixed"}`,
    numbers: { step: last.step, dim, gap: last.gap },
  });
}

interface Shown
  extends Pick<LossFigure, "temperature" | "nPairs" | "falseNegatives" | "sameAbove" | "training"> {
  /** `[size, size]`. */
  readonly cosines: Float32Array;
  readonly size: number;
  readonly note: string | undefined;
  readonly numbers: {
    readonly step: number | null;
    readonly dim: number | null;
    readonly gap: number | null;
  };
}

function assemble(
  value: ContrastiveLoss | Training,
  context: FigureContext,
  { cosines, size, note, numbers, ...shown }: Shown,
): LossFigure {
  const { form, audioLabels, textLabels, audioSources, textSources, modelId } = value;
  const logits = Float64Array.from(cosines, (cosine) => cosine / shown.temperature);
  const measured = {
    form,
    batchSize: size,
    loss: criticLoss(logits, size, form).loss,
    collapseLoss: collapseLoss(size, form),
  };
  const items = (
    labels: readonly string[],
    modality: "audio" | "text",
    sources: typeof audioSources,
  ) => makeItems(labels.slice(0, size), modality, sources.slice(0, size), context.clipId);
  const words = describeLoss({
    ...measured,
    ...numbers,
    temperature: shown.temperature,
    nPairs: shown.nPairs,
    nFirst: nFirstOf(cosines, size),
    nFalseNegatives: shown.falseNegatives.length,
  });
  return {
    family: "loss",
    version: 1,
    ...words,
    model: modelId || null,
    footnote: [context.modelName ?? modelId, note].filter(Boolean).join(" · "),
    id: context.lossId?.(value) ?? null,
    ...measured,
    ...shown,
    audio: items(audioLabels, "audio", audioSources),
    text: items(textLabels, "text", textSources),
    cosines: encodeFloat16(cosines),
    falseNegatives: shown.falseNegatives.slice(0, maxFalseNegatives),
  };
}

function courseOf(training: Training, size: number): TrainingCourse {
  const { dim, losses, learningRate, learnsTemperature, collapsedAt } = training;
  const snapshots = thinned(training.snapshots, maxSnapshots);
  const stepsPerLoss = Math.max(1, Math.ceil(losses.length / maxLosses));
  const means: number[] = [];
  for (let from = 0; from < losses.length; from += stepsPerLoss) {
    const some = losses.slice(from, from + stepsPerLoss);
    means.push(some.reduce((sum, loss) => sum + loss, 0) / some.length);
  }
  const points = snapshots.flatMap(({ audio, text }) => [
    ...audio.subarray(0, size * dim),
    ...text.subarray(0, size * dim),
  ]);
  return {
    dim,
    nSteps: losses.length,
    learningRate,
    learnsTemperature,
    losses: encodeFloat16(means),
    stepsPerLoss,
    collapsedAt,
    snapshots: snapshots.map(
      ({ step, temperature, loss, gap, alignment, uniformity, accuracy }) => ({
        step,
        temperature: round(temperature),
        loss: round(loss),
        gap: round(gap),
        alignment: round(alignment),
        uniformity: [round(uniformity.audio), round(uniformity.text)],
        accuracy: round(accuracy),
      }),
    ),
    points: dim === 3 ? encodeFloat16(points) : null,
  };
}

/** The first, the last and some evenly between. */
function thinned(snapshots: readonly Snapshot[], most: number): readonly Snapshot[] {
  if (snapshots.length <= most) return snapshots;
  const last = snapshots.length - 1;
  return Array.from({ length: most }, (_, i) => snapshots[Math.round((i * last) / (most - 1))]!);
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
