import { expect, test } from "vitest";
import { Clip } from "./clip.ts";
import { defaultFrontEnd, picture, spectrogram } from "./spectrogram.ts";

const RATE_HZ = 22_050;
const tone = (hz: number, seconds: number) =>
  Float32Array.from({ length: seconds * RATE_HZ }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / RATE_HZ),
  );

test("a tone is loudest in the band whose centre is nearest", async () => {
  const data = await spectrogram(Clip.fromSamples(tone(1000, 1), RATE_HZ)).compute();
  const frame = data.db.subarray(20 * data.nMels, 21 * data.nMels);
  const loudest = frame.indexOf(Math.max(...frame));
  const distance = [...data.melFrequenciesHz].map((hz) => Math.abs(hz - 1000));
  expect(Math.abs(loudest - distance.indexOf(Math.min(...distance)))).toBeLessThanOrEqual(1);
});

test("dB span 80 below the loudest", async () => {
  const { db, minDb, maxDb } = await spectrogram(Clip.fromSamples(tone(300, 1), RATE_HZ)).compute();
  expect(maxDb - minDb).toBeCloseTo(80, 3);
  expect(Math.max(...db)).toBe(maxDb);
});

test("a long clip is pooled to its loudest, so that a click stays", () => {
  const pcm = new Float32Array(200 * RATE_HZ);
  pcm[100 * RATE_HZ] = 1;
  const frontEnd = defaultFrontEnd(RATE_HZ);
  const whole = picture(pcm, frontEnd, Number.POSITIVE_INFINITY);
  const data = picture(pcm, frontEnd);
  expect(data.nFrames).toBeLessThanOrEqual(1200);
  expect(data.maxDb).toBe(whole.maxDb);
  expect(data.nFrames * data.hopSec).toBeGreaterThanOrEqual(200);
});

test("a model's front end is drawn at its rate, without its normalisation and padding", async () => {
  const clip = Clip.fromSamples(tone(500, 1), RATE_HZ);
  const frontEnd = {
    ...defaultFrontEnd(16_000),
    normalization: { mean: -4, std: 9 },
    fixedFrames: { count: 1024, fillValue: 0 },
  };
  const data = await spectrogram(clip, { frontEnd }).compute();
  expect(data.nFrames).toBe(32);
  expect(data.maxDb).toBeGreaterThan(0);
});

test("a model that hears the waveform has no mel picture", () => {
  const clip = Clip.fromSamples(tone(500, 1), RATE_HZ);
  const frontEnd = { kind: "waveform", sampleRateHz: 16_000 } as const;
  expect(() => spectrogram(clip, { frontEnd })).toThrow(/hears the waveform itself/);
});
