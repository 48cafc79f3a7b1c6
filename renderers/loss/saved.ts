import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { layoutLoss } from "./layout.ts";
import { lossMarks } from "./picture.ts";
import { derive, type State } from "./state.ts";

const widthPx = 1000;

/** The figure on paper as it is set now. */
export function savedImage(state: State): FigureImage {
  const derived = derive(state);
  const layout = layoutLoss(widthPx, state.size, state.figure.training !== null);
  return {
    title: derived.title,
    reading: derived.reading,
    model: state.figure.model,
    width: layout.width,
    height: layout.height,
    content: lossMarks(state, derived, layout, paper, textMeasure(paper.fontFamily), false),
  };
}

/** A training's moments, or one line a cell of the batch. */
export function savedTable(state: State): (string | number)[][] {
  const { figure } = state;
  if (figure.training) {
    const names = ["step", "loss", "gap", "alignment", "temperature", "accuracy"] as const;
    return [
      [...names],
      ...figure.training.snapshots.map((snapshot) => names.map((name) => snapshot[name])),
    ];
  }
  const { size, cosines, rowShares, columnShares } = derive(state);
  const rows = Array.from(cosines, (cosine, place) => [
    figure.audio.labels[Math.floor(place / size)]!,
    figure.text.labels[place % size]!,
    round(cosine),
    round(rowShares[place]!),
    round(columnShares[place]!),
  ]);
  return [["audio", "text", "cosine", "share_of_row", "share_of_column"], ...rows];
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
