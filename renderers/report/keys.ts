import type { Signal } from "../shared/kernel/signal.ts";
import type { KeyBinding } from "../shared/shell/keys.ts";
import { movedTo, type State } from "./state.ts";

export interface KeyActions {
  /** Clips of the details. */
  nClips(): number;
  play(): void;
  toggleSelected(): void;
  tell(): void;
  nextSort(): void;
  reverse(): void;
  focusFilter(): void;
  /** The next way to look at the details; undefined where there is but one. */
  readonly nextChoice: (() => void) | undefined;
  readonly choiceLabel: string;
  /** Undefined where no engine has rankings. */
  readonly openRanking: (() => void) | undefined;
}

const page = 10;

export function reportKeys(state: Signal<State>, actions: KeyActions): KeyBinding[] {
  const step = (by: number): void => {
    const now = state.value;
    if (now.side === "detail") {
      const item = Math.max(0, Math.min(actions.nClips() - 1, now.item + by));
      state.set({ ...now, item });
    } else {
      state.set(movedTo(now, now.cursor + by));
    }
    actions.tell();
  };
  const enter = (side: State["side"]): void => {
    if (side === "detail" && actions.nClips() === 0) return;
    state.set({ ...state.value, side });
    actions.tell();
  };
  const bindings: (KeyBinding | undefined)[] = [
    {
      keys: ["ArrowUp", "ArrowDown"],
      shown: "↑ ↓",
      label: "Move in the list, or among its clips",
      run: ({ key }) => step(key === "ArrowUp" ? -1 : 1),
    },
    {
      keys: ["ArrowLeft", "ArrowRight"],
      shown: "← →",
      label: "To the list, to the clips",
      run: ({ key }) => enter(key === "ArrowLeft" ? "list" : "detail"),
    },
    {
      keys: ["PageUp", "PageDown", "Home", "End"],
      shown: "Page ↑ ↓, Home, End",
      label: "Move further",
      run: ({ key }) => {
        const far = Number.MAX_SAFE_INTEGER;
        step({ PageUp: -page, PageDown: page, Home: -far, End: far }[key] ?? 0);
      },
    },
    { keys: [" "], shown: "Space", label: "Play or stop the clip", run: actions.play },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: actions.toggleSelected,
    },
    { keys: ["s"], shown: "S", label: "Sort by the next measure", run: actions.nextSort },
    { keys: ["r"], shown: "R", label: "Reverse the order", run: actions.reverse },
    { keys: ["f"], shown: "F", label: "Filter by text", run: actions.focusFilter },
    actions.nextChoice && {
      keys: ["d"],
      shown: "D",
      label: actions.choiceLabel,
      run: actions.nextChoice,
    },
    actions.openRanking && {
      keys: ["w"],
      shown: "W",
      label: "Whole ranking (with a kernel)",
      run: actions.openRanking,
    },
  ];
  return bindings.filter((binding) => binding !== undefined);
}
