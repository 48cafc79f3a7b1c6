import { expect, test } from "vitest";
import type { Figure } from "../../kernel/mulan/figures/contract.ts";
import * as make from "../../kernel/mulan/figures/figures.testkit.ts";
import { hostileTexts } from "../../kernel/mulan/figures/hostile.testkit.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { similarityFigure } from "./values.ts";

/** What our own scripts never make, whatever a label says. */
const forbidden =
  "script, iframe, img, a, object, embed, foreignObject, body, b, base, link, meta, video, audio";
/** So few at a time that each is drawn as text and none is thinned out. */
const groupSize = 20;

describeInBrowser("a hostile output", () => {
  const browser = shareBrowser();

  const groups = Array.from({ length: hostileTexts.length / groupSize }, (_, i) =>
    hostileTexts.slice(i * groupSize, (i + 1) * groupSize),
  );

  /** The same in every family, put into the JSON itself: renderers cannot rely on who wrote it. */
  function figuresOf(texts: readonly string[]): Figure[] {
    const plain = texts.map((_, i) => `clip ${String.fromCharCode(97 + i)}`);
    const [title, reading, footnote, model] = texts as [string, string, string, string];
    const words = { title, reading, footnote, model };
    const made = [
      make.similarityOf(plain.slice(0, 3), plain),
      make.zeroShotOf(plain.slice(0, 3), plain),
      make.tripletsOf(plain),
      make.embeddingsOf(plain, 16),
      make.mapOf(plain),
      make.timelineOf(plain),
      make.clipOf({ durationSec: 0.2, label: "clip a" }),
    ];
    return made.map((figure) => ({ ...poisoned(figure, plain, texts), ...words }));
  }

  test(
    "runs nothing, adds no element of its own and asks for nothing, in any family",
    () =>
      browser.withBed({}, async (bed) => {
        for (const [i, texts] of groups.entries()) {
          for (const figure of figuresOf(texts)) {
            const output = await bed.render(figure, { id: `${figure.family}${i}` });
            const drawing = output.locator(".drawing");
            await output.locator(".title").waitFor({ state: "attached" });
            await drawing.hover({ position: { x: 200, y: 20 } });
            await drawing.click({ position: { x: 200, y: 20 } });
            await drawing.focus();
            for (const key of ["ArrowDown", "ArrowRight", "s", "?", "Escape"]) {
              await bed.page.keyboard.press(key);
            }
            expect(await output.locator(".status.error").allTextContents()).toEqual([]);
            expect(await output.locator(forbidden).allTextContents()).toEqual([]);
            await bed.evaluate(`bed.dispose("${figure.family}${i}")`);
          }
        }
        expect(await bed.evaluate("hacked")).toEqual([]);
      }),
    300_000,
  );

  test("shows such texts as they are", () =>
    browser.withBed({}, async (bed) => {
      const texts = hostileTexts.slice(0, groupSize);
      const output = await bed.render(figuresOf(texts)[0]!);
      for (const text of texts) {
        await output.locator("title", { hasText: text }).first().waitFor({ state: "attached" });
      }
    }));

  test("is saved as harmless text", () =>
    browser.withBed({}, async (bed) => {
      const output = await bed.render(
        make.similarityOf(["piano"], ["=cmd|' /C calc'!A0", ...hostileTexts]),
      );
      await output.getByRole("button", { name: "More" }).click();
      await output.getByText("Save as SVG").click();
      expect(await bed.download("svg")).not.toMatch(
        /<(script|img|iframe|foreignObject)|<[^>]* on\w+=/,
      );
      await output.getByRole("button", { name: "More" }).click();
      await output.getByText("Save data as CSV").click();
      expect(await bed.download("csv")).toContain("'=cmd");
    }));

  test.each(["null", "{}", "[]", '"text"', '{"family":"similarity","version":1}'])(
    "of broken JSON (%s) says that it cannot be drawn",
    (json) =>
      browser.withBed({}, async (bed) => {
        await bed.render(await similarityFigure(), { id: "good" });
        const output = await bed.renderJson("similarity", json);
        await output.locator(".status.error", { hasText: "This figure cannot be drawn" }).waitFor();
      }),
  );
});

/** A figure whose every label is another text. */
function poisoned(figure: Figure, plain: readonly string[], texts: readonly string[]): Figure {
  const other = new Map(plain.map((label, i) => [label, texts[i]!]));
  return JSON.parse(JSON.stringify(figure), (_, value: unknown) =>
    typeof value === "string" ? (other.get(value) ?? value) : value,
  ) as Figure;
}
