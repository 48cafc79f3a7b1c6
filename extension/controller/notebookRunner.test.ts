import { expect, it, vi } from "vitest";
import type { NotebookCell, NotebookCellExecution } from "vscode";
import type { NotebookSession } from "../session/notebookSession.ts";
import { NotebookRunner } from "./notebookRunner.ts";

vi.mock("vscode", () => ({ NotebookCellOutput: class {}, NotebookCellOutputItem: class {} }));

function cellCalled(name: string): NotebookCell {
  const document = { uri: { toString: () => name }, getText: () => name };
  return { document, outputs: [], executionSummary: { executionOrder: 7 } } as never;
}

/** A notebook whose cells end when they are told how. As in VS Code, a cell has one execution at a time. */
function notebook() {
  const ends = new Map<string, (status: string) => void>();
  const executing = new Set<NotebookCell>();
  const session = {
    notebook: { getCells: () => [] },
    onEvent: () => {},
    execute: (_code: string, cellId: string) =>
      new Promise((resolve) =>
        ends.set(cellId, (status) => resolve({ status, executionCount: 8 })),
      ),
  };
  const createNotebookCellExecution = (cell: NotebookCell): NotebookCellExecution => {
    if (executing.has(cell)) throw new Error("a cell has one execution at a time");
    executing.add(cell);
    return {
      cell,
      start: () => {},
      clearOutput: async () => {},
      end: () => executing.delete(cell),
    } as never;
  };
  const runner = new NotebookRunner(session as unknown as NotebookSession, {
    createNotebookCellExecution,
  });
  const end = async (name: string, status: string): Promise<void> => {
    await vi.waitFor(() => expect(ends.has(name)).toBe(true));
    ends.get(name)!(status);
  };
  return { runner, end };
}

it("tells which cells are about to run, until their old outputs are gone", async () => {
  const { runner, end } = notebook();
  const [first, second] = [cellCalled("first"), cellCalled("second")];
  const told: string[] = [];
  runner.onAboutToRun(() =>
    told.push(runner.aboutToRun.map(({ document }) => document.getText()).join(" ")),
  );
  const done = runner.run([first, second]);
  await end("first", "ok");
  await end("second", "ok");
  await done;
  expect(told).toEqual(["first second", "second", ""]);
});

it("edits a cell that waits to run only when it is given up", async () => {
  const { runner, end } = notebook();
  const [first, second] = [cellCalled("first"), cellCalled("second")];
  const edit = vi.fn(async () => {});
  const failing = runner.run([first, second]);
  await vi.waitFor(() => expect(runner.aboutToRun).toEqual([second]));
  runner.edit(second, edit);
  await end("first", "error");
  await failing;
  await vi.waitFor(() => expect(edit).toHaveBeenCalledTimes(1));

  const succeeding = runner.run([first, second]);
  await vi.waitFor(() => expect(runner.aboutToRun).toEqual([second]));
  runner.edit(second, edit);
  await end("first", "ok");
  await vi.waitFor(() => expect(runner.aboutToRun).toEqual([]));
  await end("second", "ok");
  await succeeding;
  expect(edit).toHaveBeenCalledTimes(1);
});
