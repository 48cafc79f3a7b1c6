import { expect } from "vitest";
import type { Bed } from "./bed.ts";
import { inBrowser, shareBrowser } from "./browser.ts";
import { type Asked, clipKernel, named, swellingClip } from "./clipKernel.ts";

const browser = shareBrowser();

/** Runs in the page, whose types this world does not have. */
const distinctReds = `(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(Array.from({ length: 400 }, (_, i) => data[4 * 37 * i])).size;
}`;
/** Wavesurfer's cursor lies in a root of its own. */
const cursorLeft = `bed.shadow("output", ".stage > div").shadowRoot.querySelector('[part="cursor"]').style.left`;

async function live(asked: Asked[] = []) {
  const bed = await browser.openBed({ kernel: clipKernel(asked) });
  const output = await bed.render(swellingClip());
  await output.locator(".window").first().waitFor();
  return { bed, output, asked };
}

async function dragRegion(bed: Bed, from: number, to: number): Promise<void> {
  const box = (await bed.page.locator(".stage").boundingBox())!;
  const y = box.y + 40;
  await bed.page.mouse.move(box.x + from * box.width, y);
  await bed.page.mouse.down();
  await bed.page.mouse.move(box.x + to * box.width, y, { steps: 6 });
  await bed.page.mouse.up();
}

inBrowser(
  "draws waveform and spectrogram under a strict policy, without any outside request",
  async () => {
    const { bed, output } = await live();
    await using _ = bed;
    const painted = await bed.evaluate(
      `(${distinctReds})(bed.shadow("output", ".stage > div").shadowRoot.querySelector(".spectrogram canvas"))`,
    );
    expect(painted).toBeGreaterThan(20);
    expect(await output.locator('[part="canvases"] canvas').count()).toBeGreaterThan(0);
    expect(await output.locator("svg.gutter text").allTextContents()).toContain("440 Hz");
    expect(bed.faults).toEqual([]);
    expect(bed.strangers).toEqual([]);
  },
);

inBrowser("without a kernel it is the same picture, says so, and offers nothing dead", async () => {
  await using bed = await browser.openBed();
  const output = await bed.render(swellingClip());
  await output.getByText("run the cell to make this live").waitFor();
  expect(await output.locator(".spectrogram canvas").count()).toBe(1);
  expect(await output.getByRole("button", { name: "Play" }).count()).toBe(0);
  expect(await output.getByRole("button", { name: "Zoom in" }).count()).toBe(1);
  await dragRegion(bed, 0.2, 0.5);
  expect(await output.getByRole("button", { name: "Play region" }).count()).toBe(0);
});

inBrowser("a clip that carries its sound plays without a kernel, as far as it goes", async () => {
  await using bed = await browser.openBed();
  const figure = swellingClip({ durationSec: 12, storeAudioSec: 4 });
  const output = await bed.render(figure);
  await output.getByText("plays the mono sound stored with it, its first 4 s").waitFor();
  await output.getByRole("button", { name: "Play", exact: true }).click();
  await output.getByRole("button", { name: "Pause" }).waitFor();
  await expect
    .poll(async () => Number.parseFloat(String(await bed.evaluate(cursorLeft))))
    .toBeGreaterThan(0.5);
  const [first] = (await bed.evaluate("bed.started")) as Record<string, unknown>[];
  // The first piece of the noise that the figure was made from, at its own rate.
  expect(first).toMatchObject({ channels: 1, context: "running" });
  expect(first!.durationSec).toBeCloseTo(1.02, 2);
  expect(first!.peak).toBeCloseTo(0.9, 2);
  await output.getByRole("button", { name: "Pause" }).click();
  expect(await output.getByRole("button", { name: "In the selection" }).count()).toBe(0);
  await dragRegion(bed, 0.1, 0.2);
  expect(await output.getByRole("button", { name: "Play region" }).isVisible()).toBe(true);
  expect(await output.getByRole("button", { name: /Add region|Embed region/ }).count()).toBe(0);
  await dragRegion(bed, 0.6, 0.8);
  await output.getByRole("button", { name: "Play region" }).click();
  await output.getByText("only the first 4 s are stored in the notebook").waitFor();
  expect(bed.faults).toEqual([]);
  expect(bed.strangers).toEqual([]);
});

