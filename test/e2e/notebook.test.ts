// The extension as people use it: packed, installed, in a real VS Code and a real browser.
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import { codeCells } from "./harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const SAMPLE = "01-first-listen.ipynb";

describe.skipIf(typeof equipment === "string")("a notebook in VS Code", () => {
  let vscode: VsCode;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    vscode = await openVsCode(equipment, {
      name: "notebook",
      async prepare(workspace) {
        await cp(join(packageRoot, "samples", SAMPLE), join(workspace, SAMPLE));
        await cp(join(packageRoot, "samples", "audio"), join(workspace, "audio"), {
          recursive: true,
        });
      },
    });
  }, 240_000);
  afterAll(() => vscode?.[Symbol.asyncDispose](), 60_000);

  it("chooses our kernel by itself, runs all cells of a sample, and saves what they show", async () => {
    const { window } = vscode;
    await window.openNotebook(SAMPLE);
    await window.waitForKernel();
    await vscode.screenshot("opened");
    await window.runAll();
    const saved = await window.savedAs(
      SAMPLE,
      (notebook) => codeCells(notebook).every((cell) => cell.execution_count != null),
      180_000,
    );
    await vscode.screenshot("ran");
    const mimes = codeCells(saved).flatMap(({ outputs = [] }) =>
      outputs.flatMap(({ data = {} }) => Object.keys(data)),
    );
    expect(mimes).toContain("image/png");
    expect(mimes).toContain("application/vnd.mulan.similarity.v1+json");
    expect(vscode.requestsOutside).toEqual([]);
  }, 300_000);
});
