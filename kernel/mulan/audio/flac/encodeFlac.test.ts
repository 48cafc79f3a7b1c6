import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readAudio } from "../readAudio.ts";
import { encodeFlac } from "./encodeFlac.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-flac-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What libFLAC reads from the file, as 16-bit integers, and what it complains about. */
async function decode(flac: Uint8Array) {
  const path = join(folder, "sound.flac");
  await writeFile(path, flac);
  const [clip] = await readAudio(path);
  const samples = await clip!.samples();
  const pcm = Int16Array.from(samples, (sample) => Math.round(sample * 32768));
  const { sampleRateHz, nChannels, warnings } = clip!;
  return { pcm, sampleRateHz, nChannels, warnings };
}

const full = 32768;
const fromPcm = (n: number, sample: (i: number) => number) =>
  Float32Array.from({ length: n }, (_, i) => sample(i) / full);
let state = 7;
const noise = () => {
  state = (state * 16807) % 2147483647;
  return (state % 65536) - 32768;
};
const tone = (i: number) =>
  Math.round(9000 * Math.sin(i / 20) + 3000 * Math.sin(i / 7.3) + noise() / 500);

it.each([
  ["a tone, longer than the numbers of frames that one byte holds", fromPcm(130 * 4096 + 17, tone)],
  ["noise that cannot be predicted", fromPcm(9000, noise)],
  ["the steepest there is", fromPcm(5000, (i) => (i % 2 ? 32767 : -32768))],
  ["silence", fromPcm(10_000, () => 0)],
  ["a constant, then one click", fromPcm(8192, (i) => (i === 8000 ? -32768 : 77))],
  ["one sample more than a block", fromPcm(4097, tone)],
  ["20 samples", fromPcm(20, tone)],
])("keeps every bit of %s", async (_, samples) => {
  const { pcm, warnings, ...heard } = await decode(encodeFlac(samples, 44_100));
  expect(heard).toEqual({ sampleRateHz: 44_100, nChannels: 1 });
  expect(warnings).toEqual([]);
  expect(pcm.length).toBe(samples.length);
  expect(pcm.findIndex((sample, i) => sample !== samples[i]! * full)).toBe(-1);
});

it("needs much less than the samples themselves for what can be predicted", () => {
  expect(encodeFlac(fromPcm(44_100, tone), 44_100).length).toBeLessThan(0.6 * 2 * 44_100);
  expect(
    encodeFlac(
      fromPcm(44_100, () => 0),
      44_100,
    ).length,
  ).toBeLessThan(300);
  expect(encodeFlac(fromPcm(44_100, noise), 44_100).length).toBeLessThan(1.01 * 2 * 44_100);
});

it("clips what is louder than full scale and takes what is no number for silence", async () => {
  const { pcm } = await decode(
    encodeFlac(Float32Array.from([1.5, -3, Number.NaN, 0.5, 0, 0]), 8000),
  );
  expect([...pcm]).toEqual([32767, -32768, 0, 16384, 0, 0]);
});

it("says which rates FLAC has", () => {
  for (const rate of [0, 22_050.5, 700_000]) {
    expect(() => encodeFlac(new Float32Array(4), rate)).toThrow(/no such sample rate/);
  }
});
