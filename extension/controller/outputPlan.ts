// What an engine's event means for the outputs of its cell. Pure: outputActions.ts acts.
import type { Bundle, CellError, SessionEvent } from "../../kernel/session/index.ts";

/** One output as it will stand in the cell. */
export type PlannedOutput =
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "error"; readonly error: CellError }
  | {
      readonly kind: "data";
      readonly bundle: Bundle;
      readonly metadata?: Bundle;
      /** Set on the result of a cell, not on what it displays. */
      readonly executionCount?: number;
      readonly displayId?: string;
    };

export type OutputAction =
  | { readonly do: "append"; readonly output: PlannedOutput }
  /** More text for the stream output that is last. */
  | { readonly do: "extend"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly do: "clear" }
  /** Changes every output of this display, in whichever cell it stands. */
  | {
      readonly do: "redraw";
      readonly displayId: string;
      readonly bundle: Bundle;
      readonly metadata?: Bundle;
    };

/** What must be remembered of a cell's outputs to place the next one. */
export interface OutputState {
  /** The stream that the next piece of text continues. */
  readonly openStream: "stdout" | "stderr" | undefined;
  /** clearOutput({ wait: true }) was called: the next output takes the place of all. */
  readonly clearFirst: boolean;
}

export const noOutputs: OutputState = { openStream: undefined, clearFirst: false };

export interface OutputStep {
  readonly state: OutputState;
  readonly actions: readonly OutputAction[];
}

export function planOutput(state: OutputState, event: SessionEvent): OutputStep {
  switch (event.type) {
    case "stream": {
      const { name, text } = event;
      if (state.openStream === name && !state.clearFirst) {
        return { state, actions: [{ do: "extend", name, text }] };
      }
      return append(state, { kind: "stream", name, text }, name);
    }
    case "display":
      return append(state, { kind: "data", ...drawing(event), ...displayId(event) });
    case "result": {
      const { bundle, executionCount } = event;
      return append(state, { kind: "data", bundle, executionCount });
    }
    case "error":
      return append(state, { kind: "error", error: event.error });
    case "clearOutput":
      if (event.wait) return { state: { ...state, clearFirst: true }, actions: [] };
      return { state: noOutputs, actions: [{ do: "clear" }] };
    case "updateDisplay":
      return {
        state,
        actions: [{ do: "redraw", displayId: event.displayId, ...drawing(event) }],
      };
    default:
      return { state, actions: [] };
  }
}

/**
 * Joins neighbouring pieces of the same stream. While an edit is under way, many pieces arrive, and each
 * edit costs a message to the window.
 */
export function mergeActions(actions: readonly OutputAction[]): OutputAction[] {
  const merged: OutputAction[] = [];
  for (const action of actions) {
    const last = merged.at(-1);
    if (action.do === "clear") {
      // A redraw may stand in another cell, which this clear does not touch.
      const elsewhere = merged.filter((earlier) => earlier.do === "redraw");
      merged.splice(0, merged.length, ...elsewhere, action);
    } else if (action.do === "extend" && last?.do === "extend") {
      merged[merged.length - 1] = { ...last, text: last.text + action.text };
    } else if (action.do === "extend" && last?.do === "append" && last.output.kind === "stream") {
      const output = { ...last.output, text: last.output.text + action.text };
      merged[merged.length - 1] = { do: "append", output };
    } else {
      merged.push(action);
    }
  }
  return merged;
}

function append(
  state: OutputState,
  output: PlannedOutput,
  openStream?: "stdout" | "stderr",
): OutputStep {
  const clear: OutputAction[] = state.clearFirst ? [{ do: "clear" }] : [];
  return {
    state: { openStream, clearFirst: false },
    actions: [...clear, { do: "append", output }],
  };
}

function drawing({ bundle, metadata }: { bundle: Bundle; metadata?: Bundle | undefined }) {
  return metadata === undefined ? { bundle } : { bundle, metadata };
}

function displayId({ displayId }: { displayId?: string | undefined }) {
  return displayId === undefined ? {} : { displayId };
}
