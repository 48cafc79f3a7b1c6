import { expect } from "vitest";
import { Embeddings } from "../../kernel/mulan/embedding/embeddings.ts";
import { seededRandom } from "../../kernel/mulan/embedding/projection/random.ts";
import { contrastiveLoss } from "../../kernel/mulan/evaluation/loss/contrastiveLoss.ts";
import { trainHeads } from "../../kernel/mulan/evaluation/loss/trainHeads.ts";
import type { LossFigure } from "../../kernel/mulan/figures/contractLoss.ts";
import { toFigure } from "../../kernel/mulan/figures/toBundle.ts";
import { shownClips } from "../../kernel/session/live/shownClips.ts";
import { shownLosses } from "../../kernel/session/live/shownLosses.ts";
import type { Bed } from "./bed.ts";
import { inBrowser, shareBrowser } from "./browser.ts";
import { engine, toneCalled } from "./values.ts";

const browser = shareBrowser();

const { audio, text } = pairs(12);
const show = async (value: unknown) =>
  (await toFigure(value, { clipId: shownClips.idOf, lossId: shownLosses.idOf })) as LossFigure;

inBrowser("a temperature that is moved changes the loss, without an engine too", async () => {
  await browser.withBed({}, async (bed) => {
    const output = await bed.render(await show(contrastiveLoss(audio, text, { form: "clip" })));
    await output.getByText("everything on one point 2.48").first().waitFor();
    const before = await output.locator(".reading").textContent();
    await slide(output, "Temperature", 0.5);
    await expect.poll(() => output.locator(".reading").textContent()).not.toBe(before);
    await output.getByText("temperature 3.2").waitFor();
    await slide(output, "Pairs", 4);
    await output.getByText("4 of 12 pairs").waitFor();
    expect(await output.locator("[data-part='diagonal']").count()).toBe(4);
    await output.getByRole("combobox", { name: "Matrix" }).selectOption("rows");
    await output.getByText("each clip's share of texts").waitFor();
    expect(await output.getByRole("button", { name: "Collapse it" }).count()).toBe(0);
    await bed.screenshot("loss-batch");
  });
});

inBrowser("a cell tells its cosine and its shares, and marks false negatives", async () => {
  await browser.withBed({ kernel: engine }, async (bed) => {
    const output = await bed.render(await show(contrastiveLoss(audio, text, { sameAbove: 1 })));
    expect(await output.locator("[data-part='false-negative']").count()).toBe(2);
    const matrix = output.locator("[data-part='matrix']");
    const { x, y, width } = (await matrix.boundingBox())!;
    await bed.page.mouse.move(x + width - 4, y + 4);
    await output.locator(".tooltip", { hasText: "false negative: both pairs" }).waitFor();
    await bed.page.mouse.move(x + 4, y + 4);
    await output.locator(".tooltip", { hasText: "a pair: loss" }).waitFor();
  });
});

inBrowser("one ring shows the cell that the keys act on, whatever its colour", async () => {
  await browser.withBed({ kernel: engine }, async (bed) => {
    const output = await bed.render(await show(contrastiveLoss(audio, text, {})));
    const ring = output.locator("[data-part='cursor']");
    expect(await ring.count()).toBe(0);
    await output.locator(".drawing").focus();
    await bed.page.keyboard.press("ArrowRight");
    await ring.waitFor();
    const drawing = "getComputedStyle(bed.shadow('output', '.drawing'))";
    expect(await bed.evaluate(`${drawing}.outlineStyle`)).toBe("none");
  });
});

inBrowser("a larger batch comes from the engine", async () => {
  await browser.withBed({ kernel: engine }, async (bed) => {
    const small = contrastiveLoss(audio, text, { batchSize: 4 });
    const output = await bed.render(await show(small));
    await slide(output, "Pairs", 10);
    await output.getByText("10 of 12 pairs").waitFor();
    expect(bed.lastRequest("lossBatch")?.params).toMatchObject({ batchSize: 10 });
    expect(await output.locator("[data-part='pair']").count()).toBe(10);
  });
});

inBrowser("a training goes on, is walked through, and collapses onto the line", async () => {
  await browser.withBed({ kernel: engine }, async (bed) => {
    const output = await bed.render(await show(await trainHeads(audio, text, { steps: 20 })));
    expect(await output.locator("[data-part='audio']").count()).toBe(12);
    const train = output.getByRole("button", { name: "Train further" });
    await train.click();
    await expect
      .poll(async () =>
        Number(/after (\d+)/.exec((await output.locator(".title").textContent()) ?? "")?.[1]),
      )
      .toBeGreaterThan(30);
    await train.click();
    await output.getByRole("button", { name: "Collapse it" }).click();
    await expect
      .poll(async () => {
        const reading = (await output.locator(".reading").textContent()) ?? "";
        const [, loss, line] = /loss (\S+) nats, everything on one point ([\d.]+)/.exec(reading)!;
        return loss === line;
      })
      .toBe(true);
    await bed.screenshot("loss-collapsed");
    await slide(output, "Moment", 0);
    await output.getByText("after 0 steps").waitFor();
    const disc = output.locator("[data-part='audio']").first();
    const before = await disc.getAttribute("cx");
    const sphere = (await output.locator("[data-part='sphere']").boundingBox())!;
    await bed.page.mouse.move(sphere.x + sphere.width / 2, sphere.y + sphere.height / 2);
    await bed.page.mouse.down();
    await bed.page.mouse.move(sphere.x + sphere.width / 2 + 60, sphere.y + sphere.height / 2);
    await bed.page.mouse.up();
    await expect.poll(() => disc.getAttribute("cx")).not.toBe(before);
    await bed.screenshot("loss-training");
  });
});

inBrowser("400 px hold a training without a scroll bar", async () => {
  await browser.withBed({ kernel: engine }, async (bed) => {
    const figure = await show(await trainHeads(audio, text, { steps: 40 }));
    const output = await bed.render(figure, { widthPx: 400 });
    await output.locator("[data-part='course']").waitFor();
    const widest = await output.evaluate((host) => host.shadowRoot!.firstElementChild!.scrollWidth);
    expect(widest).toBeLessThanOrEqual(400);
    await bed.screenshot("loss-narrow");
  });
});

async function slide(
  output: Awaited<ReturnType<Bed["render"]>>,
  name: string,
  value: number,
): Promise<void> {
  const field = output.getByRole("slider", { name });
  await field.fill(String(value));
}

/** Pairs of clips that can be heard; the last text is the first's. */
function pairs(n: number): { audio: Embeddings; text: Embeddings } {
  const random = seededRandom(3);
  const rows = Array.from({ length: n }, () => Array.from({ length: 6 }, () => random() - 0.5));
  const near = rows.map((row) => row.map((value) => value + 0.4 * (random() - 0.5)));
  const clips = rows.map((_, i) => toneCalled(`tone ${i}`, 220 + 20 * i));
  return {
    audio: Embeddings.from({
      data: rows,
      labels: clips.map(({ label }) => label),
      sources: clips,
      modality: "audio",
    }),
    text: Embeddings.from({
      data: near,
      labels: near.map((_, i) => (i === n - 1 ? "text 0" : `text ${i}`)),
      modality: "text",
    }),
  };
}
