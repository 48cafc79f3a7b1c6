import { expect } from "vitest";
import type { MapFigure } from "../../kernel/mulan/figures/contract.ts";
import type { Bed } from "./bed.ts";
import { inBrowser, shareBrowser } from "./browser.ts";
import { type Asked, clipKernel, named } from "./clipKernel.ts";
import { clusters } from "./clusters.ts";

const browser = shareBrowser();

async function live(figure: MapFigure, asked: Asked[] = []) {
  const bed = await browser.openBed({ kernel: clipKernel(asked) });
  const output = await bed.render(figure);
  await output.getByRole("button", { name: "Lasso" }).waitFor();
  await expect.poll(() => coloursIn(bed)).toBeGreaterThanOrEqual(2);
  const box = (await output.locator(".plot").boundingBox())!;
  return { bed, output, asked, box };
}

/** Distinct colours of the WebGL canvas: one where nothing was drawn. Runs in the page, whose types are not here. */
const distinctColours = `(canvas) => {
  const copy = document.createElement("canvas");
  copy.width = 200;
  copy.height = 120;
  const context = copy.getContext("2d");
  context.drawImage(canvas, 0, 0, 200, 120);
  const { data } = context.getImageData(0, 0, 200, 120);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return seen.size;
}`;

function coloursIn(bed: Bed): Promise<unknown> {
  return bed.evaluate(`(${distinctColours})(bed.shadow("output", ".plot canvas"))`);
}

inBrowser("draws coloured dots and the groups' names, under a strict policy", async () => {
  const { bed, output } = await live(clusters(90, ["piano", "drums", "strings"]));
  await using _ = bed;
  const names = await output.locator("svg.overlay text").allTextContents();
  expect(names.sort()).toEqual(["drums", "piano", "strings"]);
  expect(bed.faults).toEqual([]);
  expect(bed.strangers).toEqual([]);
});

inBrowser("100,000 points are there", async () => {
  const { bed, output } = await live(clusters(100_000, ["piano", "drums"]));
  await using _ = bed;
  await output.getByText("100\u2009000 clips on a map by UMAP").waitFor();
  expect(bed.faults).toEqual([]);
});

inBrowser("a lasso makes the notebook's selection, which stands out", async () => {
  const { bed, output, asked, box } = await live(clusters(60, ["piano", "drums"]));
  await using _ = bed;
  await output.getByRole("button", { name: "Lasso" }).click();
  const { mouse } = bed.page;
  // Around the right half.
  await mouse.move(box.x + 0.5 * box.width, box.y + 4);
  await mouse.down();
  for (const [x, y] of [
    [0.99, 0.01],
    [0.99, 0.99],
    [0.5, 0.99],
    [0.5, 0.02],
  ] as const) {
    await mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
  }
  await mouse.up();
  await expect.poll(() => named(asked, "select").length).toBe(1);
  const { clips } = named(asked, "select")[0] as { clips: string[] };
  expect(clips.length).toBeGreaterThan(20);
  expect(clips.every((clip) => Number(clip.slice(1)) % 2 === 0)).toBe(true);
});

inBrowser("keys go from point to point, play and select", async () => {
  const { bed, output, asked } = await live(clusters(30, ["piano", "drums"]));
  await using _ = bed;
  await output.locator(".drawing").focus();
  await bed.page.keyboard.press("ArrowLeft");
  await expect.poll(() => output.locator(".announcer").textContent()).toMatch(/^(piano|drums) \d+/);
  await bed.page.keyboard.press("Enter");
  await expect.poll(() => named(asked, "select").length).toBe(1);
  await bed.page.keyboard.press("Space");
  await expect.poll(() => named(asked, "audio").length).toBeGreaterThan(0);
  expect(named(asked, "audio")[0]!.clip).toEqual((named(asked, "select")[0]!.clips as string[])[0]);
});

inBrowser("a click on a dot plays its clip and leaves the selection alone", async () => {
  const { bed, output, asked, box } = await live(clusters(1, ["piano"]));
  await using _ = bed;
  await bed.page.mouse.move(box.x + box.width / 2 + 1, box.y + box.height / 2 + 1);
  await output.locator(".tooltip", { hasText: "piano 0" }).waitFor();
  await bed.page.mouse.down();
  await bed.page.mouse.up();
  await expect.poll(() => named(asked, "audio").length).toBeGreaterThan(0);
  expect(named(asked, "select")).toEqual([]);
});

