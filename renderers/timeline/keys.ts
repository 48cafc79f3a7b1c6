import type { KeyBinding } from "../shared/shell/keys.ts";

export interface TimelineKeyActions {
  move(lanes: number, windows: number): void;
  play(): void;
  loop(): void;
  select(): void;
  sort(): void;
  remove(): void;
  addPrompt(): void;
}

export function timelineKeys(actions: TimelineKeyActions): KeyBinding[] {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  return [
    {
      keys: Object.keys(steps),
      shown: "← ↑ → ↓",
      label: "Move from window to window and lane to lane",
      run: ({ key }) => actions.move(...steps[key]!),
    },
    { keys: [" "], shown: "Space", label: "Play this window, or stop", run: actions.play },
    { keys: ["l"], shown: "L", label: "Loop this window", run: actions.loop },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.select,
    },
    { keys: ["a"], shown: "A", label: "Add a prompt", run: actions.addPrompt },
    { keys: ["s"], shown: "S", label: "Sort lanes, best first", run: actions.sort },
    {
      keys: ["Delete", "Backspace"],
      shown: "Delete",
      label: "Remove this lane",
      run: actions.remove,
    },
  ];
}
