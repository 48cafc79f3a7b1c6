// What a person waits for in a real VS Code, and what a plotting cell leaves in memory when it has run a hundred times.
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Locator } from "playwright-core";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { type Equipment, findEquipment } from "../test/e2e/harness/available.ts";
import type { StartedSound } from "../test/e2e/harness/chromium.ts";
import { ownProcesses } from "../test/e2e/harness/processes.ts";
import { codeCells, notebookText, plainText } from "../test/e2e/harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "../test/e2e/harness/vsCode.ts";

const NOTEBOOK = "bench.ipynb";
const PLOTTING_CELL = 1;
const OPENINGS = 5;
const REPEATS = 7;
const RUNS = 100;
const restMs = 500;
const cells = [
  `const model = await mulan.load();
const clips = await mulan.readAudio("audio");
const music = await model.embedAudio(clips);`,
  `mulan.similarity(await model.embedText(["solo piano", "techno"]), music)`,
];

function tell(what: string, valuesMs: readonly number[]): void {
  const sorted = valuesMs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  const all = sorted.map((value) => value.toFixed(0)).join(", ");
  console.log(`${what}: median ${median.toFixed(0)} ms (${all})`);
}

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const beginMs = performance.now();
  await work();
  return performance.now() - beginMs;
}

const drawn = async ({ window }: VsCode) =>
  (await window.inOutput(".figure:visible [data-drawn=yes]")).waitFor();

async function openings(vscode: VsCode): Promise<void> {
  const { window } = vscode;
  await window.openNotebook(NOTEBOOK);
  await window.waitForKernel();
  const coldMs = await elapsedMs(async () => {
    await window.runAll();
    await drawn(vscode);
  });
  tell("Run All without an engine → the heatmap of 20 clips that were never embedded", [coldMs]);
  await window.savedAs(NOTEBOOK, (now) => codeCells(now)[PLOTTING_CELL]!.execution_count === 2);
  const openMs: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    await window.command("View: Close Editor");
    openMs.push(
      await elapsedMs(async () => {
        await window.openNotebook(NOTEBOOK);
        await drawn(vscode);
      }),
    );
  }
  tell("a saved notebook chosen → its first figure drawn", openMs);
  // A figure that is there already would be live, and drawn anew, in the middle of the run.
  await window.toolbar("Clear All Outputs");
  const warmMs = await elapsedMs(async () => {
    await window.runAll();
    await (await window.inOutput("[aria-label='Add prompt']:visible")).waitFor();
  });
  tell("Run All without an engine, clips embedded before → a live figure", [warmMs]);
}

async function prompts({ window }: VsCode): Promise<void> {
  const timesMs: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const figure = await window.figure("heatmap");
    const field = figure.getByRole("textbox", { name: "Add prompt" });
    const text = `a calm piece for ${i + 2} guitars`;
    await field.fill(text);
    timesMs.push(
      await elapsedMs(async () => {
        await field.press("Enter");
        await figure
          .locator(`[data-label^=r] title:text-is("${text}")`)
          .waitFor({ state: "attached" });
      }),
    );
    // Left and written back each time: an output that is written is drawn anew, under whoever types on.
    await field.blur();
    await window.savedAs(NOTEBOOK, (now) =>
      plainText(codeCells(now)[PLOTTING_CELL]!).includes(text),
    );
  }
  tell("prompt typed → new row", timesMs);
}

async function clicks({ window }: VsCode): Promise<void> {
  const figure = await window.figure("heatmap");
  const heatmap = figure.locator(".heatmap");
  const { width } = (await heatmap.boundingBox())!;
  const nClips = await figure.locator("[data-label^=c]").count();
  const sounds = () =>
    heatmap.evaluate(
      () => (globalThis as unknown as { startedSounds: StartedSound[] }).startedSounds,
    );
  const click = async (column: number, rest: boolean): Promise<number> => {
    const position = { x: ((column + 0.5) * width) / nClips, y: 5 };
    const before = (await sounds()).length;
    if (rest) {
      await heatmap.hover({ position });
      await window.page.waitForTimeout(restMs);
    }
    await heatmap.hover({ position });
    await window.page.mouse.down();
    // Of one clock with the page's; what the browser needs to hear of the mouse is counted.
    const releasedMs = performance.timeOrigin + performance.now();
    await window.page.mouse.up();
    while ((await sounds()).length === before) await window.page.waitForTimeout(20);
    const { atMs } = (await sounds())[before]!;
    await window.page.keyboard.press(" ");
    return atMs - releasedMs;
  };
  const coldMs: number[] = [];
  const restedMs: number[] = [];
  for (let i = 0; i < REPEATS; i++) coldMs.push(await click(2 * i, false));
  for (let i = 0; i < REPEATS; i++) restedMs.push(await click(2 * i + 1, true));
  tell("click → the engine's reply as sound, clip not heard before", coldMs);
  tell("click → sound, half a second after the pointer came to rest", restedMs);
}

async function memory(vscode: VsCode): Promise<void> {
  const { window } = vscode;
  await sayMemory("before", vscode);
  for (let i = 0; i < RUNS; i++) {
    const label = window.cell(PLOTTING_CELL).locator(".execution-count-label");
    const before = await label.textContent();
    await window.runCell(PLOTTING_CELL);
    while (!isAnother(await label.textContent(), before)) await window.page.waitForTimeout(10);
    if (i % 10 === 0) await drawn(vscode);
  }
  await drawn(vscode);
  await sayMemory(`after ${RUNS} runs of a plotting cell`, vscode);
}

/** "[ ]" and "[*]" stand there while it runs. */
function isAnother(label: string | null, before: string | null): boolean {
  return label !== before && /^\[\d+\]$/.test(label ?? "");
}

async function sayMemory(when: string, vscode: VsCode): Promise<void> {
  const processes = await ownProcesses(join(vscode.runFolder, "extensions"));
  const sizes = await Promise.all(
    processes.map(async ({ pid, role }) => `${role} ${(await residentMb(pid)).toFixed(0)} MB`),
  );
  const heapMb = await heapOf(await vscode.window.figure("heatmap"));
  console.log(
    `memory ${when}: ${sizes.join(", ")} resident; outputs' page ${heapMb.toFixed(1)} MB heap`,
  );
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** After a collection; needs the flags below. */
async function heapOf(figure: Locator): Promise<number> {
  const bytes = await figure.evaluate(() => {
    const { gc, performance } = globalThis as unknown as {
      gc(): void;
      performance: { readonly memory: { readonly usedJSHeapSize: number } };
    };
    gc();
    return performance.memory.usedJSHeapSize;
  });
  return bytes / 2 ** 20;
}

async function measure(equipment: Equipment): Promise<void> {
  await using vscode = await openVsCode(equipment, {
    name: "bench",
    browserFlags: ["--enable-precise-memory-info", "--js-flags=--expose-gc"],
    async prepare(workspace) {
      const samples = join(packageRoot, "samples", "audio");
      const isMusic = (path: string) => path === samples || /\.(flac|ogg|mp3|wav|opus)$/.test(path);
      await cp(samples, join(workspace, "audio"), { recursive: true, filter: isMusic });
      await writeFile(join(workspace, NOTEBOOK), notebookText(cells));
    },
  });
  await openings(vscode);
  await prompts(vscode);
  await clicks(vscode);
  await memory(vscode);
}

const equipment = findEquipment();
if (typeof equipment === "string") console.log(equipment);
else await measure(equipment);
