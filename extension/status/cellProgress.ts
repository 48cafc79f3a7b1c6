import {
  Disposable,
  EventEmitter,
  type NotebookCell,
  NotebookCellStatusBarAlignment,
  NotebookCellStatusBarItem,
  notebooks,
} from "vscode";
import { cellIdOf } from "../controller/notebookRunner.ts";
import { NOTEBOOK_TYPE } from "../ids.ts";
import type { Sessions } from "../session/sessions.ts";
import { progressText } from "./progressText.ts";

/** Shows how far a long call has come in the running cell's own status line; a click interrupts it. */
export function showCellProgress(sessions: Sessions): Disposable {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<void>();
  const provider = {
    onDidChangeCellStatusBarItems: changed.event,
    provideCellStatusBarItems(cell: NotebookCell) {
      const text = texts.get(cellIdOf(cell));
      if (text === undefined) return [];
      const item = new NotebookCellStatusBarItem(
        `$(loading~spin) ${text}`,
        NotebookCellStatusBarAlignment.Left,
      );
      item.command = "mulan.interruptKernel";
      item.tooltip = "Interrupt";
      return [item];
    },
  };
  const listening = sessions.onCreated((session) => {
    session.onEvent((event) => {
      if (event.type === "progress") {
        if (event.done >= event.total) texts.delete(event.cellId);
        else texts.set(event.cellId, progressText(event));
      } else if (event.type === "executed") {
        if (!texts.delete(event.cellId)) return;
      } else if (event.type === "crashed") {
        texts.clear();
      } else {
        return;
      }
      changed.fire();
    });
  });
  return Disposable.from(
    listening,
    changed,
    notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, provider),
  );
}
