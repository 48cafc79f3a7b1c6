// The same notebook under VS Code's strict content policy, and in a workspace that nobody trusts.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import { openVsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const SAMPLE = "01-first-listen.ipynb";
/** With the outputs that it was saved with. */
const saved = () => readFile(join(packageRoot, "samples", SAMPLE), "utf8");

describe.skipIf(typeof equipment === "string")("a saved notebook", () => {
  it("draws its figures under the strict content policy, and nothing of it leaves the machine", async () => {
    if (typeof equipment === "string") return;
    await using vscode = await openVsCode(equipment, {
      name: "csp",
      settings: { "notebook.experimental.enableCsp": true },
      prepare: async (workspace) => writeFile(join(workspace, SAMPLE), await saved()),
    });
    const { window } = vscode;
    await window.openNotebook(SAMPLE);
    await window.toHeading("4. Embed");
    await (await window.inOutput("[data-drawn=yes]")).waitFor({ state: "attached" });
    await vscode.screenshot("drawn");
    expect(vscode.requestsOutside).toEqual([]);
  }, 240_000);

  it("shows its outputs in a workspace that is not trusted, and runs nothing", async () => {
    if (typeof equipment === "string") return;
    await using vscode = await openVsCode(equipment, {
      name: "untrusted",
      trust: true,
      settings: { "security.workspace.trust.startupPrompt": "never" },
      prepare: async (workspace) => writeFile(join(workspace, SAMPLE), await saved()),
    });
    const { window } = vscode;
    await window.openNotebook(SAMPLE);
    await window.toHeading("4. Embed");
    await (await window.inOutput("[data-drawn=yes]")).waitFor({ state: "attached" });
    await window.toolbar("Run All");
    const question = window.page.locator(".monaco-dialog-box:visible");
    await question.waitFor();
    await vscode.screenshot("question");
    expect(await question.textContent()).toMatch(/trust/i);
    await window.page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    expect(await window.page.locator(".statusbar-item:has-text('MuLan: busy')").count()).toBe(0);
    await window.command("MuLan: Restart Kernel");
    await window.notification("no kernel is started").waitFor();
  }, 240_000);
});
