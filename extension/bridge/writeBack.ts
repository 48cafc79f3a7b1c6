import type { Figure } from "../../kernel/mulan/figures/contract.ts";
import type { NotebookRunner } from "../controller/notebookRunner.ts";
import { bundleItems } from "../controller/outputItems.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import { findOutput } from "./findOutput.ts";

/** Puts a figure that a person changed into its output: JSON, PNG and text, drawn by the engine. */
export async function writeBack(
  session: Pick<NotebookSession, "live" | "notebook">,
  runner: Pick<NotebookRunner, "edit">,
  outputId: string,
  figure: Figure,
): Promise<void> {
  // Looked for before the engine draws: an edit that is on its way changes the content that names the output.
  const found = findOutput(session.notebook, [figure.family], outputId);
  if (!found) return;
  const bundle = await session.live("drawFigure", { figure });
  // The cell was run again or cleared in the meantime: what it shows now is newer than the edit.
  if (!found.cell.outputs.includes(found.output)) return;
  runner.edit(found.cell, async (execution) => {
    await execution.replaceOutputItems(bundleItems(bundle), found.output);
  });
}
