// Screenshots in test/e2e/out/renderers of clips, maps and prompt lanes, and what can be measured of their look.
import { expect, test } from "vitest";
import { timelineOf } from "../../kernel/mulan/figures/figures.testkit.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { clipKernel, swellingClip } from "./clipKernel.ts";
import { clusters } from "./clusters.ts";
import { type ThemeName, themes } from "./themes.ts";

describeInBrowser("clips, maps and prompt lanes", () => {
  const browser = shareBrowser();

  test.each(Object.keys(themes) as ThemeName[])(
    "stay within their width in the %s theme and keep their height from the first paint",
    async (theme) => {
      await using bed = await browser.openBed({ kernel: clipKernel(), theme });
      const figures = [
        swellingClip(),
        clusters(40, ["piano", "drums", "a rather long name of a group"]),
        timelineOf([
          "drums",
          "a very long prompt about guitars of the seventies and their amplifiers",
        ]),
      ];
      for (const widthPx of [1000, 400]) {
        for (const figure of figures) {
          const id = `${figure.family}-${widthPx}`;
          const output = await bed.render(figure, { id, widthPx });
          const drawing = output.locator(".drawing");
          const first = (await drawing.boundingBox())!.height;
          await output.locator(".controls").waitFor();
          await bed.page.waitForTimeout(200);
          expect(`${id} ${(await drawing.boundingBox())!.height}`).toBe(`${id} ${first}`);
          const wide = await bed.evaluate(`document.getElementById("${id}").scrollWidth`);
          expect(wide).toBeLessThanOrEqual(widthPx);
        }
      }
      expect(bed.faults).toEqual([]);
      await bed.screenshot(`clips-${theme}`);
    },
  );
});
