// What the palette offers, and what must not be left behind.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import { ownProcesses } from "./harness/processes.ts";
import { codeCells, notebookText, plainText } from "./harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const NOTEBOOK = "commands.ipynb";
const BUSY = "busy.ipynb";
const FOREIGN = "foreign.ipynb";
const FIRST_SAMPLE = "01-first-listen.ipynb";

const cells = [
  "const kept = 41;",
  `"kept is " + typeof kept`,
  `const model = await mulan.load();
const music = await model.embedAudio(await mulan.readAudio("audio"));
model.id`,
  `(await mulan.cacheStatus()).entries + " entries"`,
];

/** Another program's notebook. */
const foreign = {
  cells: ["print(1)", "x = 2"].map((source, i) => ({
    cell_type: "code",
    id: `cell${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source: [source],
  })),
  metadata: {
    kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
    language_info: { name: "python" },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

/** The embedded model under another name. */
async function writeOtherModel(folder: string): Promise<void> {
  await cp(join(packageRoot, "models", "mulan-mini"), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, "mulan.json"), "utf8")) as object;
  const other = { ...manifest, id: "other-mini", name: "Another model" };
  await writeFile(join(folder, "mulan.json"), JSON.stringify(other));
}

describe.skipIf(typeof equipment === "string")("in VS Code", () => {
  let vscode: VsCode;
  let models: string;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    models = await mkdtemp(join(tmpdir(), "mulan-models-"));
    await writeOtherModel(join(models, "other"));
    vscode = await openVsCode(equipment, {
      name: "commands",
      machineSettings: { "mulan.modelFolders": [models] },
      async prepare(workspace) {
        const name = join("audio", "20-waltz-accordion.mp3");
        await cp(join(packageRoot, "samples", name), join(workspace, name));
        await writeFile(join(workspace, NOTEBOOK), notebookText(cells));
        await writeFile(join(workspace, BUSY), notebookText([cells[2]!, "while (true) {}"]));
        await writeFile(join(workspace, FOREIGN), JSON.stringify(foreign));
      },
    });
  }, 300_000);
  afterAll(async () => {
    await vscode?.[Symbol.asyncDispose]();
    if (models) await rm(models, { recursive: true });
  }, 60_000);

  const textOf = async (index: number, expected: (text: string) => boolean) => {
    const text = (notebook: Parameters<typeof codeCells>[0]) =>
      plainText(codeCells(notebook)[index]!);
    return text(await vscode.window.savedAs(NOTEBOOK, (now) => expected(text(now))));
  };
  const running = () => ownProcesses(join(vscode.runFolder, "extensions"));
  const processes = async () => (await running()).map(({ role }) => role);
  const engines = async () =>
    (await running()).filter(({ role }) => role === "engine").map(({ pid }) => pid);

  /** Until another engine has taken the place of the one that ran. */
  async function restarted(by: () => Promise<void>): Promise<void> {
    const [before] = await engines();
    await by();
    await expect
      .poll(engines, { timeout: 120_000 })
      .toEqual([expect.toSatisfy((pid) => pid !== before)]);
  }

  it("Open Samples copies them where a person says and opens the first", async () => {
    const { window } = vscode;
    await window.command("MuLan: Open Samples");
    await window.page
      .locator('.quick-input-widget:visible .monaco-button:has-text("Copy Samples Here")')
      .click();
    await window.notebookOpened(FIRST_SAMPLE);
    await window.waitForKernel();
    const copy = join(vscode.workspace, "mulan-samples");
    const original = await readFile(join(packageRoot, "samples", FIRST_SAMPLE), "utf8");
    expect(await readFile(join(copy, FIRST_SAMPLE), "utf8")).toBe(original);
    expect((await readFile(join(copy, "audio", "05-techno.mp3"))).length).toBeGreaterThan(100_000);
    await window.command("View: Close Editor");
  }, 300_000);

  it("New Notebook opens one with our kernel and the model a Run away", async () => {
    const { window } = vscode;
    await window.command("MuLan: New Notebook");
    await window.notebookOpened("Untitled");
    await window.waitForKernel();
    await window.runAll();
    await (await window.inOutput("text=/MuLan mini/")).waitFor();
    await window.page.locator(".statusbar-item:has-text('mulan-mini')").first().waitFor();
    await window.command("View: Close Editor");
    await window.answer("Don't Save");
    await expect.poll(processes, { timeout: 120_000 }).toEqual([]);
  }, 300_000);

  it("Restart Kernel forgets every variable", async () => {
    const { window } = vscode;
    await window.openNotebook(NOTEBOOK);
    await window.waitForKernel();
    await window.runAll();
    expect(await textOf(1, (text) => text !== "")).toContain("kept is number");
    expect(await textOf(3, (text) => text !== "")).toMatch(/'[1-9]\d* entries'/);
    await restarted(() => window.command("MuLan: Restart Kernel"));
    await window.runCell(1);
    expect(await textOf(1, (text) => text.includes("kept is undefined"))).toBeTruthy();
  }, 300_000);

  it("Select Model… decides what load() takes, and Show Device where it runs", async () => {
    const { window } = vscode;
    await window.command("MuLan: Select Model");
    await window.chooseRow("Another model");
    await window.notification("Another model will be used").waitFor();
    const restart = window.notification("Another model will be used").getByText("Restart Kernel");
    await restarted(() => restart.click());
    const settings = join(vscode.runFolder, "data", "Machine", "settings.json");
    await expect
      .poll(() => readFile(settings, "utf8"))
      .toContain(JSON.stringify(join(models, "other")));
    await window.runCell(2);
    expect(await textOf(2, (text) => text.includes("other"))).toContain("other-mini");
    await window.command("MuLan: Show Device");
    await window.dialog().waitFor();
    const told = await window.dialog().textContent();
    expect(told).toMatch(/Another model\s*Device: cpu \(asked for auto\), ONNX Runtime \d/);
    await window.page.keyboard.press("Escape");
    await window.dialog().waitFor({ state: "detached" });
  }, 300_000);

  it("Clear Embedding Cache asks first and leaves none", async () => {
    const { window } = vscode;
    await window.command("MuLan: Clear Embedding Cache");
    await window.answer("Clear");
    await window.notification("The embedding cache is empty").waitFor();
    await window.runCell(3);
    expect(await textOf(3, (text) => text.includes("'0"))).toContain("'0 entries'");
    await window.command("View: Close Editor");
  }, 300_000);

  it("our kernel, chosen for another's notebook, offers to change its cells; one Undo takes it back", async () => {
    const { window } = vscode;
    const languages = () =>
      window.page
        .locator(".notebookOverlay:visible .cell-status-item:visible")
        .filter({ hasText: /^(Python|TypeScript)$/ })
        .allTextContents();
    await window.openNotebook(FOREIGN);
    await expect.poll(languages).toEqual(["Python", "Python"]);
    // It stands there already as the only one that could be meant; chosen it is only now.
    await window.page.locator(".kernel-label:visible").first().click();
    await window.chooseRow("MuLan (TypeScript)");
    await window.notification("runs TypeScript").getByText("Change 2 Cells").click();
    await expect.poll(languages).toEqual(["TypeScript", "TypeScript"]);
    const saved = await window.savedAs(
      FOREIGN,
      ({ metadata }) => metadata.kernelspec?.name === "mulan",
    );
    expect(codeCells(saved).map(({ source }) => source.join(""))).toEqual(["print(1)", "x = 2"]);
    await window.cell(0).locator(".cell-focus-indicator-left").first().click();
    await window.page.keyboard.press("Control+Z");
    await expect.poll(languages).toEqual(["Python", "Python"]);
    await window.save();
    await window.command("View: Close Editor");
  }, 300_000);

  it("a notebook that is closed while a cell runs leaves no process behind", async () => {
    const { window } = vscode;
    await runBusy();
    await window.command("View: Close Editor");
    await expect.poll(processes, { timeout: 120_000 }).toEqual([]);
  }, 300_000);

  it("a window that is reloaded while a cell runs leaves no process behind", async () => {
    await runBusy();
    await vscode.window.reload();
    await expect.poll(processes, { timeout: 90_000 }).toEqual([]);
  }, 300_000);

  /** Until an engine, its decoder and its inference live and a cell never ends. */
  async function runBusy(): Promise<void> {
    const { window } = vscode;
    expect(await processes()).toEqual([]);
    await window.openNotebook(BUSY);
    await window.waitForKernel();
    await window.runAll();
    await expect
      .poll(processes, { timeout: 120_000 })
      .toEqual(expect.arrayContaining(["engine", "inference-process"]));
    await window.savedAs(BUSY, (now) => codeCells(now)[0]!.execution_count != null);
  }
});
