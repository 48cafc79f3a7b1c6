import {
  decodeFloat16,
  encodeFloat16,
  type ZeroShotFigure,
} from "../../kernel/mulan/figures/contract.ts";
import { describeZeroShot } from "../../kernel/mulan/figures/contractLook.ts";

/** A ranking as it is looked at now. */
export interface State {
  readonly figure: ZeroShotFigure;
  /** `[clips, labels]` cosines. */
  readonly scores: Float32Array;
  readonly mode: "cosine" | "softmax";
  /** τ of the softmax. */
  readonly temperature: number;
  /** Clips whose rankings are drawn. */
  readonly nPanels: number;
  readonly cursor: { readonly clip: number; readonly rank: number };
}

/** More are shown on demand: a figure of 500 rankings would bury the notebook. */
export const panelStep = 12;
/** Where a model has none of its own. */
export const usualTemperature = 0.07;

/** How a ranking is looked at: all of its state but what is in the figure. */
export type View = Pick<State, "mode" | "temperature" | "nPanels" | "cursor">;

/** @param before how the output was looked at when it was drawn last */
export function initialState(figure: ZeroShotFigure, before?: View): State {
  const nClips = figure.clips.labels.length;
  const {
    mode = "cosine",
    temperature = figure.temperature ?? usualTemperature,
    nPanels = panelStep,
    cursor = { clip: 0, rank: 0 },
  } = before ?? {};
  return {
    figure,
    scores: decodeFloat16(figure.scores),
    mode,
    temperature,
    nPanels: Math.min(nPanels, nClips),
    cursor: {
      clip: Math.min(cursor.clip, nClips - 1),
      rank: Math.min(cursor.rank, figure.labels.length - 1),
    },
  };
}

/** What a person changed, and the cosines that the engine gave for it. */
export interface Edit {
  readonly labels: readonly string[];
  readonly prompts: readonly string[];
  readonly scores: string;
}

export function edited(state: State, { labels, prompts, scores }: Edit): State {
  // As the figure keeps them, whatever precision they came in.
  const stored = encodeFloat16(decodeFloat16(scores));
  const values = decodeFloat16(stored);
  const words = describeZeroShot(state.figure.clips, labels, prompts, values);
  const figure = { ...state.figure, labels, prompts, scores: stored, ...words };
  const rank = Math.min(state.cursor.rank, labels.length - 1);
  return { ...state, figure, scores: values, cursor: { ...state.cursor, rank } };
}

/** "piano, drums" as labels: trimmed, none empty, none twice. */
export function parseLabels(text: string): string[] {
  const labels = text.split(/[,;\n]/).map((label) => label.trim());
  return [...new Set(labels.filter((label) => label !== ""))];
}

/** "{} music | the sound of {}" as templates. */
export function parseTemplates(text: string): string[] {
  return text
    .split("|")
    .map((template) => template.trim())
    .filter((template) => template !== "");
}
