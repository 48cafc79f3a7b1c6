// Names, tags, prompts and outputs that try to be more than text, in real files and a real VS Code.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileTexts } from "../../kernel/mulan/figures/hostile.testkit.ts";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import { codeCells, notebookText, plainText } from "./harness/savedNotebook.ts";
import { withTitle } from "./harness/taggedAudio.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const NOTEBOOK = "hostile.ipynb";
const nFiles = 24;

/** Those that a file system takes as a name, and of each kind some. */
const fileNames = hostileTexts
  .filter((text) => !/[/\0\ud800-\udfff]/.test(text) && Buffer.byteLength(text) < 200)
  .filter((_, i, all) => i % Math.ceil(all.length / nFiles) === 0);

const sections = {
  Names: `const { readFile } = await import("node:fs/promises");
const texts = JSON.parse(await readFile("texts.json", "utf8"));
const model = await mulan.load();
const clips = await mulan.readAudio("audio", { durationSec: 1 });
const music = await model.embedAudio(clips);
clips.length + " clips"`,
  Clip: "clips[0]",
  Matrix: "mulan.similarity(await model.embedText(texts.slice(0, 25)), music)",
  Rankings: `await mulan.zeroShot(model, clips.slice(0, 3), texts.slice(25, 50))`,
  Triplets: `await mulan.triplets(model, texts.slice(50, 75).map((text, i) =>
  ({ anchor: clips[i % clips.length], positive: text, negative: texts[75 + i] })))`,
  Lanes: "await mulan.timeline(model, clips[1], texts.slice(75, 83))",
  Map: `await mulan.project(music, { method: "pca", seed: 1 })`,
  Rows: "music",
  Table: "clips.map(({ label, tags }, i) => ({ label, title: tags.title, [texts[i]]: texts[i] }))",
  Printed: `console.log(texts.join("\\n"));
console.error(texts.slice(0, 50));
texts`,
  Kernel: `"the kernel's own mark: " + JSON.stringify(globalThis.hacked ?? "none")`,
  Thrown: `throw new Error(texts.join("\\n"))`,
};
const headings = Object.keys(sections) as (keyof typeof sections)[];
const figureKinds = {
  Clip: "waveform and spectrogram",
  Matrix: "heatmap",
  Rankings: "rankings",
  Triplets: "triplets",
  Lanes: "prompt lanes",
  Map: "map of points",
  Rows: "embeddings",
} as const;

describe.skipIf(typeof equipment === "string")("hostile texts in VS Code", () => {
  let vscode: VsCode;
  const dialogs: string[] = [];
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    vscode = await openVsCode(equipment, {
      name: "hostile",
      async prepare(workspace) {
        const audio = join(packageRoot, "samples", "audio");
        const mp3 = await readFile(join(audio, "20-waltz-accordion.mp3"));
        const flac = await readFile(join(audio, "10-fingerpicking-guitar.flac"));
        await mkdir(join(workspace, "audio"));
        for (const [i, name] of fileNames.entries()) {
          const title = hostileTexts[(i * 4) % hostileTexts.length]!;
          const [source, ending] = i % 4 === 1 ? [flac, "flac"] : [mp3, "mp3"];
          const file = join(workspace, "audio", `${name}.${ending}`);
          await writeFile(file, withTitle(source, title));
        }
        await writeFile(join(workspace, "texts.json"), JSON.stringify(hostileTexts));
        const cells = headings.flatMap((heading) => [`# Part: ${heading}`, sections[heading]]);
        await writeFile(join(workspace, NOTEBOOK), notebookText(cells));
      },
    });
    const { page } = vscode.window;
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.setViewportSize({ width: 1440, height: 1200 });
  }, 300_000);
  afterAll(() => vscode?.[Symbol.asyncDispose](), 60_000);

  /** Frames in which a payload has left its mark. */
  async function marks(): Promise<string[]> {
    const found = await Promise.all(
      vscode.window.page.frames().map(async (frame) => {
        const hacked = await frame.evaluate("globalThis.hacked").catch(() => undefined);
        return hacked === undefined ? [] : [frame.url()];
      }),
    );
    return found.flat();
  }

  it("run through files, tags, prompts, tables, streams and errors as text", async () => {
    const { window } = vscode;
    await window.openNotebook(NOTEBOOK);
    await window.waitForKernel();
    await window.runAll();
    const last = headings.length - 1;
    const saved = await window.savedAs(
      NOTEBOOK,
      (now) => (codeCells(now)[last]!.outputs ?? []).length > 0,
      120_000,
    );
    const texts = codeCells(saved).map(plainText);
    expect(texts[0]).toContain(`${fileNames.length} clips`);
    expect(texts[headings.indexOf("Kernel")]).toContain('the kernel\'s own mark: "none"');
    const [thrown] = codeCells(saved)[last]!.outputs!;
    expect(thrown!.output_type).toBe("error");
  }, 300_000);

  it("are drawn, pointed at and walked through by keys, and still nothing runs", async () => {
    const { window } = vscode;
    for (const heading of headings) {
      await window.toHeading(`Part: ${heading}`);
      const kind = (figureKinds as Readonly<Record<string, string>>)[heading];
      if (kind) {
        const drawing = (await window.figure(kind)).locator(".drawing");
        // Not waited for until nothing lies above it: what matters is that the pointer is there.
        await drawing.hover({ position: { x: 200, y: 20 }, force: true });
        await drawing.focus();
        for (const key of ["ArrowDown", "ArrowRight", "?", "Escape", "Escape"]) {
          await window.page.keyboard.press(key);
        }
      }
      await vscode.screenshot(heading.toLowerCase());
    }
    expect(await marks()).toEqual([]);
  }, 300_000);

  it("typed as a prompt become a row like any other", async () => {
    const { window } = vscode;
    // Of those that are no row yet.
    const typed = hostileTexts[36]!;
    await window.toHeading("Part: Matrix");
    const figure = await window.figure(figureKinds.Matrix);
    const field = figure.getByRole("textbox", { name: "Add prompt" });
    await field.fill(typed);
    await field.press("Enter");
    await figure
      .locator("[data-label] title", { hasText: typed })
      .last()
      .waitFor({ state: "attached" });
    await field.blur();
    await window.savedAs(NOTEBOOK, (now) => {
      const [output] = codeCells(now)[headings.indexOf("Matrix")]!.outputs ?? [];
      const json = output?.data?.["application/vnd.mulan.similarity.v1+json"];
      return (json as { rows: { labels: string[] } }).rows.labels.at(-1) === typed;
    });
    expect(await marks()).toEqual([]);
  }, 300_000);

  it("open no dialog and send nothing to anybody", async () => {
    expect(await marks()).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(vscode.requestsOutside).toEqual([]);
  });
});
