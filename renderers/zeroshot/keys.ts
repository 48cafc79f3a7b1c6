import { rankLabels } from "../../kernel/mulan/figures/contractLook.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import type { KeyBinding } from "../shared/shell/keys.ts";
import type { State } from "./state.ts";

export interface KeyActions {
  play(): void;
  toggleSelected(): void;
  tellBar(): void;
}

export function rankingKeys(state: Signal<State>, actions: KeyActions): KeyBinding[] {
  const move = (clips: number, ranks: number): void => {
    const { cursor, nPanels, figure } = state.value;
    const clip = Math.max(0, Math.min(nPanels - 1, cursor.clip + clips));
    const rank = Math.max(0, Math.min(figure.labels.length - 1, cursor.rank + ranks));
    state.set({ ...state.value, cursor: { clip, rank } });
    actions.tellBar();
  };
  return [
    {
      keys: ["ArrowUp", "ArrowDown"],
      shown: "↑ ↓",
      label: "Move from label to label",
      run: ({ key }) => move(0, key === "ArrowUp" ? -1 : 1),
    },
    {
      keys: ["ArrowLeft", "ArrowRight"],
      shown: "← →",
      label: "Move from clip to clip",
      run: ({ key }) => move(key === "ArrowLeft" ? -1 : 1, 0),
    },
    { keys: [" "], shown: "Space", label: "Play or stop the clip", run: actions.play },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.toggleSelected,
    },
    {
      keys: ["m"],
      shown: "M",
      label: "Cosines or softmax shares",
      run: () => {
        const mode = state.value.mode === "cosine" ? "softmax" : "cosine";
        state.set({ ...state.value, mode });
      },
    },
  ];
}

/** The label under the keys. */
export function labelAtCursor({ figure, scores, cursor }: State) {
  return rankLabels(scores, cursor.clip, figure.labels.length)[cursor.rank];
}
