import { describe, expect, test } from "vitest";
import { plainText, sceneOf } from "./bundle.ts";
import type { Figure } from "./contract.ts";
import * as make from "./figures.testkit.ts";
import { layoutFaults } from "./scene/bounds.ts";

const { labels } = make;
const wide = labels(12, [
  "月光ソナタ第一楽章アダージョ・ソステヌート嬰ハ短調作品二七の二幻想曲風ソナタ🎹🎻ok",
]);

/** Every family from nothing to far too much. */
const figures: Record<string, () => Figure> = {
  "a 30-s clip": () => make.clipOf({ durationSec: 30 }),
  "a clip with a long CJK name": () => make.clipOf({ durationSec: 3, label: wide[0]! }),
  "an excerpt": () => make.clipOf({ durationSec: 4.2, startSec: 3599 }),
  "a clip of 10 ms": () => make.clipOf({ durationSec: 0.01 }),
  "a clip of one sample": () => make.clipOf({ durationSec: 1 / 16_000 }),
  "a clip of 10 minutes": () => make.clipOf({ durationSec: 600, sampleRateHz: 8000 }),
  "a silent clip": () => make.clipOf({ durationSec: 5, amplitude: 0 }),
  "a very quiet clip": () => make.clipOf({ durationSec: 5, amplitude: 1e-4 }),
  "a clip without samples": () => make.clipOf({ durationSec: 0 }),
  "a waveform": () => make.clipOf({ durationSec: 2, spectrogram: false }),
  "a spectrogram": () => make.clipOf({ durationSec: 2, waveform: false }),
  "similarity 1 × 1": () => make.similarityOf(["a"], ["b"]),
  "similarity 4 × 12": () => make.similarityOf(labels(4), labels(12)),
  "similarity 12 × 1": () => make.similarityOf(labels(12), ["b"]),
  "similarity 1 × 12 of wide labels": () => make.similarityOf(["日本"], wide),
  "similarity 20 × 30": () => make.similarityOf(labels(20), labels(30)),
  "similarity 60 × 200": () => make.similarityOf(labels(60), labels(200)),
  "similarity 1100 × 13": () => make.similarityOf(labels(1100), labels(13)),
  "similarity without values": () => make.similarityOf(labels(3), labels(3), () => Number.NaN),
  "similarity of nothing": () => make.similarityOf([], labels(3)),
  "one bar": () => make.zeroShotOf(labels(1), labels(1)),
  "50 bars": () => make.zeroShotOf(labels(1), labels(50)),
  "negative bars": () => make.zeroShotOf(labels(4), labels(5), 0.7),
  "18 clips with 20 labels": () => make.zeroShotOf(labels(18), labels(20)),
  "no bars": () => make.zeroShotOf([], labels(2)),
  "one triplet": () => make.tripletsOf(labels(1)),
  "24 triplets": () => make.tripletsOf(labels(24)),
  "200 triplets": () => make.tripletsOf(labels(200)),
  "no triplets": () => make.tripletsOf([]),
  "one embedding": () => make.embeddingsOf(labels(1), 512),
  "16 embeddings": () => make.embeddingsOf(labels(16), 128),
  "300 embeddings": () => make.embeddingsOf(labels(300), 8),
  "embeddings of one dimension": () => make.embeddingsOf(labels(3), 1),
  "no embeddings": () => make.embeddingsOf([], 128),
  "a timeline of one prompt": () => make.timelineOf(["drums"]),
  "a timeline of overlapping windows": () =>
    make.timelineOf(labels(5), { nWindows: 30, windowSec: 10, hopSec: 2 }),
  "a timeline whose one window is padded": () =>
    make.timelineOf(labels(3), { nWindows: 1, windowSec: 10, lastSec: 2 }),
  "a timeline of an hour and 40 prompts": () =>
    make.timelineOf(labels(40), { nWindows: 1200, waveform: false }),
  "a timeline of no prompts": () => make.timelineOf([]),
  "a map of 1 point": () => make.mapOf(labels(1)),
  "a map of 16 points": () => make.mapOf(labels(16), "pca"),
  "a map of 2,000 points": () => make.mapOf(labels(2000)),
  "a map of no points": () => make.mapOf([]),
};

describe.each(Object.entries(figures))("%s", (_, figure) => {
  const made = figure();
  const scene = sceneOf(made);

  test("has no text over another or outside the canvas", () => {
    expect(layoutFaults(scene)).toEqual([]);
  });

  test("is 400 to 1,100 px wide, on the 4-px grid", () => {
    expect(scene.width).toBeGreaterThanOrEqual(400);
    expect(scene.width).toBeLessThanOrEqual(1100);
    expect([scene.width % 4, scene.height % 4]).toEqual([0, 0]);
  });

  test("says in plain text what it shows", () => {
    const lines = plainText(made).split("\n");
    expect(lines[0]).toBe(made.title);
    expect(lines).toContain(made.reading);
    expect(lines.every((line) => line.length < 400)).toBe(true);
  });

  test("keeps every mark inside the canvas", () => {
    for (const mark of scene.marks) {
      if (mark.kind !== "rect" && mark.kind !== "image") continue;
      expect(mark.x).toBeGreaterThanOrEqual(0);
      expect(mark.x + mark.width).toBeLessThanOrEqual(scene.width);
      expect(mark.y + mark.height).toBeLessThanOrEqual(scene.height);
    }
  });
});

test("the check itself finds texts that overlap or leave the canvas", () => {
  const text = { kind: "text", size: 13, anchor: "start", weight: 400, color: "#000" } as const;
  const scene = {
    width: 100,
    height: 40,
    marks: [
      { ...text, x: 10, y: 20, text: "first", rotate: 0 },
      { ...text, x: 20, y: 22, text: "second", rotate: 0 },
      { ...text, x: 60, y: 20, text: "much too long", rotate: 0 },
      { ...text, x: 2, y: 38, text: "turned", rotate: -90 },
    ],
  };
  const faults = layoutFaults(scene);
  expect(faults).toContain('"second" overlaps "first"');
  expect(faults).toContain('"much too long" leaves the canvas');
});
