import { describe, expect, test } from "vitest";
import { resample } from "./resample.ts";
import { StreamResampler } from "./resampling/streamResampler.ts";

const PAIRS = [
  [44_100, 16_000],
  [48_000, 16_000],
  [44_100, 48_000],
  [48_000, 24_000],
  [22_050, 16_000],
  [16_000, 48_000],
  // Rates without a common measure go through Speex.
  [44_101, 16_000],
] as const;

function sine(hz: number, rateHz: number, nSamples: number): Float32Array {
  return Float32Array.from({ length: nSamples }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / rateHz),
  );
}

/** In dB of full scale, the filter's start and end left out. */
function levelDb(samples: Float32Array): number {
  const inner = samples.subarray(1000, samples.length - 1000);
  const power = inner.reduce((sum, sample) => sum + sample * sample, 0) / inner.length;
  return 10 * Math.log10(2 * power + 1e-30);
}

describe.each(PAIRS)("%i to %i Hz", (fromHz, toHz) => {
  const nyquist = Math.min(fromHz, toHz) / 2;

  test("the passband is level to 0.85 of the lower Nyquist frequency", async () => {
    for (const share of [0.05, 0.3, 0.6, 0.85]) {
      const out = await resample(sine(share * nyquist, fromHz, fromHz), fromHz, toHz);
      expect(Math.abs(levelDb(out))).toBeLessThan(0.05);
    }
  });

  test.runIf(toHz < fromHz)("aliases are 90 dB down or lower", async () => {
    const lowest = 1.05 * nyquist;
    const highest = 0.99 * (fromHz / 2);
    for (let i = 0; i <= 8; i++) {
      const hz = lowest + ((highest - lowest) * i) / 8;
      const out = await resample(sine(hz, fromHz, fromHz), fromHz, toHz);
      expect(levelDb(out)).toBeLessThanOrEqual(-90);
    }
  });

  test.runIf(toHz > fromHz)("images are 90 dB down or lower", async () => {
    const hz = 0.4 * nyquist;
    const out = await resample(sine(hz, fromHz, fromHz), fromHz, toHz);
    const expected = sine(hz, toHz, out.length);
    expect(levelDb(out.map((sample, i) => sample - expected[i]!))).toBeLessThanOrEqual(-90);
  });

  test("nothing is delayed and the length is rounded up", async () => {
    const n = 30_001;
    const pulse = Float32Array.from({ length: n }, (_, i) => {
      const t = (i - 15_000) / fromHz;
      return Math.exp(-((t * 2000) ** 2));
    });
    const out = await resample(pulse, fromHz, toHz);
    expect(out.length).toBe(Math.ceil((n * toHz) / fromHz));
    const weight = out.reduce((sum, sample) => sum + sample, 0);
    const centre = out.reduce((sum, sample, i) => sum + sample * i, 0) / weight;
    expect(centre / toHz).toBeCloseTo(15_000 / fromHz, 7);
  });

  test("pieces of any size give what the whole gives", async () => {
    const pcm = sine(440, fromHz, 20_000);
    const whole = await resample(pcm, fromHz, toHz);
    const resampler = await StreamResampler.create(fromHz, toHz);
    const pieces: number[] = [];
    let at = 0;
    for (const size of [1, 7, 1000, 3333, 40_000]) {
      pieces.push(...resampler.push(pcm.subarray(at, at + size)));
      at += size;
    }
    pieces.push(...resampler.end());
    resampler.free();
    expect(Float32Array.from(pieces)).toEqual(whole);
  });
});

test.each([1, 2, 5])("a sound of %i samples keeps its length", async (n) => {
  expect((await resample(new Float32Array(n).fill(0.5), 44_100, 16_000)).length).toBe(
    Math.ceil((n * 16_000) / 44_100),
  );
});

test("equal rates give the very samples back", async () => {
  const pcm = new Float32Array([1, 2, 3]);
  expect(await resample(pcm, 44_100, 44_100)).toBe(pcm);
});

test("a rate that is no whole number is refused", async () => {
  await expect(resample(new Float32Array(8), 44_100.5, 16_000)).rejects.toThrow(/whole number/);
});
