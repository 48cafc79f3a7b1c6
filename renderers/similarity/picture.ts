import type { SimilarityFigure, ValueScale } from "../../kernel/mulan/figures/contract.ts";
import type { LayoutInput } from "./layout.ts";
import { type HeatmapLayout, layoutHeatmap } from "./layout.ts";
import type { State } from "./state.ts";
import { type Shown, shownValues } from "./view.ts";

/** What is to be drawn for a state at a width: pure, for the page and for saved files alike. */
export interface Picture {
  readonly layout: HeatmapLayout;
  readonly shown: Shown;
  /** Values of the visible cells, row by row; NaN where there is none or the threshold hides it. */
  readonly lines: readonly Float32Array[];
  /** Index of each visible row and column. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

export function pictureOf(
  state: State,
  widthPx: number,
  measure: LayoutInput["measure"],
  locked: ValueScale | null = null,
): Picture {
  const { figure, matrix, view } = state;
  const rows = view.rowOrder.slice(view.rows.from, view.rows.from + view.rows.count);
  const columns = view.columnOrder.slice(view.columns.from, view.columns.from + view.columns.count);
  const shown = shownValues(figure, matrix, view, locked);
  const hidden = (value: number): boolean => view.threshold !== null && value < view.threshold;
  const lines = rows.map((i) =>
    Float32Array.from(columns, (j) => {
      const at = i * matrix.nColumns + j;
      return hidden(matrix.values[at]!) ? Number.NaN : shown.values[at]!;
    }),
  );
  const labels = ({ labels: all }: SimilarityFigure["rows"], order: readonly number[]) =>
    order.map((index) => all[index]!);
  const layout = layoutHeatmap({
    rows: labels(figure.rows, rows),
    columns: labels(figure.columns, columns),
    widthPx,
    measure,
  });
  return { layout, shown, lines, rows, columns };
}
