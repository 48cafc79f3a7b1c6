import type { KeyBinding } from "../shared/shell/keys.ts";

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export interface MapKeyActions {
  move(direction: readonly [number, number]): void;
  play(): void;
  select(): void;
  lasso(): void;
  find(): void;
  zoom(factor: number): void;
  showAll(): void;
}

export function mapKeys(actions: MapKeyActions): KeyBinding[] {
  return [
    {
      keys: Object.keys(directions),
      shown: "← ↑ → ↓",
      label: "Move from point to point",
      run: ({ key }) => actions.move(directions[key]!),
    },
    { keys: [" "], shown: "Space", label: "Play or stop the clip", run: actions.play },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.select,
    },
    { keys: ["o"], shown: "O", label: "Draw a lasso around clips", run: actions.lasso },
    { keys: ["f"], shown: "F", label: "Find labels", run: actions.find },
    { keys: ["+", "="], shown: "+", label: "Zoom in", run: () => actions.zoom(1.5) },
    { keys: ["-"], shown: "−", label: "Zoom out", run: () => actions.zoom(1 / 1.5) },
    { keys: ["0"], shown: "0", label: "Show everything", run: actions.showAll },
  ];
}
