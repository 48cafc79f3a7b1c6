// The extension as people use it: packed, installed, in a real VS Code and a real browser.
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import type { StartedSound } from "./harness/chromium.ts";
import {
  codeCells,
  notebookText,
  plainText,
  readSaved,
  type SavedNotebook,
  withoutOutputs,
} from "./harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const SAMPLE = "01-first-listen.ipynb";
const SIMILARITY = "application/vnd.mulan.similarity.v1+json";

const notebooks = {
  "live.ipynb": [
    `import { load, readAudio, similarity } from "mulan-notebook";
const model = await load();
const clips = await readAudio(["audio/01-nocturne-piano.flac", "audio/09-heavy-metal.mp3"]);
const music = await model.embedAudio(clips);`,
    `similarity(await model.embedText(["solo piano", "heavy metal"]), music)`,
  ],
  "interrupt.ipynb": ["const kept = 41;", "while (true) {}", "kept + 1"],
  "crash.ipynb": [
    "console.log(JSON.stringify({ engine: process.pid }))",
    "await new Promise(() => {})",
  ],
};

/** Whose process it is; nothing else may be ended. */
const commandLine = (pid: number) => readFile(`/proc/${pid}/cmdline`, "utf8");

/** Runs in the page. */
const colourOf = (element: unknown) =>
  (
    globalThis as unknown as { getComputedStyle(element: unknown): { color: string } }
  ).getComputedStyle(element).color;

