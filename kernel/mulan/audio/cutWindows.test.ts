import { expect, test } from "vitest";
import { cutWindows } from "./cutWindows.ts";
import { type WindowPolicy, windowPolicySchema } from "./windowPolicy.ts";

const RATE_HZ = 10;

function cut(pcm: readonly number[], policy: Partial<WindowPolicy>): number[][] {
  const whole = {
    lengthSamples: 4,
    hopSamples: 4,
    padding: "zeros",
    lastWindow: "pad",
    ...policy,
  } as const;
  return cutWindows(Float32Array.from(pcm), RATE_HZ, whole).map(({ samples }) => [...samples]);
}

test("a rest is filled with zeros", () => {
  expect(cut([1, 2, 3, 4, 5, 6], {})).toEqual([
    [1, 2, 3, 4],
    [5, 6, 0, 0],
  ]);
});

test("repeat goes round the window's own samples and is cut at the end", () => {
  expect(cut([1, 2, 3], { lengthSamples: 8, padding: "repeat" })).toEqual([
    [1, 2, 3, 1, 2, 3, 1, 2],
  ]);
});

test("repeatpad repeats whole sounds only and fills up with zeros, as CLAP does", () => {
  expect(cut([1, 2, 3], { lengthSamples: 8, padding: "repeatpad" })).toEqual([
    [1, 2, 3, 1, 2, 3, 0, 0],
  ]);
  // numpy.tile([5], 4)
  expect(cut([5], { padding: "repeatpad" })).toEqual([[5, 5, 5, 5]]);
});

test("wrap fills the last window from the start of the clip, as MuQ-MuLan does", () => {
  expect(cut([1, 2, 3, 4, 5], { padding: "wrap" })).toEqual([
    [1, 2, 3, 4],
    [5, 1, 2, 3],
  ]);
  expect(cut([1, 2], { lengthSamples: 5, padding: "wrap" })).toEqual([[1, 2, 1, 2, 1]]);
});

test("drop leaves the rest out, but never a clip that is all there is", () => {
  expect(cut([1, 2, 3, 4, 5, 6], { lastWindow: "drop" })).toEqual([[1, 2, 3, 4]]);
  expect(cut([1, 2], { lastWindow: "drop" })).toEqual([[1, 2, 0, 0]]);
});

test("shift takes the last window from the clip's end backwards", () => {
  expect(cut([1, 2, 3, 4, 5, 6], { lastWindow: "shift" })).toEqual([
    [1, 2, 3, 4],
    [3, 4, 5, 6],
  ]);
  expect(cut([1, 2, 3, 4], { lastWindow: "shift" })).toEqual([[1, 2, 3, 4]]);
});

test("a padded rest shorter than minLastSamples is left out", () => {
  expect(cut([1, 2, 3, 4, 5], { minLastSamples: 2 })).toEqual([[1, 2, 3, 4]]);
  expect(cut([1, 2, 3, 4, 5, 6], { minLastSamples: 2 })).toHaveLength(2);
  expect(cut([1], { minLastSamples: 2 })).toEqual([[1, 0, 0, 0]]);
});

test("overlapping hops stop when everything has been heard", () => {
  expect(cut([1, 2, 3, 4, 5, 6], { hopSamples: 2 })).toEqual([
    [1, 2, 3, 4],
    [3, 4, 5, 6],
  ]);
  expect(cut([1, 2, 3, 4, 5, 6, 7], { hopSamples: 2 })).toEqual([
    [1, 2, 3, 4],
    [3, 4, 5, 6],
    [5, 6, 7, 0],
  ]);
});

test("times are the clip's own: padding has no duration", () => {
  const policy = { lengthSamples: 4, hopSamples: 4, padding: "zeros", lastWindow: "pad" } as const;
  const windows = cutWindows(new Float32Array(6), RATE_HZ, policy);
  expect(windows.map(({ startSec, durationSec }) => [startSec, durationSec])).toEqual([
    [0, 0.4],
    [0.4, 0.2],
  ]);
});

test("an empty clip has no window", () => {
  expect(cut([], {})).toEqual([]);
});

test("a policy whose windows no memory holds is refused when it is read", () => {
  const policy = { hopSamples: 1, padding: "zeros", lastWindow: "pad" };
  expect(windowPolicySchema.safeParse({ ...policy, lengthSamples: 1e12 }).success).toBe(false);
  expect(windowPolicySchema.safeParse({ ...policy, lengthSamples: 48_000 }).success).toBe(true);
});
