import { describe, expect, test } from "vitest";
import {
  countOf,
  formatCosine,
  formatCount,
  formatDecibels,
  formatDuration,
  formatFrequency,
  formatMargin,
  formatSampleRate,
  formatTime,
} from "./numbers.ts";

describe("numbers as figures write them", () => {
  test.each([
    [formatCosine(0.405), "0.41"],
    [formatCosine(-0.051), "−0.05"],
    [formatCosine(-0.001), "0.00"],
    [formatCosine(Number.NaN), "n/a"],
    [formatMargin(0.121), "+0.12"],
    [formatMargin(-0.121), "−0.12"],
    [formatMargin(0.001), "0.00"],
    [formatCount(999), "999"],
    [formatCount(1234567), "1\u2009234\u2009567"],
    [countOf(1, "clip"), "1 clip"],
    [countOf(0, "clip"), "0 clips"],
    [formatTime(65), "1:05.0"],
    [formatTime(59.96), "1:00.0"],
    [formatTime(3725.04), "1:02:05.0"],
    [formatTime(5, false), "0:05"],
    [formatDuration(0.01), "10 ms"],
    [formatDuration(0.0000453), "0.045 ms"],
    [formatDuration(30), "0:30.0"],
    [formatFrequency(440), "440 Hz"],
    [formatFrequency(2200), "2.2 kHz"],
    [formatFrequency(16_000), "16 kHz"],
    [formatSampleRate(44_100), "44.1 kHz"],
    [formatSampleRate(22_050), "22.05 kHz"],
    [formatDecibels(-12.34, "dBFS"), "−12.3 dBFS"],
  ])("%s", (got, expected) => {
    expect(got).toBe(expected);
  });
});
