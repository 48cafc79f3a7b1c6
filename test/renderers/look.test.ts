// Screenshots in test/e2e/out/renderers, for a person to look at; and what can be measured of a look.
import { expect, test } from "vitest";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { type ThemeName, themes } from "./themes.ts";
import {
  embeddingsFigure,
  engine,
  similarityFigure,
  tripletsFigure,
  zeroShotFigure,
} from "./values.ts";

const widths = [1000, 400];

describeInBrowser("every figure", () => {
  const browser = shareBrowser();

  test.each(Object.keys(themes) as ThemeName[])(
    "stays within its width in the %s theme and keeps its height from the first paint",
    (theme) =>
      browser.withBed({ kernel: engine, theme }, async (bed) => {
        const figures = [
          await similarityFigure(),
          await zeroShotFigure(),
          await tripletsFigure(),
          await embeddingsFigure(),
        ];
        for (const widthPx of widths) {
          for (const figure of figures) {
            const id = `${figure.family}-${widthPx}`;
            const output = await bed.render(figure, { id, widthPx });
            const drawing = output.locator(".drawing");
            const first = (await drawing.boundingBox())!.height;
            await output.locator(".controls").waitFor();
            if (figure.family === "similarity") await output.locator("[data-drawn=yes]").waitFor();
            expect(`${id} ${(await drawing.boundingBox())!.height}`).toBe(`${id} ${first}`);
            const wide = await bed.evaluate(`document.getElementById("${id}").scrollWidth`);
            expect(wide).toBeLessThanOrEqual(widthPx);
          }
        }
        await bed.screenshot(`figures-${theme}`);
      }),
  );
});