describe.skipIf(typeof equipment === "string")("a notebook in VS Code", () => {
  let vscode: VsCode;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    vscode = await openVsCode(equipment, {
      name: "notebook",
      async prepare(workspace) {
        const samples = join(packageRoot, "samples");
        const sample = await readFile(join(samples, SAMPLE), "utf8");
        await writeFile(join(workspace, SAMPLE), withoutOutputs(sample));
        await cp(join(samples, "audio"), join(workspace, "audio"), { recursive: true });
        for (const [name, cells] of Object.entries(notebooks)) {
          await writeFile(join(workspace, name), notebookText(cells));
        }
      },
    });
  }, 240_000);
  afterAll(() => vscode?.[Symbol.asyncDispose](), 60_000);

  it("chooses our kernel by itself, runs all cells of a sample, and saves what they show", async () => {
    const { window } = vscode;
    await window.openNotebook(SAMPLE);
    await window.waitForKernel();
    await window.runAll();
    const saved = await window.savedAs(
      SAMPLE,
      (notebook) => codeCells(notebook).every((cell) => cell.execution_count != null),
      180_000,
    );
    await vscode.screenshot("sample");
    const mimes = codeCells(saved).flatMap(({ outputs = [] }) =>
      outputs.flatMap(({ data = {} }) => Object.keys(data)),
    );
    expect(mimes).toContain("image/png");
    expect(mimes).toContain(SIMILARITY);
  }, 300_000);

  it("answers a prompt that is typed into a heatmap, and saves the new row", async () => {
    const { window } = vscode;
    await window.openNotebook("live.ipynb");
    await window.waitForKernel();
    await window.runAll();
    const field = await window.inOutput("[aria-label='Add prompt']:visible");
    await field.fill("church organ");
    await field.press("Enter");
    await (await window.inOutput("[data-label=r2]:has-text('church organ')")).waitFor({
      state: "attached",
    });
    await field.blur();
    const saved = await window.savedAs("live.ipynb", (notebook) =>
      plainText(codeCells(notebook)[1]!).includes("church organ"),
    );
    const [output] = codeCells(saved)[1]!.outputs!;
    expect(output!.data![SIMILARITY]).toMatchObject({
      rows: { labels: ["solo piano", "heavy metal", "church organ"] },
    });
    expect(codeCells(saved)[1]!.execution_count).toBe(2);
    await vscode.screenshot("prompt");
  }, 180_000);

  it("plays a clip when its cell of the heatmap is clicked", async () => {
    const { window } = vscode;
    const heatmap = await window.inOutput(".heatmap:visible");
    await heatmap.click({ position: { x: 8, y: 8 } });
    const sounds = () =>
      heatmap.evaluate(
        () => (globalThis as unknown as { startedSounds: StartedSound[] }).startedSounds,
      );
    await expect.poll(sounds, { timeout: 30_000 }).not.toEqual([]);
    const [sound] = await sounds();
    expect(sound).toMatchObject({ context: "running", channels: 2 });
    expect(sound!.peak).toBeGreaterThan(0.01);
    await heatmap.click({ position: { x: 8, y: 8 } });
  }, 90_000);

  it("shows everything again after a reload, and is live again when the cells have run", async () => {
    const { window } = vscode;
    await window.reload();
    await window.openNotebook("live.ipynb");
    await (await window.inOutput("[data-label=r2]:has-text('church organ')")).waitFor({
      state: "attached",
    });
    await window.waitForKernel();
    await window.runAll();
    await (await window.inOutput("[aria-label='Add prompt']:visible")).waitFor();
  }, 180_000);

  it("draws figures in the editor's theme: dark, light and high contrast", async () => {
    const { window, server } = vscode;
    const themes = {
      "Default Dark Modern": "vs-dark",
      "Default High Contrast": "hc-black",
      "Default Light Modern": "vs",
    };
    const colours = new Set<string>();
    for (const [theme, type] of Object.entries(themes)) {
      server.writeSettings({ "workbench.colorTheme": theme });
      await window.reload();
      await window.page.locator(`.monaco-workbench.${type}`).waitFor();
      await window.openNotebook("live.ipynb");
      const words = await window.inOutput(".reading:visible");
      await window.page.waitForTimeout(1000);
      await vscode.screenshot(`theme-${type}`);
      colours.add(await words.evaluate(colourOf));
    }
    expect(colours.size).toBe(3);
  }, 240_000);

  it("completes what earlier cells declare, with the library's types", async () => {
    const { window } = vscode;
    await window.typeInto(1, "\nmusic.");
    // The list draws only what fits into it: the first of the class.
    await window.waitForSuggestion("concat");
    await vscode.screenshot("completion");
    await window.page.keyboard.press("Escape");
    await window.page.keyboard.press("Escape");
  }, 120_000);

  it("interrupts an endless loop and keeps the variables", async () => {
    const { window } = vscode;
    await window.openNotebook("interrupt.ipynb");
    await window.waitForKernel();
    await window.runAll();
    await window.savedAs(
      "interrupt.ipynb",
      (notebook) => codeCells(notebook)[0]!.execution_count === 1,
    );
    await window.toolbar("Interrupt");
    await window.savedAs("interrupt.ipynb", (notebook) =>
      codeCells(notebook)[1]!.outputs!.some(({ output_type }) => output_type === "error"),
    );
    await window.runCell(2);
    const saved = await window.savedAs(
      "interrupt.ipynb",
      (notebook) => codeCells(notebook)[2]!.execution_count != null,
    );
    expect(plainText(codeCells(saved)[2]!)).toContain("42");
  }, 180_000);

  it("says why an engine ended and goes on with a new one", async () => {
    const { window } = vscode;
    const enginePid = async () => {
      const pidIn = (notebook: SavedNotebook) =>
        Number(/"engine":(\d+)/.exec(plainText(codeCells(notebook)[0]!))?.[1]);
      return pidIn(await window.savedAs("crash.ipynb", (notebook) => pidIn(notebook) > 0));
    };
    await window.openNotebook("crash.ipynb");
    await window.waitForKernel();
    await window.runAll();
    const first = await enginePid();
    expect(await commandLine(first)).toContain("engine.js");
    process.kill(first, "SIGKILL");
    const saved = await window.savedAs("crash.ipynb", (notebook) =>
      plainText(codeCells(notebook)[1]!).includes("SIGKILL"),
    );
    expect(codeCells(saved)[1]!.outputs![0]).toMatchObject({ ename: "EngineEnded" });
    await window.notification("Restart Kernel").waitFor();
    await window.runCell(0);
    await expect.poll(enginePid, { timeout: 60_000 }).not.toBe(first);
  }, 180_000);

  it("ends an engine with its notebook", async () => {
    const { window } = vscode;
    const saved = await readSaved(window.pathOf("crash.ipynb"));
    const pid = Number(/"engine":(\d+)/.exec(plainText(codeCells(saved)[0]!))?.[1]);
    expect(await commandLine(pid)).toContain("engine.js");
    await window.save();
    await window.command("View: Close Editor");
    await expect
      .poll(() => commandLine(pid).catch(() => "gone"), { timeout: 30_000 })
      .not.toContain("engine.js");
  }, 90_000);

  it("asks nothing of any other machine", () => {
    expect(vscode.requestsOutside).toEqual([]);
  });
});
