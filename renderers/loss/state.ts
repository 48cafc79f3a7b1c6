import { decodeFloat16, encodeFloat16, type Items } from "../../kernel/mulan/figures/contract.ts";
import {
  collapseLoss,
  criticLoss,
  describeLoss,
  type FalseNegativePair,
  type LossFigure,
  type LossForm,
  nFirstOf,
  type Orientation,
  type SnapshotNumbers,
  softmaxOf,
  startOrientation,
} from "../../kernel/mulan/figures/contractLoss.ts";

export type View = "critic" | "rows" | "columns";

export interface State {
  /** As the output or the engine gave it. */
  readonly figure: LossFigure;
  readonly cosines: Float32Array;
  readonly points: Float32Array | undefined;
  readonly view: View;
  readonly form: LossForm;
  readonly temperature: number;
  /** Pairs that compete: the first of the figure's. */
  readonly size: number;
  /** Of a training: which snapshot is shown. */
  readonly snapshot: number;
  readonly orientation: Orientation;
  readonly cursor: { readonly row: number; readonly column: number };
}

/** What follows from a state. */
export interface Derived {
  readonly size: number;
  /** `[size, size]`. */
  readonly cosines: Float32Array;
  readonly rowShares: Float32Array;
  readonly columnShares: Float32Array;
  readonly loss: number;
  readonly collapseLoss: number;
  /** `[size]`. */
  readonly perPair: Float64Array;
  readonly falseNegatives: readonly FalseNegativePair[];
  readonly snapshot: SnapshotNumbers | undefined;
  readonly title: string;
  readonly reading: string;
}

export function initialState(figure: LossFigure): State {
  const points = figure.training?.points;
  return {
    figure,
    cosines: decodeFloat16(figure.cosines),
    points: points ? decodeFloat16(points) : undefined,
    view: "critic",
    form: figure.form,
    temperature: figure.temperature,
    size: figure.batchSize,
    snapshot: (figure.training?.snapshots.length ?? 0) - 1,
    orientation: startOrientation,
    cursor: { row: 0, column: 0 },
  };
}

/** Another figure of the same pairs, seen as before. */
export function withFigure(state: State, figure: LossFigure): State {
  const { view, orientation, cursor } = state;
  const last = figure.batchSize - 1;
  const inside = { row: Math.min(cursor.row, last), column: Math.min(cursor.column, last) };
  return { ...initialState(figure), view, orientation, cursor: inside };
}

/** Another moment of a training, at its own temperature. */
export function atSnapshot(state: State, wanted: number): State {
  const snapshots = state.figure.training?.snapshots ?? [];
  const snapshot = Math.max(0, Math.min(snapshots.length - 1, wanted));
  const temperature = snapshots[snapshot]?.temperature ?? state.temperature;
  return { ...state, snapshot, temperature };
}

export function moved(state: State, rows: number, columns: number): State {
  const inside = (value: number): number => Math.max(0, Math.min(state.size - 1, value));
  const { row, column } = state.cursor;
  return { ...state, cursor: { row: inside(row + rows), column: inside(column + columns) } };
}

export function derive(state: State): Derived {
  const { figure, form, temperature, size } = state;
  const cosines = cosinesOf(state);
  const logits = Float64Array.from(cosines, (cosine) => cosine / temperature);
  const { loss, perPair } = criticLoss(logits, size, form);
  const snapshot = figure.training?.snapshots[state.snapshot];
  const falseNegatives = figure.falseNegatives.filter(({ j }) => j < size);
  const measured = { loss, collapseLoss: collapseLoss(size, form) };
  return {
    size,
    cosines,
    rowShares: softmaxOf(logits, size, "rows"),
    columnShares: softmaxOf(logits, size, "columns"),
    ...measured,
    perPair,
    falseNegatives,
    snapshot,
    ...describeLoss({
      ...measured,
      form,
      temperature,
      batchSize: size,
      nPairs: figure.nPairs,
      nFirst: nFirstOf(cosines, size),
      nFalseNegatives: falseNegatives.length,
      step: snapshot?.step ?? null,
      dim: figure.training?.dim ?? null,
      gap: snapshot?.gap ?? null,
    }),
  };
}

/** The batch as it is set now, to be written back. */
export function editedFigure(state: State): LossFigure {
  const { figure, form, temperature, size } = state;
  const { cosines, loss, collapseLoss, falseNegatives, title, reading } = derive(state);
  const cut = (items: Items): Items => ({
    ...items,
    labels: items.labels.slice(0, size),
    ...(items.clips && { clips: items.clips.slice(0, size) }),
  });
  return {
    ...figure,
    ...{ form, temperature, loss, collapseLoss, falseNegatives, title, reading },
    batchSize: size,
    audio: cut(figure.audio),
    text: cut(figure.text),
    cosines: encodeFloat16(cosines),
  };
}

/** `[2 (audio, text), pairs, 3]` of the shown snapshot. */
export function pointsOf({ points, figure, snapshot }: State): Float32Array | undefined {
  const length = 2 * figure.batchSize * 3;
  return points?.subarray(snapshot * length, (snapshot + 1) * length);
}

function cosinesOf(state: State): Float32Array {
  const { figure, size, cosines } = state;
  const n = figure.batchSize;
  const points = pointsOf(state);
  const at = points
    ? (row: number, column: number) => dot3(points, row, n + column)
    : (row: number, column: number) => cosines[row * n + column]!;
  return Float32Array.from({ length: size * size }, (_, place) =>
    at(Math.floor(place / size), place % size),
  );
}

function dot3(points: Float32Array, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < 3; k++) sum += points[3 * a + k]! * points[3 * b + k]!;
  return sum;
}
