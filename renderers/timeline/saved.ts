import { formatCosine, laneRange } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { timelineMarks } from "./drawLanes.ts";
import { layoutTimeline } from "./layout.ts";
import { lanesOf, type State } from "./state.ts";

const widthPx = 800;

/** The lanes on paper, in the order that is shown now. */
export function savedImage(state: State): FigureImage {
  const { figure } = state;
  const measure = textMeasure(paper.fontFamily);
  const widest = Math.max(0, ...figure.prompts.map((prompt) => measure(prompt, 13)));
  const layout = layoutTimeline(widthPx, figure.prompts.length, figure.waveform !== null, widest);
  const marked = { cursor: undefined, playing: undefined, selected: false };
  const note = svg(
    "text",
    { x: 0, y: layout.height + 14, "font-size": 11, style: `fill: ${paper.quiet}` },
    noteOf(state),
  );
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.model,
    width: layout.width,
    height: layout.height + 20,
    content: [...timelineMarks(state, layout, paper, measure, marked), note],
  };
}

/** How lanes are to be read: their scale, the width of a bar, the lines. */
export function noteOf({ figure, cosines }: State): string {
  const { low, high } = laneRange(cosines, figure.scores);
  const means = figure.prompts.length >= 3 ? "; dashed: mean of all prompts" : "";
  return `lanes from ${formatCosine(low)} to ${formatCosine(high)}; a bar is as wide as the ${figure.windowSec.toFixed(1)} s that its window hears; line and number: the whole clip${means}`;
}

/** One line a prompt and window, then the whole clip's. */
export function savedTable(state: State): (string | number)[][] {
  const { startSec, windows } = state.figure;
  const rows = lanesOf(state).flatMap(({ prompt, cosines, score }) => [
    ...Array.from(cosines, (cosine, i) => {
      const from = startSec + windows.startSec[i]!;
      return [prompt, round(from), round(from + windows.durationSec[i]!), round(cosine)];
    }),
    [prompt, "whole clip", "", round(score)],
  ]);
  return [["prompt", "from_sec", "to_sec", "cosine"], ...rows];
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
