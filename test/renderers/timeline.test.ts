import { expect } from "vitest";
import { encodeFloat16, type TimelineFigure } from "../../kernel/mulan/figures/contract.ts";
import { timelineOf } from "../../kernel/mulan/figures/figures.testkit.ts";
import type { RendererMessage } from "../../kernel/mulan/figures/rendererMessages.ts";
import type { TestKernel } from "./bed.ts";
import { inBrowser, shareBrowser } from "./browser.ts";
import { type Asked, clipKernel, named } from "./clipKernel.ts";

const browser = shareBrowser();

const prompts = ["drums", "solo piano", "quiet strings"];
const walk = (names = prompts) =>
  timelineOf(names, { nWindows: 4, windowSec: 3 }) as TimelineFigure;

/** Answers a typed prompt with four cosines. */
function laneKernel(asked: Asked[]): TestKernel {
  const others = clipKernel(asked);
  return (name, params) => {
    if (name !== "timelineRow") return others(name, params);
    asked.push({ name, params });
    return { cosines: encodeFloat16([0.1, 0.9, 0.2, 0.3]), score: 0.8 };
  };
}

async function live(asked: Asked[] = []) {
  const bed = await browser.openBed({ kernel: laneKernel(asked) });
  const output = await bed.render(walk());
  await output.getByRole("textbox", { name: "Add prompt" }).waitFor();
  return { bed, output, asked };
}

inBrowser("draws a bar for each window of each prompt, and the clip's score", async () => {
  const { bed, output } = await live();
  await using _ = bed;
  const bars = output.locator("svg rect[fill-opacity='0.6']");
  await expect.poll(() => bars.count()).toBe(12);
  const widths = await bars.evaluateAll((rects) =>
    rects.map((r) => Number(r.getAttribute("width"))),
  );
  expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(0.01);
  for (const prompt of prompts) await output.locator("svg text", { hasText: prompt }).waitFor();
  await output.getByText("as wide as the 3.0 s that its window hears").waitFor();
  expect(bed.faults).toEqual([]);
  expect(bed.strangers).toEqual([]);
});

inBrowser("a typed prompt becomes a lane, and the figure is written back with it", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  const field = output.getByRole("textbox", { name: "Add prompt" });
  await field.fill("flute solo");
  await field.press("Enter");
  await output.locator("svg text", { hasText: "flute solo" }).waitFor();
  await output.getByText("highest: flute solo, 0.90 at 0:03.0–0:06.0").waitFor();
  expect(named(asked, "timelineRow")).toEqual([
    { text: "flute solo", clip: walk().clip, model: "mulan-mini" },
  ]);
  await output.locator(".drawing").focus();
  await bed.page.keyboard.press("Escape");
  type Edited = Extract<RendererMessage, { type: "edited" }>;
  const edits = () => bed.heard.filter((message): message is Edited => message.type === "edited");
  await expect.poll(() => edits().length).toBeGreaterThan(0);
  expect((edits().at(-1)!.figure as TimelineFigure).prompts).toEqual([...prompts, "flute solo"]);
});

inBrowser("a click plays that window and nothing more", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  const bar = output.locator("svg rect[fill-opacity='0.6']").nth(1);
  const { x, y, width } = (await bar.boundingBox())!;
  await bed.page.mouse.move(x + width / 2, y + 1);
  await output.locator(".tooltip", { hasText: "window 2 of 4" }).waitFor();
  await bed.page.mouse.down();
  await bed.page.mouse.up();
  await output.locator("svg rect[fill-opacity='0.14']").waitFor();
  for (const { startSec, durationSec } of named(asked, "audio") as {
    startSec: number;
    durationSec: number;
  }[]) {
    expect(startSec).toBeGreaterThanOrEqual(3);
    expect(startSec + durationSec).toBeLessThan(6.1);
  }
});

inBrowser("keys go through windows and lanes, sort, remove and select", async () => {
  const { bed, output, asked } = await live();
  await using _ = bed;
  await output.locator(".drawing").focus();
  await bed.page.keyboard.press("ArrowDown");
  await bed.page.keyboard.press("ArrowRight");
  await expect
    .poll(() => output.locator(".announcer").textContent())
    .toMatch(/^solo piano, .* cosine; mean of prompts .*, window 2 of 4, 0:03\.0–0:06\.0$/);
  await bed.page.keyboard.press("Delete");
  await expect.poll(() => output.locator("svg text[data-lane]").count()).toBe(2);
  await bed.page.keyboard.press("Enter");
  await expect.poll(() => named(asked, "select")).toEqual([{ clips: [walk().clip] }]);
});

inBrowser("without a kernel it is the same picture without a field", async () => {
  await using bed = await browser.openBed();
  const output = await bed.render(walk(), { widthPx: 400 });
  await output.getByText("run the cell to make this live").waitFor();
  expect(await output.getByRole("textbox").count()).toBe(0);
  expect(await output.locator("svg text[data-lane]").count()).toBe(3);
});

inBrowser("saves lanes and numbers; hostile prompts stay text", async () => {
  const prompt = '<img src=x onerror="hacked.push(1)">';
  await using bed = await browser.openBed({ kernel: laneKernel([]) });
  const output = await bed.render(walk([prompt, "drums"]));
  await output.locator("svg text[data-lane]").first().waitFor();
  for (const entry of ["Save as SVG", "Save data as CSV"]) {
    await output.getByRole("button", { name: "More" }).click();
    await output.getByRole("button", { name: entry }).click();
  }
  await expect.poll(() => bed.evaluate("bed.downloads.length")).toBe(2);
  const [svg, csv] = ((await bed.evaluate("bed.downloads")) as { href: string }[]).map(({ href }) =>
    Buffer.from(href.slice(href.indexOf(",") + 1), "base64").toString(),
  );
  expect(svg).not.toContain("<img");
  expect(csv!.split("\r\n")).toHaveLength(1 + 2 * 5 + 1);
  expect(await bed.evaluate("hacked.length")).toBe(0);
});
