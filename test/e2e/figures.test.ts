// Every family of figures in a real VS Code: drawn, answered by its engine, edited, written into the file.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import type { StartedSound } from "./harness/chromium.ts";
import { coloursIn } from "./harness/pixels.ts";
import { codeCells, notebookText, plainText, type SavedCell } from "./harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const NOTEBOOK = "figures.ipynb";
const SECOND = "second.ipynb";
const recordings = [
  "01-nocturne-piano.flac",
  "05-techno.mp3",
  "06-chiptune.wav",
  "09-heavy-metal.mp3",
  "11-organ-chorale.ogg",
  "19-drum-solo.opus",
];

const cells = [
  "# Part: Begin",
  `import { load, project, readAudio, similarity, timeline, triplets, zeroShot } from "mulan-notebook";
const model = await load();
const clips = await readAudio(${JSON.stringify(recordings.map((name) => `audio/${name}`))});
const music = await model.embedAudio(clips);
JSON.stringify({ engine: process.pid })`,
  "# Part: Clip",
  "clips[0]",
  "# Part: Lanes",
  `await timeline(model, clips[3], ["heavy metal guitars", "solo piano"])`,
  "# Part: Map",
  `await project(music, { method: "pca", seed: 1 })`,
  "# Part: Heatmap",
  `similarity(await model.embedText(["a calm piece for piano", "loud guitars", "church organ"]), music)`,
  "# Part: Rankings",
  `await zeroShot(model, clips, ["piano", "rock", "techno", "organ"], { prompts: "{} music" })`,
  "# Part: Triplets",
  `await triplets(model, [
  { anchor: "a calm piece for piano", positive: clips[0], negative: clips[3] },
  { anchor: clips[1], positive: "electronic dance music", negative: "church organ" },
])`,
  "# Part: Chosen",
  `mulan.selection.map(({ label }) => label)`,
];
/** Where each section's code stands among the code cells. */
const cellOf = (heading: string) => cells.indexOf(`# Part: ${heading}`) / 2;

const figures = {
  Clip: "waveform and spectrogram",
  Lanes: "prompt lanes",
  Map: "map of points",
  Heatmap: "heatmap",
  Rankings: "rankings",
  Triplets: "triplets",
} as const;
type Section = keyof typeof figures;
const sections = Object.keys(figures) as Section[];

/** Class of the window and row in VS Code's own list. */
const themes = { "vs-dark": "Dark Modern", "hc-black": "Dark High Contrast", vs: "Light Modern" };

/** What the documents show, each in one theme. */
const pictures: Readonly<Partial<Record<Section, keyof typeof themes>>> = {
  Clip: "vs",
  Lanes: "vs",
  Heatmap: "vs-dark",
  Rankings: "vs-dark",
};

