import { expect, test } from "vitest";
import { bundleOf, plainText, sceneOf } from "./bundle.ts";
import type { Figure } from "./contract.ts";
import * as make from "./figures.testkit.ts";
import { hostileTexts } from "./hostile.testkit.ts";
import { reportFigure } from "./report/figure.ts";
import { retrievalReport, taggingReport } from "./report/report.testkit.ts";
import { layoutFaults } from "./scene/bounds.ts";
import { toSvg } from "./scene/svg.ts";

const attacks = [
  "<script>alert(1)</script>",
  "</text></svg><svg onload=alert(1)>",
  '"><image href="file:///etc/passwd"/>',
  "' onmouseover='x",
  "&lt;b&gt; &amp; &#x3c; &nbsp; &bogus;",
  "]]><![CDATA[x",
  "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
  "\u0000\u0001\u0008\u000b\u000c\u001f\u007f\u0085\u009f",
  "\u001b[2J\u001b]0;title\u0007\u009b31m",
  "a\r\nb\nc\u2028d\u2029e\tf",
  "\u202eexe.gpj\u202c \u2067rtl\u2069 \u061c",
  "\ud800 \udc00 \ud83d",
  "\uffff\ufffe\u{1fffe}",
  `Z${"\u0335\u0336\u0337".repeat(80)}`,
  "\u200b\u200b\u200d\u2060\ufeff",
  "",
  "   ",
  "A".repeat(100_000),
  "한".repeat(5000),
  "👨‍👩‍👧‍👦".repeat(200),
];
const dressings = [
  (text: string) => text,
  (text: string) => `01 - ${text} (live)`,
  (text: string) => `${text} مرحبا ${text}`,
  (text: string) => `日本${text.slice(0, 50)}語`,
  (text: string) => `{} ${text} %s $1 \${x}`,
];
const dressed = attacks.flatMap((attack) => dressings.map((dress) => dress(attack)));
const hostile = [...hostileTexts, ...dressed];

function figuresOf(name: string): Figure[] {
  return [
    make.similarityOf([name, "b"], ["c", name]),
    make.zeroShotOf([name], [name, "b"]),
    make.tripletsOf([name, "b", "c"]),
    make.embeddingsOf([name, "b"], 4),
    make.mapOf([name, "b", "c"]),
    make.timelineOf([name, "drums"], { label: name }),
    reportFigure(
      taggingReport({ nItems: 8, labels: [name, "b"], itemLabel: () => name, modelId: name }),
      {},
    ),
    reportFigure(
      retrievalReport({ nItems: 8, nQueries: 2, nRelevant: 2, queryOf: () => name }),
      {},
    ),
    make.clipOf({
      durationSec: 0.1,
      label: name,
      tags: { title: name, [name]: "x", artist: name },
    }),
  ];
}

test("200 hostile labels stay text, on one line and inside the canvas", () => {
  expect(new Set(hostile).size).toBe(200);
  for (const name of hostile) {
    for (const figure of figuresOf(name)) {
      const scene = sceneOf(figure);
      expect(layoutFaults(scene)).toEqual([]);
      const svg = toSvg(scene);
      // Every tag is one of ours: nothing of a label became markup.
      const tags = new Set(svg.match(/<\/?[a-zA-Z!?][^\s/>]*/g));
      for (const tag of tags) {
        expect(tag).toMatch(/^<\/?(svg|rect|line|path|circle|image|text)$/);
      }
      expect(svg).not.toMatch(/<[^>]*(\son[a-z]+=|href="(?!data:image\/png;base64,))/);
      const unsafe =
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/;
      const plain = plainText(figure);
      expect(plain.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "")).not.toMatch(unsafe);
      expect(plain.split("\n").every((line) => line.length < 1200)).toBe(true);
      expect(JSON.stringify(figure).length).toBeLessThan(20_000);
    }
  }
});

test("resvg takes every one of them", async () => {
  for (let i = 0; i < hostile.length; i += 25) {
    const bundle = await bundleOf(make.similarityOf(hostile.slice(i, i + 25), ["a"]));
    expect(bundle["image/png"].length).toBeGreaterThan(1000);
  }
});
