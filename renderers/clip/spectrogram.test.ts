import { expect, test } from "vitest";
import type { SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import { colourMaps } from "./colourMaps.ts";
import { axisKinds, frequencyAxis, frequencyTicks } from "./frequencyAxis.ts";
import { bandAt, spectrogramPixels } from "./spectrogramPixels.ts";

const data: SpectrogramData = {
  values: "",
  nFrames: 3,
  nMels: 4,
  hopSec: 0.1,
  fMinHz: 0,
  fMaxHz: 8000,
  melScale: "slaney",
  dbMin: -80,
  dbMax: 0,
};

test("a frequency axis runs from its lowest to its highest frequency and back", () => {
  for (const kind of axisKinds) {
    const axis = frequencyAxis(kind, data);
    expect(axis.positionOf(8000)).toBeCloseTo(1);
    expect(axis.positionOf(0)).toBeCloseTo(0);
    for (const hz of [40, 440, 2200]) expect(axis.hzAt(axis.positionOf(hz))).toBeCloseTo(hz);
  }
});

test("low frequencies get most room on a log axis, least on a linear one", () => {
  const [mel, linear, log] = axisKinds.map((kind) => frequencyAxis(kind, data).positionOf(440));
  expect(log).toBeGreaterThan(mel!);
  expect(mel).toBeGreaterThan(linear!);
});

test("ticks keep their distance, in order, and name 440 Hz where there is room", () => {
  for (const kind of axisKinds) {
    const ticks = frequencyTicks(frequencyAxis(kind, data), 0.1);
    expect(ticks.map(({ hz }) => hz)).toContain(440);
    for (const [i, tick] of ticks.slice(1).entries()) {
      expect(tick.position - ticks[i]!.position).toBeGreaterThanOrEqual(0.1);
    }
  }
});

test("mel bands share a mel axis evenly, and the top of every axis is the highest band", () => {
  const mel = frequencyAxis("mel", data);
  expect([0.1, 0.3, 0.6, 0.9].map((position) => bandAt(data, mel, position))).toEqual([0, 1, 2, 3]);
  for (const kind of axisKinds) expect(bandAt(data, frequencyAxis(kind, data), 1)).toBe(3);
});

test("a pixel has the colour of its cell, low bands at the bottom", () => {
  const bytes = Uint8Array.from([255, 0, 0, 0, 0, 0, 0, 255, 128, 128, 128, 128]);
  const view = { axis: frequencyAxis("mel", data), rangeDb: 80, scale: colourMaps.grey };
  const { rgba, width, height } = spectrogramPixels(data, bytes, view, 4);
  const red = (x: number, y: number) => rgba[4 * (y * width + x)];
  expect([width, height]).toEqual([3, 4]);
  expect([red(0, 3), red(0, 0), red(1, 0), red(1, 3)]).toEqual([255, 0, 255, 0]);
});

test("a smaller dB range makes quiet cells dark", () => {
  const bytes = new Uint8Array(12).fill(128);
  const lit = (rangeDb: number) =>
    spectrogramPixels(
      data,
      bytes,
      { axis: frequencyAxis("mel", data), rangeDb, scale: colourMaps.grey },
      1,
    ).rgba[0];
  expect(lit(80)).toBeGreaterThan(100);
  expect(lit(30)).toBe(0);
});