inBrowser("a stored sound gives way to the engine's, which has all channels", async () => {
  const asked: Asked[] = [];
  await using bed = await browser.openBed({ kernel: clipKernel(asked) });
  const output = await bed.render(swellingClip({ storeAudioSec: 4 }));
  await output.locator(".window").first().waitFor();
  await output.getByRole("button", { name: "Play", exact: true }).click();
  await output.getByRole("button", { name: "Pause" }).waitFor();
  await expect.poll(() => named(asked, "audio").length).toBeGreaterThan(0);
  const [first] = (await bed.evaluate("bed.started")) as Record<string, unknown>[];
  expect(first).toMatchObject({ channels: 2 });
});

inBrowser(
  "plays from bounded pieces that are asked by the clip's id, and pauses where it is",
  async () => {
    const { bed, output, asked } = await live();
    await using _ = bed;
    await output.getByRole("button", { name: "Play", exact: true }).click();
    await output.getByRole("button", { name: "Pause" }).waitFor();
    await expect
      .poll(async () => Number.parseFloat(String(await bed.evaluate(cursorLeft))))
      .toBeGreaterThan(0.5);
    for (const { clip, durationSec } of named(asked, "audio")) {
      expect(clip).toBe(swellingClip().clip);
      expect(durationSec).toBeLessThanOrEqual(20);
    }
    await output.getByRole("button", { name: "Pause" }).click();
    await output.getByRole("button", { name: "Play", exact: true }).waitFor();
    const rest = await bed.evaluate(cursorLeft);
    await bed.page.waitForTimeout(150);
    expect(await bed.evaluate(cursorLeft)).toBe(rest);
    expect(bed.faults).toEqual([]);
  },
);

inBrowser("a dragged region is embedded, and joins the notebook's selection", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  await dragRegion(bed, 0.25, 0.5);
  await output.getByRole("button", { name: "Embed region" }).click();
  await output.getByText("cosine with the whole clip 0.93").waitFor();
  const [embedded] = named(asked, "embedRegion");
  expect(embedded).toMatchObject({ clip: swellingClip().clip, model: "mulan-mini@1.0.0" });
  expect(embedded!.startSec).toBeCloseTo(3, 0);
  expect(embedded!.durationSec).toBeCloseTo(3, 0);
  await output.getByRole("button", { name: "Add region to selection" }).click();
  await expect
    .poll(() => named(asked, "select"))
    .toEqual([{ clips: [expect.stringMatching(/^region-/)] }]);
  expect(await output.locator(".region, [part^=region]").count()).toBeGreaterThan(0);
  await output.getByRole("button", { name: "Remove region" }).click();
  expect(await output.getByRole("button", { name: "Embed region" }).isVisible()).toBe(false);
});

inBrowser(
  "the model's windows are drawn with their padding and heard as the model got them",
  async () => {
    const { bed, output, asked } = await live();
    await using _ = bed;
    expect(await output.locator(".window").count()).toBe(3);
    expect(await output.locator(".window.padded").count()).toBe(1);
    await output.locator(".window").nth(2).hover();
    await output.getByText("padded to 5.0 s with its own sound repeated").first().waitFor();
    await output.locator(".window").nth(2).click();
    await output.locator(".window.playing").waitFor();
    expect(named(asked, "windowAudio")).toMatchObject([{ index: 2, model: "mulan-mini@1.0.0" }]);
    expect(named(asked, "audio").length).toBeLessThanOrEqual(1);
  },
);

