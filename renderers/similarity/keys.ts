import type { Signal } from "../shared/kernel/signal.ts";
import type { KeyBinding } from "../shared/shell/keys.ts";
import type { Actions } from "./actions.ts";
import type { Normalisation } from "./normalise.ts";
import type { State } from "./state.ts";
import { withCursor, zoomed } from "./view.ts";

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
const far = 10;
const nextNormalisation: Record<Normalisation, Normalisation> = {
  none: "row",
  row: "column",
  column: "none",
};

export interface KeyActions extends Actions {
  /** Says and shows the cell under the cursor. */
  tellCell(): void;
  editPrompt(): void;
}

/** The keys of a heatmap, in the order of the "?" list. */
export function heatmapKeys(state: Signal<State>, actions: KeyActions): KeyBinding[] {
  const move = (rows: number, columns: number): void => {
    const { view } = state.value;
    actions.look(withCursor(view, view.cursor.row + rows, view.cursor.column + columns));
    actions.tellCell();
  };
  const zoom = (by: number): void => actions.look(zoomed(state.value.view, by));
  return [
    {
      keys: Object.keys(steps),
      shown: "← ↑ → ↓",
      label: "Move from cell to cell, with Shift ten at a time",
      run({ key, shiftKey }) {
        const [rows, columns] = steps[key]!;
        const stride = shiftKey ? far : 1;
        move(rows * stride, columns * stride);
      },
    },
    { keys: [" "], shown: "Space", label: "Play or stop the clip", run: actions.play },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.toggleSelected,
    },
    { keys: ["s"], shown: "S", label: "Sort columns by this row", run: () => actions.order("row") },
    {
      keys: ["d"],
      shown: "D",
      label: "Sort rows by this column",
      run: () => actions.order("column"),
    },
    { keys: ["c"], shown: "C", label: "Cluster similar", run: () => actions.order("clusters") },
    { keys: ["g"], shown: "G", label: "Order as given", run: () => actions.order("given") },
    {
      keys: ["z"],
      shown: "Z",
      label: "Cosine, or z-score in each row or column",
      run: () => actions.look({ normalisation: nextNormalisation[state.value.view.normalisation] }),
    },
    { keys: ["e"], shown: "E", label: "Edit this prompt", run: actions.editPrompt },
    { keys: ["+", "="], shown: "+", label: "Zoom in", run: () => zoom(1) },
    { keys: ["-"], shown: "−", label: "Zoom out", run: () => zoom(-1) },
    { keys: ["0"], shown: "0", label: "Show everything", run: () => zoom(-100) },
  ];
}