inBrowser(
  "a slow press that trembles, on a map that is drawn anew meanwhile, plays too",
  async () => {
    const { bed, output, asked, box } = await live(clusters(1, ["piano"]));
    await using _ = bed;
    const [x, y] = [box.x + box.width / 2 + 1, box.y + box.height / 2 + 1];
    const { mouse } = bed.page;
    await mouse.move(x, y);
    await output.locator(".tooltip", { hasText: "piano 0" }).waitFor();
    await mouse.down();
    await bed.theme("dark");
    await bed.page.waitForTimeout(600);
    await mouse.move(x + 4, y + 3, { steps: 3 });
    await mouse.up();
    // The engine is asked for sound while the pointer rests: what is heard the page tells.
    await expect.poll(() => bed.evaluate("bed.started.length")).toBeGreaterThan(0);
    expect(named(asked, "select")).toEqual([]);
  },
);

inBrowser("a drag from a dot moves the map and plays nothing", async () => {
  const { bed, output, asked, box } = await live(clusters(1, ["piano"]));
  await using _ = bed;
  const [x, y] = [box.x + box.width / 2 + 1, box.y + box.height / 2 + 1];
  const { mouse } = bed.page;
  await mouse.move(x, y);
  await output.locator(".tooltip", { hasText: "piano 0" }).waitFor();
  await mouse.down();
  await mouse.move(x + 60, y, { steps: 6 });
  await mouse.up();
  await bed.page.waitForTimeout(200);
  expect(await bed.evaluate("bed.started.length")).toBe(0);
  expect(named(asked, "select")).toEqual([]);
});

inBrowser("the wheel scrolls the notebook until the map is worked in", async () => {
  const { bed, output } = await live(clusters(30, ["piano", "drums"]));
  await using _ = bed;
  const taken = () =>
    bed.evaluate(`(() => {
      const options = { deltaY: 10, bubbles: true, cancelable: true, composed: true };
      const event = new WheelEvent("wheel", options);
      bed.shadow("output", ".plot canvas").dispatchEvent(event);
      return event.defaultPrevented;
    })()`);
  expect(await taken()).toBe(false);
  await output.locator(".drawing").focus();
  expect(await taken()).toBe(true);
});

inBrowser("finding a label tells how many have it", async () => {
  const { bed, output } = await live(clusters(60, ["piano", "drums"]));
  await using _ = bed;
  await output.getByRole("textbox", { name: "Find labels" }).fill("PIANO");
  await output.getByText("30 of 60 labels contain “PIANO”").waitFor();
});

inBrowser("without a kernel the map is there and only what needs sound is hidden", async () => {
  await using bed = await browser.openBed();
  const output = await bed.render(clusters(60, ["piano", "drums"]));
  await output.getByText("run the cell to make this live").waitFor();
  await expect.poll(() => coloursIn(bed)).toBeGreaterThan(2);
  expect(await output.getByRole("button", { name: "Lasso" }).count()).toBe(0);
  expect(await output.getByRole("button", { name: "Zoom in" }).count()).toBe(1);
});

inBrowser("saves dots, names and places; hostile labels stay text", async () => {
  const label = '<img src=x onerror="hacked.push(1)">';
  const { bed, output } = await live(clusters(8, [label, "drums"]));
  await using _ = bed;
  for (const entry of ["Save as SVG", "Save data as CSV"]) {
    await output.getByRole("button", { name: "More" }).click();
    await output.getByRole("button", { name: entry }).click();
  }
  await expect.poll(() => bed.evaluate("bed.downloads.length")).toBe(2);
  const [svg, csv] = ((await bed.evaluate("bed.downloads")) as { href: string }[]).map(({ href }) =>
    Buffer.from(href.slice(href.indexOf(",") + 1), "base64").toString(),
  );
  expect(svg!.match(/<circle/g)).toHaveLength(8);
  expect(svg).not.toContain("<img");
  expect(csv!.split("\r\n")).toHaveLength(10);
  expect(await bed.evaluate("hacked.length")).toBe(0);
});
