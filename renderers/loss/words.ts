import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import { html } from "../shared/dom.ts";
import type { Derived, State } from "./state.ts";

/** What a cell of the matrix says, line by line. */
export function cellWords(
  { figure, temperature }: State,
  { size, cosines, rowShares, columnShares, perPair, falseNegatives }: Derived,
  row: number,
  column: number,
): HTMLElement[] {
  const place = row * size + column;
  const cosine = cosines[place]!;
  const wrong = falseNegatives.find(
    ({ i, j }) => i === Math.min(row, column) && j === Math.max(row, column),
  );
  const h = Math.exp(cosine / temperature);
  return [
    html("div", {}, figure.audio.labels[row]!),
    html("div", {}, figure.text.labels[column]!),
    html(
      "div",
      {},
      html("span", { class: "number" }, formatFixed(cosine, 3)),
      ` cosine, h = ${h.toPrecision(3)}`,
    ),
    html(
      "div",
      { class: "quiet" },
      `${formatFixed(rowShares[place]!, 3)} of the clip's row, ${formatFixed(columnShares[place]!, 3)} of the text's column`,
    ),
    ...(row === column
      ? [html("div", { class: "quiet" }, `a pair: loss ${formatFixed(perPair[row]!, 3)} nats`)]
      : []),
    ...(wrong
      ? [
          html(
            "div",
            { class: "quiet" },
            wrong.sameText
              ? "false negative: both pairs have this text"
              : `false negative: texts with a cosine of ${formatFixed(wrong.cosine, 2)}`,
          ),
        ]
      : []),
  ];
}
