import type { NotebookCell, NotebookCellExecution, NotebookController } from "vscode";

/**
 * Runs `edit` in a second, short execution of a cell that has ended. VS Code changes outputs inside an
 * execution only, and creating one resets the cell's count, times and success: they are written again.
 */
export async function inShortExecution(
  controller: Pick<NotebookController, "createNotebookCellExecution">,
  cell: NotebookCell,
  edit: (execution: NotebookCellExecution) => Promise<void>,
): Promise<void> {
  const { executionOrder, success, timing } = cell.executionSummary ?? {};
  const execution = controller.createNotebookCellExecution(cell);
  execution.executionOrder = executionOrder;
  execution.start(timing?.startTime);
  try {
    await edit(execution);
  } finally {
    execution.end(success, timing?.endTime);
  }
}
