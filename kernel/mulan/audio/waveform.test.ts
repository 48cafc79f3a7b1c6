import { expect, test } from "vitest";
import { Clip } from "./clip.ts";
import { outline, waveform } from "./waveform.ts";

test("each bucket has its lowest and highest sample", () => {
  const data = outline(Float32Array.from([0.1, -0.5, 0.25, 0.75, -1]), 10, 3);
  expect([...data.min]).toEqual([-0.5, 0.25, -1]);
  expect([...data.max].map((x) => Math.round(x * 100) / 100)).toEqual([0.1, 0.75, -1]);
  expect(data.bucketSec).toBe(0.2);
  expect(data.durationSec).toBe(0.5);
});

test("a long clip has at most 2,000 buckets that cover all of it", async () => {
  const clip = Clip.fromSamples(new Float32Array(123_457).fill(0.5), 8000);
  const data = await waveform(clip).compute();
  expect(data.min.length).toBeLessThanOrEqual(2000);
  expect(data.min.length * data.bucketSec).toBeGreaterThanOrEqual(data.durationSec);
  expect((data.min.length - 1) * data.bucketSec).toBeLessThan(data.durationSec);
});

test("a promise instead of a clip is named", () => {
  const promise = Promise.resolve() as unknown as Clip;
  expect(() => waveform(promise)).toThrow(/await/);
});