inBrowser("a slow press that trembles on a window drawn anew meanwhile is heard too", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  const before = await bed.evaluate(cursorLeft);
  const { x, y, width, height } = (await output.locator(".window").nth(1).boundingBox())!;
  const { mouse } = bed.page;
  await mouse.move(x + width / 2, y + height / 2);
  await mouse.down();
  await output.locator(".window").nth(1).evaluate("(bar) => bar.classList.add('pressed')");
  await bed.theme("dark");
  await output.locator(".window.pressed").waitFor({ state: "detached" });
  await bed.page.waitForTimeout(400);
  await mouse.move(x + width / 2 + 3, y + height / 2 - 1, { steps: 3 });
  await mouse.up();
  await output.locator(".window.playing").waitFor();
  expect(named(asked, "windowAudio")).toMatchObject([{ index: 1 }]);
  // It is no click into the picture, which would seek, and no drag, which would be a region.
  expect(await bed.evaluate(cursorLeft)).toBe(before);
  expect(await output.getByRole("button", { name: "Play region" }).count()).toBe(0);
});

inBrowser("zooming asks for detail and moves nothing below the picture", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  const reading = output.locator(".reading");
  const before = await reading.boundingBox();
  for (let i = 0; i < 3; i++) await output.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => named(asked, "clipDetail").length).toBeGreaterThan(0);
  const last = named(asked, "clipDetail").at(-1)!;
  expect(last.model).toBeNull();
  expect(last.durationSec).toBeLessThan(6);
  await expect.poll(() => output.locator(".spectrogram canvas").count()).toBe(2);
  expect(await reading.boundingBox()).toEqual(before);
  await output.locator(".drawing").focus();
  await bed.page.keyboard.press("0");
  await expect.poll(() => output.locator(".spectrogram canvas").count()).toBe(1);
});

inBrowser("the model's view has the model's own bands, and keys do what buttons do", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  await output.locator(".drawing").focus();
  await bed.page.keyboard.press("m");
  await expect
    .poll(() => named(asked, "clipDetail"))
    .toMatchObject([{ model: "mulan-mini@1.0.0", startSec: 0, durationSec: 12 }]);
  await bed.page.keyboard.press("ArrowRight");
  await bed.page.keyboard.press("[");
  await bed.page.keyboard.press("ArrowRight");
  await bed.page.keyboard.press("]");
  await output.getByText("0:01.0–0:02.0").waitFor();
  await bed.page.keyboard.press("Enter");
  await expect.poll(() => named(asked, "select")).toEqual([{ clips: [swellingClip().clip] }]);
  await output.locator(".drawing.selected").waitFor();
});

inBrowser("saves picture and peaks", async () => {
  const { bed, output } = await live();
  await using _ = bed;
  for (const entry of ["Save as SVG", "Save data as CSV", "Save as PNG"]) {
    await output.getByRole("button", { name: "More" }).click();
    await output.getByRole("button", { name: entry }).click();
  }
  await expect.poll(() => bed.evaluate("bed.downloads.length")).toBe(3);
  const files = (await bed.evaluate("bed.downloads")) as { name: string; href: string }[];
  const textOf = (ending: string): string => {
    const { href } = files.find(({ name }) => name.endsWith(ending))!;
    return Buffer.from(href.slice(href.indexOf(",") + 1), "base64").toString();
  };
  expect(textOf(".svg")).toMatch(/<image[^>]+data:image\/png/);
  expect(textOf(".csv").split("\r\n")).toHaveLength(1280 + 2);
  expect(textOf(".png").slice(1, 4)).toBe("PNG");
});

inBrowser("a hostile label stays text", async () => {
  await using bed = await browser.openBed({ kernel: clipKernel() });
  const label = '<img src=x onerror="hacked.push(1)">';
  const output = await bed.render(swellingClip({ label, tags: { artist: label } }));
  await output.getByText(label).first().waitFor();
  expect(await bed.evaluate("hacked.length")).toBe(0);
});
