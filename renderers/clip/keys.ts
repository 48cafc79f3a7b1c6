import type { KeyBinding } from "../shared/shell/keys.ts";

export interface ClipKeyActions {
  toggle(): void;
  step(sec: number): void;
  loop(): void;
  rate(step: 1 | -1): void;
  zoom(factor: number): void;
  resetZoom(): void;
  select(): void;
  /** Begin or end of the region at the cursor. */
  mark(side: "start" | "end"): void;
  playRegion(): void;
  embedRegion(): void;
  addRegion(): void;
  removeRegion(): void;
  hearWindow(): void;
  asModel(): void;
}

export function clipKeys(actions: ClipKeyActions): KeyBinding[] {
  return [
    {
      keys: ["ArrowLeft", "ArrowRight"],
      shown: "← →",
      label: "Move by a second, with Shift by 0.1",
      run({ key, shiftKey }) {
        actions.step((key === "ArrowLeft" ? -1 : 1) * (shiftKey ? 0.1 : 1));
      },
    },
    { keys: [" "], shown: "Space", label: "Play or pause", run: actions.toggle },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.select,
    },
    { keys: ["l"], shown: "L", label: "Loop", run: actions.loop },
    { keys: [","], shown: ",", label: "Slower tape", run: () => actions.rate(-1) },
    { keys: ["."], shown: ".", label: "Faster tape", run: () => actions.rate(1) },
    { keys: ["["], shown: "[", label: "Region begins here", run: () => actions.mark("start") },
    { keys: ["]"], shown: "]", label: "Region ends here", run: () => actions.mark("end") },
    { keys: ["r"], shown: "R", label: "Play region", run: actions.playRegion },
    { keys: ["e"], shown: "E", label: "Embed region", run: actions.embedRegion },
    { keys: ["a"], shown: "A", label: "Add region to selection", run: actions.addRegion },
    {
      keys: ["Delete", "Backspace"],
      shown: "Delete",
      label: "Remove region",
      run: actions.removeRegion,
    },
    { keys: ["w"], shown: "W", label: "Hear the model’s window here", run: actions.hearWindow },
    {
      keys: ["m"],
      shown: "M",
      label: "The model’s spectrogram or the clip’s",
      run: actions.asModel,
    },
    { keys: ["+", "="], shown: "+", label: "Zoom in", run: () => actions.zoom(2) },
    { keys: ["-"], shown: "−", label: "Zoom out", run: () => actions.zoom(0.5) },
    { keys: ["0"], shown: "0", label: "Show the whole clip", run: actions.resetZoom },
  ];
}
