import { expect, test } from "vitest";
import { encodeFloat16, type TimelineFigure } from "../../kernel/mulan/figures/contract.ts";
import { laneRange, windowMeans } from "../../kernel/mulan/figures/contractLook.ts";
import { asCell } from "./asCell.ts";
import { laneY, layoutTimeline, placeAt, windowEdges } from "./layout.ts";
import { initialState, moved, sortedByScore, withoutPrompt, withPrompt } from "./state.ts";

function timelineOf(
  prompts: string[],
  nWindows: number,
  windowSec = 3,
  hopSec = 3,
): TimelineFigure {
  const starts = Array.from({ length: nWindows }, (_, i) => i * hopSec);
  return {
    family: "timeline",
    version: 1,
    title: "",
    reading: "",
    model: "m",
    footnote: "",
    clip: "c",
    label: "a walk",
    startSec: 0,
    durationSec: starts.at(-1)! + windowSec,
    waveform: null,
    prompts,
    windows: { startSec: starts, durationSec: starts.map(() => windowSec) },
    windowSec,
    cosines: encodeFloat16(prompts.flatMap((_, i) => starts.map((__, k) => (i + k) / 16))),
    scores: prompts.map((_, i) => i / 8),
  };
}

const figure = timelineOf(["drums", "piano"], 4);
const layout = layoutTimeline(1000, 2, true, 60);

test("a bar is as wide as its window", () => {
  const [from, to] = windowEdges(figure, layout, 1);
  expect(to - from).toBeCloseTo(layout.plotWidth / 4);
  expect(windowEdges(figure, layout, 3)[1]).toBeCloseTo(layout.plotLeft + layout.plotWidth);
});

test("overlapping windows are told apart by their middles", () => {
  const overlapping = timelineOf(["a"], 5, 10, 5);
  const x = (sec: number) => layout.plotLeft + (sec / overlapping.durationSec) * layout.plotWidth;
  expect(placeAt(overlapping, layout, x(7), 100)?.window).toBe(0);
  expect(placeAt(overlapping, layout, x(8), 100)?.window).toBe(1);
});

test("above the lanes is the waveform, beside the plot nothing", () => {
  expect(placeAt(figure, layout, layout.plotLeft + 5, 4)).toMatchObject({
    lane: undefined,
    window: 0,
  });
  expect(placeAt(figure, layout, layout.plotLeft + 5, layout.laneTops[1]! + 5)?.lane).toBe(1);
  expect(placeAt(figure, layout, 2, 4)).toBeUndefined();
});

test("narrow figures put labels above lanes and keep the width for time", () => {
  const narrow = layoutTimeline(400, 2, true, 300);
  expect(narrow.labelsAbove).toBe(true);
  expect(narrow.plotWidth).toBeGreaterThan(320);
});

test("zero is always on a lane, and the highest cosine is at its top", () => {
  const range = laneRange([0.2, 0.3], [0.25]);
  expect(range).toEqual({ low: 0, high: 0.3 });
  expect(laneY(layout, range, 10, 0.3)).toBe(10);
  expect(laneY(layout, range, 10, 0)).toBe(10 + layout.laneHeight);
});

test("the mean of prompts is a baseline from three prompts on", () => {
  expect(windowMeans(Float32Array.of(1, 2), 2, 1)).toBeUndefined();
  expect([...windowMeans(Float32Array.of(1, 2, 6), 3, 1)!]).toEqual([3]);
});

test("a typed prompt is a new lane, typed again it takes the new values", () => {
  const lane = { prompt: "flute", cosines: Float32Array.of(0.5, 0.25, 0, 0), score: 0.9 };
  const once = withPrompt(initialState(figure), lane);
  expect(once.figure.prompts).toEqual(["drums", "piano", "flute"]);
  expect(once.cursor.lane).toBe(2);
  expect(once.figure.reading).toContain("flute, 0.90");
  const twice = withPrompt(once, { ...lane, score: -0.5 });
  expect(twice.figure.prompts).toHaveLength(3);
  expect(twice.figure.scores[2]).toBe(-0.5);
});

test("lanes are taken away and sorted together with their cosines", () => {
  const first = initialState(figure);
  const second = withPrompt(first, {
    prompt: "x",
    cosines: new Float32Array(4).fill(0.5),
    score: 1,
  });
  const sorted = sortedByScore(second);
  expect(sorted.figure.prompts[0]).toBe("x");
  expect([...sorted.cosines.subarray(0, 4)]).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(withoutPrompt(sorted, 0).figure.prompts).toEqual(["piano", "drums"]);
});

test("the cursor stays inside", () => {
  expect(moved(initialState(figure), -1, 99).cursor).toEqual({ lane: 0, window: 3 });
});

test("a cell has every prompt as a string, whatever is in it", () => {
  const code = asCell({ label: 'a "clip"', prompts: ["`$x`", "two\nlines"] });
  expect(code).toContain('label === "a \\"clip\\""');
  expect(code).toContain('  "`$x`",\n  "two\\nlines",\n');
});
