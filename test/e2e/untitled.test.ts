// An untitled notebook that is saved under a name goes on with its engine.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findEquipment } from "./harness/available.ts";
import { codeCells, plainText } from "./harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

describe.skipIf(typeof equipment === "string")("an untitled notebook in VS Code", () => {
  let vscode: VsCode;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    vscode = await openVsCode(equipment, { name: "untitled", prepare: async () => {} });
  }, 240_000);
  afterAll(() => vscode?.[Symbol.asyncDispose](), 60_000);

  it("keeps its engine and variables when it is saved under a name", async () => {
    const { window, workspace } = vscode;
    const { page } = window;
    /** As pasted: what is typed gets its brackets closed. */
    const write = async (cell: number, code: string) => {
      await window.cell(cell).locator(".monaco-editor .view-lines").click();
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(code);
    };
    await window.command("MuLan: New Notebook");
    await window.waitForKernel();
    await write(0, "const kept = 41;\nconsole.log('engine', process.pid);");
    await window.runAll();
    await page.locator(".cell-status-bar .codicon-notebook-state-success").first().waitFor();
    await window.save();
    const box = await window.fillBox(join(workspace, "named.ipynb"));
    await box.press("Enter");
    await window.notebookOpened("named.ipynb");
    await window.waitForKernel();
    await window.command("Notebook: Insert Code Cell Below");
    await write(1, "console.log('engine', process.pid);\nkept + 1");
    await window.runCell(1);
    const saved = await window.savedAs("named.ipynb", (notebook) =>
      plainText(codeCells(notebook)[1] ?? codeCells(notebook)[0]!).includes("42"),
    );
    const [first, second] = codeCells(saved);
    const engineOf = (cell: typeof first) =>
      /engine (\d+)/.exec(JSON.stringify(cell?.outputs))?.[1];
    expect(engineOf(first)).toMatch(/^\d+$/);
    expect(engineOf(second)).toBe(engineOf(first));
    await vscode.screenshot("named");
  }, 240_000);
});
