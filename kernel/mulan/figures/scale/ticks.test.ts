import { describe, expect, test } from "vitest";
import { measureText } from "../text/measureText.ts";
import { frequencyTicks, hzToMel, melToHz } from "./mel.ts";
import { decimalsOf, niceTicks } from "./ticks.ts";
import { timeTicks } from "./timeTicks.ts";

test("ticks are round, inside the range and hold 0 when the range does", () => {
  expect(niceTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(-0.37, 0.41, 5)).toEqual([-0.2, 0, 0.2, 0.4]);
  expect(niceTicks(2, 2, 5)).toEqual([2]);
});

test("a step of 0.02 needs two decimals, 5 none", () => {
  expect([decimalsOf(0.02), decimalsOf(0.5), decimalsOf(5)]).toEqual([2, 1, 0]);
});

describe("time ticks", () => {
  test.each([
    [0, 30, ["0:00", "0:05", "0:10", "0:15", "0:20", "0:25", "0:30"]],
    [30, 30, ["0:30", "0:35", "0:40", "0:45", "0:50", "0:55", "1:00"]],
    [0, 600, ["0:00", "2:00", "4:00", "6:00", "8:00", "10:00"]],
    [0, 0.01, ["0 ms", "2 ms", "4 ms", "6 ms", "8 ms", "10 ms"]],
  ])("from %d s over %d s", (startSec, durationSec, expected) => {
    const labels = timeTicks(startSec, durationSec, 640).map((tick) => tick.label);
    expect(labels).toEqual(expected);
  });

  test("never overlap, whatever the length", () => {
    for (let exponent = -4.5; exponent < 6; exponent += 0.13) {
      const durationSec = 10 ** exponent;
      for (const startSec of [0, 3661.5]) {
        const ticks = timeTicks(startSec, durationSec, 640);
        ticks.slice(1).forEach((tick, i) => {
          const gap = ((tick.value - ticks[i]!.value) / durationSec) * 640;
          const room = (measureText(tick.label, 11) + measureText(ticks[i]!.label, 11)) / 2;
          expect(gap, `${durationSec} s: ${tick.label}`).toBeGreaterThan(room);
        });
        expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
      }
    }
  });
});

test("mel scales invert, and Slaney's is linear below 1 kHz", () => {
  for (const scale of ["htk", "slaney", "kaldi"] as const) {
    for (const hz of [0, 200, 999, 1000, 4400, 16_000]) {
      expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 6);
    }
  }
  expect(hzToMel(600, "slaney")).toBeCloseTo(9, 10);
  expect(hzToMel(1000, "htk")).toBeCloseTo(1000, 0);
});

test("frequency ticks keep their distance and name 440 Hz and 2.2 kHz", () => {
  const ticks = frequencyTicks(20, 16_000, "slaney", 192, 16);
  expect(ticks.map((tick) => tick.hz)).toEqual([110, 440, 1100, 2200, 4400, 8000, 12_000]);
  ticks.slice(1).forEach((tick, i) => {
    expect(ticks[i]!.y - tick.y).toBeGreaterThanOrEqual(16);
  });
});
