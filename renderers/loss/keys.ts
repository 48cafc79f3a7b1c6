import type { KeyBinding } from "../shared/shell/keys.ts";

export interface LossKeyActions {
  move(rows: number, columns: number): void;
  play(): void;
  nextView(): void;
  step(by: number): void;
  walk(): void;
  train(): void;
  collapse(): void;
}

export function lossKeys(actions: LossKeyActions, isTraining: boolean): KeyBinding[] {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  const ofTraining: KeyBinding[] = [
    {
      keys: ["[", "]"],
      shown: "[ ]",
      label: "Earlier or later in the training",
      run: ({ key }) => actions.step(key === "[" ? -1 : 1),
    },
    { keys: ["w"], shown: "W", label: "Walk through the training", run: actions.walk },
    { keys: ["t"], shown: "T", label: "Train further, or pause", run: actions.train },
    { keys: ["c"], shown: "C", label: "Collapse it", run: actions.collapse },
  ];
  return [
    {
      keys: Object.keys(steps),
      shown: "← ↑ → ↓",
      label: "Move from cell to cell",
      run: ({ key }) => actions.move(...steps[key]!),
    },
    { keys: [" "], shown: "Space", label: "Play this row's clip, or stop", run: actions.play },
    { keys: ["m"], shown: "M", label: "Show the next matrix", run: actions.nextView },
    ...(isTraining ? ofTraining : []),
  ];
}
