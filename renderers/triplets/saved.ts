import { svg } from "../shared/dom.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { axisMarks, rowGroups } from "./drawRows.ts";
import { layoutTriplets } from "./layout.ts";
import type { State } from "./state.ts";

const widthPx = 960;

/** The shown triplets on paper. */
export function savedImage(state: State): FigureImage {
  const { figure } = state;
  const layout = layoutTriplets(state, widthPx, textMeasure(paper.fontFamily));
  const groups = rowGroups(layout, paper, () => ({ selected: false, playing: false }));
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.model,
    width: layout.width,
    height: layout.height,
    content: [
      ...axisMarks(layout, paper),
      ...groups.map(({ x, y, content }) =>
        svg("g", { transform: `translate(${x} ${y})` }, ...content),
      ),
    ],
  };
}

/** All triplets, worst first. */
export function savedTable({ figure }: State): (string | number)[][] {
  const head = ["anchor", "positive", "negative", "cosine positive", "cosine negative", "margin"];
  const rows = figure.rows.map((row) => [
    row.anchor,
    row.positive,
    row.negative,
    row.cosinePositive,
    row.cosineNegative,
    row.margin,
  ]);
  return [head, ...rows];
}
