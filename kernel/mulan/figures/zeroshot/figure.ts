import type { EmbeddingSource } from "../../embedding/source.ts";
import type { FigureContext } from "../context.ts";
import { decodeFloat16, encodeFloat16, type ZeroShotFigure } from "../contract.ts";
import { makeItems } from "../items/items.ts";
import { cleanText } from "../text/cleanText.ts";
import { describeZeroShot } from "./describe.ts";

/** What the figure needs of a ZeroShot. */
export interface ZeroShotInput {
  readonly clips: readonly string[];
  readonly labels: readonly string[];
  readonly prompts: readonly string[];
  /** `[nClips, nLabels]` cosines. */
  readonly scores: Float32Array;
  readonly temperature?: number | undefined;
  readonly temperatureIsLearned?: boolean | undefined;
  readonly modelId: string;
  readonly sources?: readonly EmbeddingSource[];
}

export function zeroShotFigure(input: ZeroShotInput, context: FigureContext): ZeroShotFigure {
  const clips = makeItems(input.clips, "audio", input.sources, context.clipId);
  const labels = input.labels.map((label, i) => cleanText(label) || `(${i + 1})`);
  const prompts = input.prompts.map(cleanText);
  const scores = encodeFloat16(input.scores);
  return {
    family: "zeroshot",
    version: 1,
    ...describeZeroShot(clips, labels, prompts, decodeFloat16(scores)),
    model: input.modelId || null,
    footnote: context.modelName ?? input.modelId,
    clips,
    labels,
    prompts,
    scores,
    temperature: input.temperature ?? null,
    ...(input.temperatureIsLearned === false && { temperatureIsLearned: false as const }),
  };
}
