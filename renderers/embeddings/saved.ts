import { textMeasure } from "../shared/look/middleCut.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import { spreadMarks } from "./drawSpread.ts";
import { stripImage, stripMarks } from "./drawStrip.ts";
import { layoutEmbeddings } from "./layout.ts";
import type { State } from "./state.ts";

const widthPx = 900;

/** Strip and spread on paper. */
export function savedImage(state: State): FigureImage {
  const { figure } = state;
  const layout = layoutEmbeddings(state, widthPx, textMeasure(paper.fontFamily));
  const still = () => ({ selected: false, playing: false });
  const strip = stripMarks(layout, state, stripImage(state, paper), paper, still);
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.model,
    width: layout.width,
    height: layout.height,
    content: [...strip, ...(figure.pairs ? spreadMarks(layout, figure.pairs, paper) : [])],
  };
}

/** The rows that the figure holds; the whole matrix is saved by saveEmbeddings in a cell. */
export function savedTable({ figure, strip }: State): (string | number)[][] {
  const { dim, stripRows, items } = figure;
  const head = ["label", ...Array.from({ length: dim }, (_, k) => `d${k + 1}`)];
  const rows = items.labels.slice(0, stripRows).map((label, i) => {
    const values = strip.subarray(i * dim, (i + 1) * dim);
    return [label, ...Array.from(values, (value) => Math.round(value * 1e4) / 1e4)];
  });
  return [head, ...rows];
}
