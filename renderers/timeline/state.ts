import {
  decodeFloat16,
  encodeFloat16,
  type TimelineFigure,
} from "../../kernel/mulan/figures/contract.ts";
import { describeTimeline } from "../../kernel/mulan/figures/contractLook.ts";

/** A timeline as it is looked at now. */
export interface State {
  readonly figure: TimelineFigure;
  /** `[prompts, windows]`. */
  readonly cosines: Float32Array;
  readonly cursor: Cursor;
}

export interface Cursor {
  readonly lane: number;
  readonly window: number;
}

/** A prompt with its cosines `[windows]`, and the whole clip's. */
export interface Lane {
  readonly prompt: string;
  readonly cosines: Float32Array;
  readonly score: number;
}

/** @param before where the keys were when the output was drawn last */
export function initialState(figure: TimelineFigure, before?: Cursor): State {
  const cosines = decodeFloat16(figure.cosines);
  const first = { figure, cosines, cursor: { lane: 0, window: 0 } };
  return before ? moved(first, before.lane, before.window) : first;
}

export function lanesOf({ figure, cosines }: State): Lane[] {
  const n = figure.windows.startSec.length;
  return figure.prompts.map((prompt, i) => ({
    prompt,
    cosines: cosines.subarray(i * n, (i + 1) * n),
    score: figure.scores[i]!,
  }));
}

/** Other lanes in the same figure, with the words that fit them. */
export function withLanes(state: State, lanes: readonly Lane[]): State {
  const { figure } = state;
  const stored = encodeFloat16(lanes.flatMap((lane) => [...lane.cosines]));
  const cosines = decodeFloat16(stored);
  const changed = {
    ...figure,
    prompts: lanes.map(({ prompt }) => prompt),
    scores: lanes.map(({ score }) => Number(score.toFixed(4))),
    cosines: stored,
  };
  const lane = Math.max(0, Math.min(state.cursor.lane, lanes.length - 1));
  return {
    figure: { ...changed, ...describeTimeline(changed, cosines) },
    cosines,
    cursor: { ...state.cursor, lane },
  };
}

/** A new lane at the end; a prompt that is there already takes the new values. */
export function withPrompt(state: State, lane: Lane): State {
  const lanes = lanesOf(state);
  const at = lanes.findIndex(({ prompt }) => prompt === lane.prompt);
  const place = at < 0 ? lanes.length : at;
  const next = withLanes(state, [...lanes.slice(0, place), lane, ...lanes.slice(place + 1)]);
  return { ...next, cursor: { ...next.cursor, lane: place } };
}

export function withoutPrompt(state: State, lane: number): State {
  return withLanes(
    state,
    lanesOf(state).filter((_, i) => i !== lane),
  );
}

/** Best prompt of the whole clip first. */
export function sortedByScore(state: State): State {
  const order = lanesOf(state).sort((a, b) => b.score - a.score);
  return withLanes(state, order);
}

/** Arrow keys stay inside. */
export function moved(state: State, lanes: number, windows: number): State {
  const inside = (value: number, n: number): number => Math.max(0, Math.min(n - 1, value));
  const { figure, cursor } = state;
  return {
    ...state,
    cursor: {
      lane: inside(cursor.lane + lanes, figure.prompts.length),
      window: inside(cursor.window + windows, figure.windows.startSec.length),
    },
  };
}
