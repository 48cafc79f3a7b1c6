import { svg } from "../shared/dom.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { rankingGroups } from "./drawRankings.ts";
import { layoutRankings } from "./layout.ts";
import { softmaxShares } from "./softmax.ts";
import type { State } from "./state.ts";

const widthPx = 960;

/** The rankings on paper, as they are shown now. */
export function savedImage(state: State): FigureImage {
  const { figure } = state;
  const layout = layoutRankings(state, widthPx, textMeasure(paper.fontFamily));
  const groups = rankingGroups(layout, state, paper, () => ({ selected: false, playing: false }));
  return {
    title: figure.title,
    reading: `${figure.reading}. ${layout.note}`,
    model: figure.model,
    width: layout.width,
    height: layout.height,
    content: groups.map(({ x, y, content }) =>
      svg("g", { transform: `translate(${x} ${y})` }, ...content),
    ),
  };
}

/** One line a clip and label, with both values. */
export function savedTable({ figure, scores, temperature }: State): (string | number)[][] {
  const nLabels = figure.labels.length;
  const shares = softmaxShares(scores, nLabels, temperature);
  const rows = figure.clips.labels.flatMap((clip, i) =>
    figure.labels.map((label, j) => {
      const at = i * nLabels + j;
      return [clip, label, round(scores[at]!), round(shares[at]!)];
    }),
  );
  return [["clip", "label", "cosine", `softmax at ${temperature.toPrecision(3)}`], ...rows];
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
