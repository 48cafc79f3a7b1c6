// A report and the loss explorer in a real VS Code: drawn, opened, heard, moved and collapsed.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { findEquipment } from "./harness/available.ts";
import type { StartedSound } from "./harness/chromium.ts";
import { coloursIn } from "./harness/pixels.ts";
import { codeCells, notebookText } from "./harness/savedNotebook.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);

const NOTEBOOK = "reports.ipynb";
const tags = {
  "01-nocturne-piano.flac": ["piano", "calm"],
  "05-techno.mp3": ["techno", "drums"],
  "06-chiptune.wav": ["chiptune"],
  "09-heavy-metal.mp3": ["metal", "drums"],
  "11-organ-chorale.ogg": ["organ", "calm"],
  "19-drum-solo.opus": ["drums"],
};
const recordings = Object.keys(tags);
const items = Object.entries(tags).map(([name, own]) => ({ path: `audio/${name}`, tags: own }));
/** Of a hand: marks may be drawn anew between pressing and letting go. */
const pressMs = 120;
/** Everything on one point, in the form "clip": ln B. */
const collapsed = Math.log(recordings.length).toFixed(2);

const cells = [
  "# Part: Begin",
  `import { contrastiveLoss, evaluateTagging, load, readAudio, taggedDataset, trainHeads } from "mulan-notebook";
const model = await load();
const music = await model.embedAudio(await readAudio(${JSON.stringify(recordings.map((name) => `audio/${name}`))}));
const words = await model.embedText(${JSON.stringify(Object.values(tags).map((own) => own.join(", ")))});`,
  "# Part: Tagging",
  `await evaluateTagging(model, taggedDataset("samples", ${JSON.stringify(items)}))`,
  "# Part: Batch",
  `contrastiveLoss(music, words, { form: "clip" })`,
  "# Part: Training",
  `await trainHeads(music, words, { form: "clip", steps: 20 })`,
];

describe.skipIf(typeof equipment === "string")("reports and losses in VS Code", () => {
  let vscode: VsCode;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    vscode = await openVsCode(equipment, {
      name: "reports",
      settings: { "explorer.autoReveal": false },
      async prepare(workspace) {
        for (const name of recordings) {
          const audio = join("audio", name);
          await cp(join(packageRoot, "samples", audio), join(workspace, audio));
        }
        await writeFile(join(workspace, NOTEBOOK), notebookText(cells));
      },
    });
    const { window } = vscode;
    await window.page.setViewportSize({ width: 1180, height: 1200 });
    await window.command("View: Toggle Primary Side Bar Visibility");
    await window.openNotebook(NOTEBOOK);
    await window.waitForKernel();
    await window.runAll();
    await window.savedAs(NOTEBOOK, (now) =>
      codeCells(now).every(({ execution_count }) => execution_count != null),
    );
  }, 400_000);
  afterAll(() => vscode?.[Symbol.asyncDispose](), 60_000);

  const loss = '.figure:has([aria-roledescription="loss"]):visible';
  const figures = {
    Tagging: '.figure:has([aria-roledescription="report"]):visible',
    Batch: `${loss}:not(:has(.title:has-text("after")))`,
    Training: `${loss}:has(.title:has-text("after"))`,
  } as const;

  async function show(part: keyof typeof figures): Promise<Locator> {
    await vscode.window.toHeading(`Part: ${part}`);
    return vscode.window.inOutput(figures[part]);
  }

  const soundsOf = (figure: Locator) =>
    figure.evaluate(
      () => (globalThis as unknown as { startedSounds: StartedSound[] }).startedSounds,
    );

  it("a tagging report opens a label and plays a clip that was wrongly thought to have it", async () => {
    const figure = await show("Tagging");
    await expect
      .poll(() => coloursIn(figure.locator(".drawing")), { timeout: 30_000 })
      .toBeGreaterThan(20);
    await figure.getByRole("button", { name: "Whole ranking" }).waitFor();
    const row = figure.locator("svg[data-part=list] rect[data-part=row]").first();
    await row.click({ delay: pressMs });
    const heading = figure.locator("svg text", { hasText: "Scored highest without" });
    await heading.waitFor();
    const label = /“(.+)”/.exec((await heading.textContent()) ?? "")![1]!;
    const clip = figure.locator("rect[data-part=clip]").first();
    await clip.hover();
    const told = (await figure.locator(".tooltip").textContent())!;
    const name = recordings.find((file) => told.includes(file.replace(/\.\w+$/, "")))!;
    expect(tags[name as keyof typeof tags]).not.toContain(label);
    const before = (await soundsOf(figure)).length;
    await clip.click({ delay: pressMs });
    await expect
      .poll(async () => (await soundsOf(figure)).length, { timeout: 30_000 })
      .toBeGreaterThan(before);
    expect((await soundsOf(figure)).at(-1)).toMatchObject({ context: "running" });
    await figure.locator("svg[data-part=detail] text", { hasText: "▶" }).first().waitFor();
    await vscode.screenshot("tagging");
  }, 300_000);

  it("the loss of a batch moves with its temperature", async () => {
    const figure = await show("Batch");
    const reading = figure.locator(".reading");
    await figure.getByText(`everything on one point ${collapsed}`).first().waitFor();
    const before = await reading.textContent();
    await figure.getByRole("slider", { name: "Temperature" }).fill("0.5");
    await expect.poll(() => reading.textContent()).not.toBe(before);
    await vscode.screenshot("temperature");
  }, 300_000);

  it("a training that is collapsed has the loss of everything on one point, ln B", async () => {
    const figure = await show("Training");
    await figure.getByRole("button", { name: "Collapse it" }).click();
    await expect
      .poll(() => figure.locator(".reading").textContent(), { timeout: 30_000 })
      .toMatch(new RegExp(`loss ${collapsed}\\d* nats, everything on one point ${collapsed}`));
    await vscode.screenshot("collapsed");
  }, 300_000);

  it("ask nothing of any other machine", () => {
    expect(vscode.requestsOutside).toEqual([]);
  });
});
