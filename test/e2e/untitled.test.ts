// An untitled notebook that is saved under a name goes on with its engine.
import { existsSync } from "node:fs";
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
    const name = "Untitled-1.ipynb";
    await window.command("MuLan: New Notebook");
    await window.waitForKernel();
    await window.runAll();
    await page.locator(".execution-count-label:has-text('1'):visible").first().waitFor();
    await window.save();
    // The dialog proposes the name that it has, in the workspace.
    const box = page.locator(".quick-input-widget:visible .quick-input-box input").first();
    await expect.poll(() => box.inputValue()).toContain(name);
    await box.press("Enter");
    await expect.poll(() => existsSync(join(workspace, name))).toBe(true);
    await window.waitForKernel();
    // A new cell below, in which `model` is the variable of the cell that ran before the notebook had a name.
    await window.cell(0).locator(".cell-focus-indicator-left").click();
    await page.keyboard.press("b");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("['has', model.dim, 'dimensions'].join(' ')");
    await page.keyboard.press("Control+Enter");
    const saved = await window.savedAs(name, (notebook) =>
      codeCells(notebook).some((cell) => plainText(cell).includes("has 128 dimensions")),
    );
    // Counted on: a new engine would begin at 1 again.
    expect(codeCells(saved).map(({ execution_count }) => execution_count)).toEqual([1, 2]);
    await vscode.screenshot("named");
  }, 240_000);
});
