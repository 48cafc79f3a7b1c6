import type { Signal } from "../shared/kernel/signal.ts";
import type { KeyBinding } from "../shared/shell/keys.ts";
import type { State } from "./state.ts";

export interface KeyActions {
  play(): void;
  toggleSelected(): void;
  tellRow(): void;
  add(): void;
  change(): void;
  remove(): void;
}

export function tripletKeys(state: Signal<State>, actions: KeyActions): KeyBinding[] {
  const move = (rows: number, members: number): void => {
    const { cursor, nShown } = state.value;
    const row = Math.max(0, Math.min(nShown - 1, cursor.row + rows));
    const member = Math.max(0, Math.min(2, cursor.member + members));
    state.set({ ...state.value, cursor: { row, member } });
    actions.tellRow();
  };
  return [
    {
      keys: ["ArrowUp", "ArrowDown"],
      shown: "↑ ↓",
      label: "Move from triplet to triplet",
      run: ({ key }) => move(key === "ArrowUp" ? -1 : 1, 0),
    },
    {
      keys: ["ArrowLeft", "ArrowRight"],
      shown: "← →",
      label: "Anchor, positive, negative",
      run: ({ key }) => move(0, key === "ArrowLeft" ? -1 : 1),
    },
    { keys: [" "], shown: "Space", label: "Play or stop the clip", run: actions.play },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.toggleSelected,
    },
    { keys: ["a"], shown: "A", label: "Add triplet", run: actions.add },
    { keys: ["e"], shown: "E", label: "Change this triplet", run: actions.change },
    {
      keys: ["Delete", "Backspace"],
      shown: "Delete",
      label: "Remove this triplet",
      run: actions.remove,
    },
  ];
}
