import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Figure } from "../../kernel/mulan/figures/contract.ts";
import { Workshop, whyNotHere } from "./bed.ts";
import { embeddingsFigure, similarityFigure, tripletsFigure, zeroShotFigure } from "./values.ts";

const obstacle = whyNotHere();
if (obstacle) console.warn(obstacle);

const run = "hacked.push(1)";
/** What a file's tag or an output written by somebody else may say. */
const hostile = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"><circle/></svg>`,
  `<svg><script>${run}</script></svg>`,
  `"><img src=x onerror=${run}>`,
  `' onmouseover='${run}`,
  `<a href="javascript:${run}">click</a>`,
  `<b>bold</b><br><sub>x</sub><a href="https://example.com" target="_top">plotly</a>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<style>*{display:none}</style>`,
  `<foreignObject><body onload="${run}"></foreignObject>`,
  `</title><script>${run}</script>`,
  `</text></svg><script>${run}</script>`,
  "javascript:hacked.push(1)",
  ["$", "{hacked.push(1)}"].join(""),
  "{{hacked.push(1)}}",
  "\u001b]0;hacked\u0007\u001b[31mred",
  "\u202egnp.exe\u202c\u2066x\u2069",
  "%{x}<extra></extra>",
  `&lt;script&gt;${run}&lt;/script&gt;`,
  "\u0000\ufffe\ud800",
  "a\u0300".repeat(200),
  "W".repeat(5000),
  "=cmd|' /C calc'!A0",
  "__proto__",
];
const forbidden = ["script", "iframe", "img", "a", "object", "embed", "foreignObject", "body", "b"];

describe.skipIf(obstacle)("a hostile output", () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await Workshop.open();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  /** Puts the texts into the JSON itself: renderers cannot rely on who wrote it. */
  async function figures(): Promise<Figure[]> {
    const words = {
      title: hostile[1]!,
      reading: hostile[2]!,
      model: hostile[0]!,
      footnote: hostile[4]!,
    };
    const fill = (labels: readonly string[]) => labels.map((_, i) => hostile[i % hostile.length]!);
    const names = hostile.map((_, i) => `clip ${String.fromCharCode(97 + i)}`);
    const matrix = await similarityFigure(["piano"], names);
    const ranking = await zeroShotFigure(["piano", "drum", "choir"], names);
    const strip = await embeddingsFigure(names);
    const judged = await tripletsFigure();
    return [
      { ...matrix, ...words, columns: { ...matrix.columns, labels: fill(matrix.columns.labels) } },
      {
        ...ranking,
        ...words,
        labels: hostile.slice(0, 3),
        prompts: [hostile[4]!],
        clips: { ...ranking.clips, labels: fill(ranking.clips.labels) },
      },
      { ...strip, ...words, items: { ...strip.items, labels: fill(strip.items.labels) } },
      {
        ...judged,
        ...words,
        n: hostile.length,
        rows: hostile.map((anchor) => ({
          ...judged.rows[0]!,
          anchor,
          positive: anchor,
          negative: anchor,
        })),
      },
    ];
  }

  test("runs nothing, adds no element of its own and asks for nothing", () =>
    workshop.withBed({}, async (bed) => {
      for (const figure of await figures()) {
        const output = await bed.render(figure, { id: figure.family });
        await output.locator(".drawing").hover({ position: { x: 200, y: 20 } });
        await output.locator(".drawing").click({ position: { x: 200, y: 20 } });
        await output.locator(".drawing").focus();
        for (const key of ["ArrowDown", "ArrowRight", "s", "d", "?"]) {
          await bed.page.keyboard.press(key);
        }
        for (const name of forbidden) {
          expect(`${name}: ${await output.locator(name).count()}`).toBe(`${name}: 0`);
        }
      }
      await bed.page.waitForTimeout(200);
      expect(await bed.evaluate("hacked")).toEqual([]);
    }));

  test("is saved as harmless text", () =>
    workshop.withBed({}, async (bed) => {
      const [matrix] = await figures();
      const output = await bed.render(matrix!);
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
      workshop.withBed({}, async (bed) => {
        await bed.render(await similarityFigure(), { id: "good" });
        const output = await bed.renderJson("similarity", json);
        await output.locator(".status.error", { hasText: "This figure cannot be drawn" }).waitFor();
      }),
  );
});
