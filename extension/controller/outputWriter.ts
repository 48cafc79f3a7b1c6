import type { NotebookCellExecution, NotebookCellOutput } from "vscode";
import type { Bundle, SessionEvent } from "../../kernel/session/index.ts";
import type { Displays, PlacedDisplay } from "./displays.ts";
import { bundleItems, streamItem, toOutput } from "./outputItems.ts";
import { mergeActions, noOutputs, type OutputAction, planOutput } from "./outputPlan.ts";

/** What a writer needs of the execution that it writes in. */
export type WritableExecution = Pick<
  NotebookCellExecution,
  "cell" | "appendOutput" | "appendOutputItems" | "replaceOutputItems" | "clearOutput"
>;

/** Changes a display that stands in another cell, which needs an execution of that cell. */
export type RedrawElsewhere = (place: PlacedDisplay, bundle: Bundle) => void;

/**
 * Writes an engine's events into the outputs of one cell, one edit after the other: VS Code applies edits
 * of an execution in the order of their promises only when each is awaited.
 */
export class OutputWriter {
  readonly #execution: WritableExecution;
  readonly #displays: Displays;
  readonly #redrawElsewhere: RedrawElsewhere;
  #state = noOutputs;
  #pending: OutputAction[] = [];
  #working: Promise<void> | undefined;
  #stream: NotebookCellOutput | undefined;

  constructor(execution: WritableExecution, displays: Displays, redrawElsewhere: RedrawElsewhere) {
    this.#execution = execution;
    this.#displays = displays;
    this.#redrawElsewhere = redrawElsewhere;
  }

  add(event: SessionEvent): void {
    const { state, actions } = planOutput(this.#state, event);
    this.#state = state;
    if (actions.length === 0) return;
    this.#pending.push(...actions);
    this.#working ??= this.#work();
  }

  /** Resolves when everything that was added stands in the cell. */
  async written(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #work(): Promise<void> {
    try {
      while (this.#pending.length > 0) {
        for (const action of mergeActions(this.#pending.splice(0))) await this.#apply(action);
      }
    } finally {
      this.#working = undefined;
    }
  }

  async #apply(action: OutputAction): Promise<void> {
    const execution = this.#execution;
    switch (action.do) {
      case "append": {
        const { output: planned } = action;
        const output = toOutput(planned);
        if (planned.kind === "stream") this.#stream = output;
        if (planned.kind === "data" && planned.displayId !== undefined) {
          this.#displays.add(planned.displayId, { cell: execution.cell, output });
        }
        return execution.appendOutput(output);
      }
      case "extend":
        if (!this.#stream) return;
        return execution.appendOutputItems(streamItem(action.name, action.text), this.#stream);
      case "clear":
        this.#displays.forgetCell(execution.cell);
        return execution.clearOutput();
      case "redraw":
        return this.#redraw(action.displayId, action.bundle);
    }
  }

  async #redraw(displayId: string, bundle: Bundle): Promise<void> {
    for (const place of this.#displays.of(displayId)) {
      if (place.cell === this.#execution.cell) {
        await this.#execution.replaceOutputItems(bundleItems(bundle), place.output);
      } else {
        this.#redrawElsewhere(place, bundle);
      }
    }
  }
}