describe.skipIf(typeof equipment === "string")("the figures of a notebook in VS Code", () => {
  let vscode: VsCode;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    vscode = await openVsCode(equipment, {
      name: "figures",
      settings: { "workbench.colorTheme": "Default Light Modern", "explorer.autoReveal": false },
      async prepare(workspace) {
        for (const name of recordings) {
          const audio = join("audio", name);
          await cp(join(packageRoot, "samples", audio), join(workspace, audio));
        }
        await writeFile(join(workspace, NOTEBOOK), notebookText(cells));
        const second = `JSON.stringify({ engine: process.pid, music: typeof music })`;
        await writeFile(join(workspace, SECOND), notebookText([second]));
      },
    });
    await vscode.window.page.setViewportSize({ width: 1180, height: 1200 });
    await vscode.window.command("View: Toggle Primary Side Bar Visibility");
  }, 300_000);
  afterAll(() => vscode?.[Symbol.asyncDispose](), 60_000);

  /** Scrolls there and waits until a kernel answers the figure. */
  async function show(section: Section): Promise<Locator> {
    // Names of variables are in the outline as well: headings are told apart by their first word.
    await vscode.window.toHeading(`Part: ${section}`);
    return vscode.window.figure(figures[section]);
  }

  async function saved(section: string, expected: (cell: SavedCell) => boolean) {
    const at = cellOf(section);
    const notebook = await vscode.window.savedAs(NOTEBOOK, (now) => expected(codeCells(now)[at]!));
    return codeCells(notebook)[at]!;
  }

  function dataOf({ outputs = [] }: SavedCell, family: string): unknown {
    return outputs[0]?.data?.[`application/vnd.mulan.${family}.v1+json`];
  }

  const soundsOf = (figure: Locator) =>
    figure.evaluate(
      () => (globalThis as unknown as { startedSounds: StartedSound[] }).startedSounds.length,
    );

  /** What the notebook's own variable holds, asked by a cell. */
  async function selectionInCell(expected: (labels: string) => boolean): Promise<string> {
    const { window } = vscode;
    await window.toHeading("Part: Chosen");
    await window.runCell(cells.length - 1);
    return plainText(await saved("Chosen", (cell) => expected(plainText(cell))));
  }

  it("are all drawn, with their labels, in pixels", async () => {
    const { window } = vscode;
    await window.openNotebook(NOTEBOOK);
    await window.waitForKernel();
    await window.runAll();
    await saved("Chosen", ({ execution_count }) => execution_count != null);
    const labels: Record<Section, string> = {
      Clip: "Hz",
      Lanes: "solo piano",
      Map: "nocturne",
      Heatmap: "church organ",
      Rankings: "techno",
      Triplets: "church organ",
    };
    for (const section of sections) {
      const figure = await show(section);
      await figure.locator("svg text", { hasText: labels[section] }).first().waitFor();
      const drawing = figure.locator(".drawing");
      await expect.poll(() => coloursIn(drawing), { timeout: 30_000 }).toBeGreaterThan(40);
    }
  }, 300_000);

  it("let a region of a clip be dragged, embedded, and added to the notebook's selection", async () => {
    const figure = await show("Clip");
    await figure.locator(".detail", { hasText: "Drag across the picture" }).waitFor();
    const box = (await figure.locator(".stage").boundingBox())!;
    const { mouse } = vscode.window.page;
    await mouse.move(box.x + 0.2 * box.width, box.y + 40);
    await mouse.down();
    await mouse.move(box.x + 0.5 * box.width, box.y + 40, { steps: 8 });
    await mouse.up();
    await figure.getByRole("button", { name: "Embed region" }).click();
    await figure
      .locator(".detail", {
        hasText: /embedded by mulan-mini.*cosine with the whole clip [−-]?\d\.\d\d/,
      })
      .waitFor();
    await figure.getByRole("button", { name: "Add region to selection" }).click();
    await figure.locator(".detail", { hasText: "available as mulan.selection" }).waitFor();
    await vscode.screenshot("clip");
    expect(await selectionInCell((text) => text.includes("–"))).toMatch(
      /nocturne-piano 0:\d\d\.\d–0:\d\d\.\d/,
    );
  }, 300_000);

  it("answer a prompt typed under a clip with a lane, and save it", async () => {
    const figure = await show("Lanes");
    const field = figure.getByRole("textbox", { name: "Add prompt" });
    await field.fill("drums");
    await field.press("Enter");
    await figure.locator("svg text[data-lane]", { hasText: "drums" }).waitFor();
    await vscode.screenshot("lanes");
    await field.blur();
    const cell = await saved("Lanes", (now) => plainText(now).includes("drums"));
    expect(dataOf(cell, "timeline")).toMatchObject({
      prompts: ["heavy metal guitars", "solo piano", "drums"],
    });
  }, 300_000);

  it("play a point of the map that is clicked, and make a lasso the notebook's selection", async () => {
    const { page } = vscode.window;
    const figure = await show("Map");
    await figure.getByRole("button", { name: /^Lasso/ }).waitFor();
    const plot = (await figure.locator(".plot").boundingBox())!;
    // The keys' own ring shows where a point is.
    await figure.locator(".drawing").focus();
    await page.keyboard.press("ArrowLeft");
    const ring = figure.locator("svg.overlay circle").last();
    const at = {
      x: plot.x + Number(await ring.getAttribute("cx")),
      y: plot.y + Number(await ring.getAttribute("cy")),
    };
    const before = await soundsOf(figure);
    await page.mouse.move(at.x + 1, at.y + 1);
    await figure.locator(".tooltip", { hasText: "click plays" }).waitFor();
    await page.mouse.click(at.x + 1, at.y + 1);
    await expect.poll(() => soundsOf(figure), { timeout: 30_000 }).toBeGreaterThan(before);
    await page.keyboard.press("Space");
    await figure.getByRole("button", { name: /^Lasso/ }).click();
    const corner = (x: number, y: number) =>
      page.mouse.move(plot.x + x * plot.width, plot.y + y * plot.height, { steps: 5 });
    await corner(0.01, 0.01);
    await page.mouse.down();
    for (const [x, y] of [
      [0.99, 0.01],
      [0.99, 0.99],
      [0.01, 0.99],
      [0.01, 0.03],
    ] as const) {
      await corner(x, y);
    }
    await page.mouse.up();
    await expect.poll(() => figure.locator("svg.overlay circle").count()).toBeGreaterThanOrEqual(6);
    await vscode.screenshot("map");
    const chosen = await selectionInCell((text) => !text.includes("–"));
    expect(chosen).toContain("nocturne");
    expect(chosen.match(/'[^']+'|"[^"]+"/g)).toHaveLength(recordings.length);
  }, 300_000);

  it("show the notebook's selection wherever its clips are, until it is cleared", async () => {
    const heatmap = await show("Heatmap");
    await expect.poll(() => heatmap.locator("rect.selected").count()).toBe(recordings.length);
    const rankings = await show("Rankings");
    await expect
      .poll(() => rankings.locator("text", { hasText: "●" }).count())
      .toBe(recordings.length);
    const clip = await show("Clip");
    await clip.locator(".drawing.selected").waitFor();
    const map = await show("Map");
    await map.getByRole("button", { name: "More" }).click();
    await map.getByRole("button", { name: "Clear the selection" }).click();
    await expect.poll(async () => (await show("Heatmap")).locator("rect.selected").count()).toBe(0);
  }, 300_000);

  it("rank labels and a prompt template that a person types, and save the ranking", async () => {
    const figure = await show("Rankings");
    const labels = figure.getByLabel("Labels, separated by commas");
    await labels.fill("piano, heavy metal, techno, church organ, drums");
    await labels.press("Enter");
    await figure.locator(".title", { hasText: "5 labels" }).waitFor();
    const template = figure.getByLabel("Prompt template");
    await template.fill("a recording of {}");
    await template.press("Enter");
    await figure.locator(".title", { hasText: "a recording of {}" }).waitFor();
    await vscode.screenshot("rankings");
    await template.blur();
    const cell = await saved("Rankings", (now) => plainText(now).includes("a recording of"));
    expect(dataOf(cell, "zeroshot")).toMatchObject({
      labels: ["piano", "heavy metal", "techno", "church organ", "drums"],
      prompts: ["a recording of {}"],
    });
    expect(cell.outputs![0]!.data!["image/png"]).toBeTruthy();
  }, 300_000);

  it("judge triplets that a person adds and changes, and save them", async () => {
    const { page } = vscode.window;
    const figure = await show("Triplets");
    const type = async (anchor: string, positive: string, negative: string) => {
      await figure.getByLabel(/^anchor/).fill(anchor);
      await figure.getByLabel(/^positive/).fill(positive);
      await figure.getByLabel(/^negative/).fill(negative);
      await figure.getByLabel(/^negative/).press("Enter");
    };
    await figure.getByRole("button", { name: "Add triplet" }).click();
    await type("happy", "cheerful", "gloomy");
    await figure.locator(".title", { hasText: "3 triplets" }).waitFor();
    await figure.getByRole("button", { name: "Cancel" }).click();
    await figure.getByRole("button", { name: "Change this triplet" }).click();
    await type("happy", "joyful", "gloomy");
    await figure.locator("svg text", { hasText: "joyful" }).waitFor();
    await vscode.screenshot("triplets");
    await page.keyboard.press("Escape");
    await figure.locator(".drawing").blur();
    const cell = await saved("Triplets", (now) => plainText(now).includes("joyful"));
    expect(plainText(cell)).not.toContain("cheerful");
    expect(dataOf(cell, "triplets")).toMatchObject({ n: 3 });
  }, 300_000);

  it("belong to one notebook: a second beside it has an engine and variables of its own", async () => {
    const { window } = vscode;
    await window.openNotebook(SECOND);
    await window.waitForKernel();
    await window.command("View: Move Editor into Next Group");
    await expect
      .poll(() => window.page.locator(".notebookOverlay:visible .cell-list-container").count())
      .toBe(2);
    await window.command("Notebook: Run All");
    const second = await window.savedAs(SECOND, (now) => plainText(codeCells(now)[0]!) !== "");
    const told = plainText(codeCells(second)[0]!);
    expect(told).toContain('"music":"undefined"');
    const engineIn = (text: string) => Number(/"engine":(\d+)/.exec(text)?.[1]);
    await vscode.screenshot("side-by-side");
    await window.command("View: Close Editor");
    const first = await saved("Begin", (now) => engineIn(plainText(now)) > 0);
    expect(engineIn(told)).toBeGreaterThan(0);
    expect(engineIn(told)).not.toBe(engineIn(plainText(first)));
  }, 300_000);

  it("follow the editor's theme, and lose nothing at 400 px", async () => {
    const { window } = vscode;
    const { page } = window;
    const grounds = new Set<string>();
    for (const [type, theme] of Object.entries(themes)) {
      await window.command("Preferences: Color Theme");
      await window.fillBox(theme);
      await window.chooseRow(theme);
      await page.locator(`.monaco-workbench.${type}`).waitFor();
      for (const section of sections) {
        const figure = await show(section);
        if (section === "Lanes") grounds.add(await figure.evaluate(colourOf));
        if (pictures[section] === type) await vscode.picture(section.toLowerCase(), figure);
        await vscode.screenshot(`${type}-${section.toLowerCase()}`);
      }
    }
    expect(grounds.size).toBe(3);
    await page.setViewportSize({ width: 520, height: 1200 });
    for (const section of sections) {
      const figure = await show(section);
      await expect.poll(() => widthsOf(figure)).toMatchObject({ overhang: 0 });
      await vscode.screenshot(`narrow-${section.toLowerCase()}`);
    }
  }, 300_000);

  it("ask nothing of any other machine", () => {
    expect(vscode.requestsOutside).toEqual([]);
  });
});

/** Runs in the page. */
function colourOf(element: unknown): string {
  return (
    globalThis as unknown as { getComputedStyle(element: unknown): { color: string } }
  ).getComputedStyle(element).color;
}

/** A figure's width and by how much its content is wider, in px. */
async function widthsOf(figure: Locator): Promise<{ width: number; overhang: number }> {
  return figure.evaluate((element) => {
    const { clientWidth, scrollWidth } = element as unknown as Record<string, number>;
    return { width: clientWidth!, overhang: Math.max(0, scrollWidth! - clientWidth!) };
  });
}
