import type { SimilarityFigure } from "../../kernel/mulan/figures/contract.ts";
import { textSide } from "./state.ts";

/** Code that makes this figure in a cell: its prompts as they stand now. `clips` is the notebook's own variable. */
export function asCell(figure: SimilarityFigure): string | undefined {
  const side = textSide(figure)?.side;
  if (!side) return undefined;
  const other = figure[side === "rows" ? "columns" : "rows"];
  const prompts = `[\n${figure[side].labels.map((label) => `  ${JSON.stringify(label)},\n`).join("")}]`;
  if (other.modality === "text" && figure.rows.labels.join() === figure.columns.labels.join()) {
    return `const model = await mulan.load();\nmulan.similarity(await model.embedText(${prompts}))`;
  }
  const others =
    other.modality === "text"
      ? `await model.embedText(${JSON.stringify(other.labels)})`
      : "await model.embedAudio(clips)";
  const sides = [`await model.embedText(${prompts})`, others];
  if (side === "columns") sides.reverse();
  return `const model = await mulan.load();\nmulan.similarity(${sides.join(", ")})`;
}
