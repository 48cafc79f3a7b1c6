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
    const name = "named.ipynb";
    await window.command("MuLan: New Notebook");
    await window.waitForKernel();
    await window.typeInto(0, "\nglobalThis.before = 'kept'");
    await window.runAll();
    await page.locator(".execution-count-label:has-text('1'):visible").first().waitFor();
    await window.save();
    // The dialog proposes a name in the workspace; one of our own tells the saved notebook's tab from the untitled one's.
    const box = page.locator(".quick-input-widget:visible .quick-input-box input").first();
    await expect.poll(() => box.inputValue()).toMatch(/Untitled-\d+\.ipynb$/);
    await box.fill(join(workspace, name));
    await box.press("Enter");
    await expect.poll(() => existsSync(join(workspace, name))).toBe(true);
    // Until then clicks and keys go to the editor that is about to close.
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await window.waitForKernel();
    await window.typeInto(0, " + ' over ' + globalThis.before");
    await window.runCell(0);
    // Counted on: a new engine would begin at 1 again, and know no `before`.
    const saved = await window.savedAs(
      name,
      (notebook) => codeCells(notebook)[0]!.execution_count === 2,
    );
    expect(plainText(codeCells(saved)[0]!)).toContain("kept over kept");
    await vscode.screenshot("named");
  }, 240_000);
});
