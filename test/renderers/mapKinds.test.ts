// Sounds and texts on one map are told apart by shape: discs and diamonds, in every theme and in what is saved.
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { mapFigure } from "../../kernel/mulan/figures/map/figure.ts";
import type { Bed } from "./bed.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { clipKernel } from "./clipKernel.ts";
import { type ThemeName, themes } from "./themes.ts";

const browser = shareBrowser();

/** Every other row a text; the first two lie at the left and the right end, half way up. */
function mixture(n = 2) {
  const points = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    points[2 * i] = i < 2 ? i : 0.3 + 0.4 * Math.sin(i) ** 2;
    points[2 * i + 1] = i < 2 ? 0 : 0.05 * Math.cos(3 * i);
  }
  const labels = Array.from({ length: n }, (_, i) => (i % 2 ? `words ${i}` : `sound ${i}`));
  const sources = labels.map((label, i) =>
    i % 2 ? label : { label, startSec: 0, durationSec: 12 },
  );
  const input = { method: "pca", points, labels, modality: "unknown" as const, sources };
  return mapFigure({ ...input, modelId: "mulan-mini@1.0.0" }, {});
}

/**
 * How much of its box the mark around a place covers: π/4 of a disc, half of a diamond; 0 where there is none. Runs
 * in the page, whose types are not here.
 */
const filledShare = `(canvas, x, y) => {
  const side = 24;
  const context = canvas.getContext("2d");
  const read = (x, y, size) => context.getImageData(Math.round(x), Math.round(y), size, size).data;
  const ground = read(4, 4, 1);
  const near = read(x - side / 2, y - side / 2, side);
  const differences = Array.from({ length: side * side }, (_, i) =>
    [0, 1, 2].reduce((sum, c) => sum + Math.abs(near[4 * i + c] - ground[c]), 0),
  );
  const most = Math.max(...differences);
  if (most < 60) return 0;
  const inked = differences.flatMap((value, i) => (value > most / 3 ? [i] : []));
  const span = (values) => Math.max(...values) - Math.min(...values) + 1;
  const area = differences.reduce((sum, value) => sum + value / most, 0);
  return area / (span(inked.map((i) => i % side)) * span(inked.map((i) => Math.floor(i / side))));
}`;

async function shapeAt(bed: Bed, x: number, y: number): Promise<string> {
  const canvas = 'bed.shadow("output", ".plot canvas")';
  const share = Number(await bed.evaluate(`(${filledShare})(${canvas}, ${x}, ${y})`));
  if (share === 0) return "nothing";
  return share > 0.68 ? "disc" : share < 0.6 ? "diamond" : `fills ${share}`;
}

/** Of the first sound and the first text. */
async function shapes(bed: Bed, output: Locator): Promise<string[]> {
  const box = (await output.locator(".plot canvas").boundingBox())!;
  const middle = box.height / 2;
  return [await shapeAt(bed, 24, middle), await shapeAt(bed, box.width - 24, middle)];
}

async function saved(bed: Bed, output: Locator, entry: string, ending: string): Promise<string> {
  await output.getByRole("button", { name: "More" }).click();
  await output.getByRole("button", { name: entry }).click();
  return bed.download(ending);
}

describeInBrowser("a map of sounds and texts", () => {
  test.each(Object.keys(themes) as ThemeName[])(
    "draws discs and diamonds and says which is which in the %s theme",
    (theme) =>
      browser.withBed({ kernel: clipKernel(), theme }, async (bed) => {
        const output = await bed.render(mixture());
        await expect.poll(() => shapes(bed, output)).toEqual(["disc", "diamond"]);
        const legend = output.locator(".legend");
        expect(await legend.locator("text").allTextContents()).toEqual(["clips", "texts"]);
        const inks = await legend
          .locator("circle, path")
          .evaluateAll((marks) => marks.map((mark) => mark.getAttribute("style")));
        expect(new Set(inks).size).toBe(2);
      }),
  );

  test("keeps the shapes in one colour, and while it is moved", () =>
    browser.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await bed.render(mixture());
      await output.getByLabel("Colour by").selectOption("one colour");
      await expect.poll(() => shapes(bed, output)).toEqual(["disc", "diamond"]);
      const box = (await output.locator(".plot").boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await bed.page.mouse.move(x, y);
      await bed.page.mouse.down();
      await bed.page.mouse.move(x - 60, y + 40, { steps: 6 });
      await bed.page.mouse.up();
      const right = box.width - 24 - 60;
      await expect.poll(() => shapeAt(bed, right, box.height / 2 + 40)).toBe("diamond");
      expect(await shapeAt(bed, box.width - 24, box.height / 2)).toBe("nothing");
    }));

  test("keeps a text a diamond under the pointer", () =>
    browser.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await bed.render(mixture());
      await expect.poll(() => shapes(bed, output)).toEqual(["disc", "diamond"]);
      const box = (await output.locator(".plot").boundingBox())!;
      await bed.page.mouse.move(box.x + box.width - 24, box.y + box.height / 2);
      await output.locator(".tooltip", { hasText: "words 1" }).waitFor();
      await expect.poll(() => shapes(bed, output)).toEqual(["disc", "diamond"]);
    }));

  test("names a text as one to a screen reader", () =>
    browser.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await bed.render(mixture());
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("ArrowRight");
      await output.locator(".announcer", { hasText: "words 1, a text" }).waitFor();
    }));

  test("saves both shapes and what they mean", () =>
    browser.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await bed.render(mixture(10));
      const svg = await saved(bed, output, "Save as SVG", "svg");
      // Five of each, and one of each in the legend.
      expect([svg.match(/<circle/g)?.length, svg.match(/<path/g)?.length]).toEqual([6, 6]);
      expect(svg).toMatch(/>clips<.*>texts</s);
      expect(await saved(bed, output, "Save as PNG", "png")).toContain("PNG");
    }));

  test("draws thousands of both without a fault", () =>
    browser.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await bed.render(mixture(20_000));
      await output.getByText("20\u2009000 rows on a map by PCA").waitFor();
      await expect.poll(() => shapeAt(bed, 24, 260)).not.toBe("nothing");
    }));

  test("keeps its height from the first paint, at 400 px as well", () =>
    browser.withBed({ kernel: clipKernel() }, async (bed) => {
      for (const widthPx of [1000, 400]) {
        const output = await bed.render(mixture(), { id: `map-${widthPx}`, widthPx });
        const drawing = output.locator(".drawing");
        const first = (await drawing.boundingBox())!.height;
        await output.getByLabel("Find labels").waitFor();
        await bed.page.waitForTimeout(200);
        expect((await drawing.boundingBox())!.height).toBe(first);
      }
    }));
});
