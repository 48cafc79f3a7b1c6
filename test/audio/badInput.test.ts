import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Clip } from "../../kernel/mulan/audio/clip.ts";
import { decodePool } from "../../kernel/mulan/audio/decode/decodePool.ts";
import { readAudio } from "../../kernel/mulan/audio/readAudio.ts";
import { residentBytes } from "../../kernel/mulan/foundation/residentBytes.ts";
import { wavBytes } from "../support/wavBytes.ts";
import { silentFlac, silentOpus } from "./bombs.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-bad-"));
const at = (name: string) => join(folder, name);
const fixturePath = (name: string) =>
  fileURLToPath(new URL(`../fixtures/audio/${name}`, import.meta.url));
const fixture = (name: string) => readFileSync(fixturePath(name));
const write = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(at(name), bytes);
  return at(name);
};

beforeAll(() => {
  process.env.MULAN_FFMPEG = "";
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function refused(path: string): Promise<string> {
  const clips = await readAudio(path);
  expect(clips.length).toBe(0);
  expect(clips.failures.length).toBe(1);
  expect(clips.failures[0]!.error.message).toContain(path);
  return clips.failures[0]!.error.message;
}

async function only(path: string): Promise<Clip> {
  const clips = await readAudio(path);
  expect(clips.failures).toEqual([]);
  return clips[0]!;
}

describe("a file that cannot be read is refused with its name and what to do", () => {
  test("empty", async () => {
    expect(await refused(write("empty.mp3", ""))).toMatch(/the file is empty/);
  });

  test("text renamed to .flac", async () => {
    const message = await refused(write("text.flac", "Dear diary,\n".repeat(100)));
    expect(message).toMatch(/no audio that is known here/);
    expect(message).toMatch(/expected WAV, MP3, FLAC, Ogg Vorbis or Opus/);
    expect(message).toMatch(/Install ffmpeg .* or convert the file\.$/);
  });

  test("m4a without ffmpeg", async () => {
    expect(await refused(fixturePath("aac.m4a"))).toMatch(/this is M4A audio .*Install ffmpeg/);
  });

  test("no samples", async () => {
    expect(await refused(write("none.wav", wavBytes(new Uint8Array(0))))).toMatch(/no samples/);
  });

  test("20,000 channels", async () => {
    const bytes = wavBytes(new Uint8Array(200_000), { nChannels: 20_000 });
    expect(await refused(write("channels.wav", bytes))).toMatch(/1 to 64 channels, got 20000/);
  });

  test("a sample rate of 4 GHz", async () => {
    const bytes = wavBytes(new Uint8Array(100), { sampleRateHz: 0xffffffff });
    expect(await refused(write("rate.wav", bytes))).toMatch(/impossible sample rate/);
  });

  test("a missing file, a broken link, a folder without sound", async () => {
    expect(await refused(at("missing.mp3"))).toMatch(/there is no such file/);
    symlinkSync(at("nowhere.mp3"), at("broken.mp3"));
    expect(await refused(at("broken.mp3"))).toMatch(/there is no such file/);
    const empty = mkdtempSync(join(folder, "empty-"));
    expect(await refused(empty)).toMatch(/holds no audio file/);
  });

  test.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const path = write("locked.wav", wavBytes(new Uint8Array(100)));
    chmodSync(path, 0);
    expect(await refused(path)).toMatch(/may not be read/);
  });

  test("the header of a format and nothing else", async () => {
    for (const name of ["stereo.flac", "stereo.ogg", "stereo.opus", "tagged.mp3", "alaw.wav"]) {
      await refused(write(`head-${name}`, fixture(name).subarray(0, 40)));
    }
  });
});

describe("damage inside the sound is told of", () => {
  test("a truncated mp3 is as long as what is left", async () => {
    const whole = await only(fixturePath("cbr.mp3"));
    const half = fixture("cbr.mp3").subarray(0, 32_000);
    const clip = await only(write("half.mp3", half));
    expect(clip.durationSec).toBeGreaterThan(0.45 * whole.durationSec);
    expect(clip.durationSec).toBeLessThan(0.55 * whole.durationSec);
    const samples = await clip.samples();
    expect(samples.length / clip.sampleRateHz).toBeCloseTo(clip.durationSec, 1);
    expect(samples).toEqual((await whole.samples()).slice(0, samples.length));
  });

  test.each(["long.flac", "long.ogg", "long.opus"])(
    "a truncated %s says where it ends",
    async (name) => {
      const bytes = fixture(name);
      const clip = await only(write(`cut-${name}`, bytes.subarray(0, bytes.length / 2)));
      const samples = await clip.samples();
      const gotSec = samples.length / clip.sampleRateHz;
      expect(gotSec).toBeGreaterThan(3);
      const told = clip.warnings.some((warning) => /ends at .* promises|last frame/.test(warning));
      // Ogg keeps no length in its header: what is left is the file.
      expect(told || Math.abs(gotSec - clip.durationSec) < 0.1).toBe(true);
    },
  );

  test.each(["long.flac", "long.ogg", "long.opus"])(
    "a hole in %s keeps the rest in place",
    async (name) => {
      const whole = await (await only(fixturePath(name))).samples();
      const bytes = Buffer.from(fixture(name));
      const from = Math.floor(bytes.length * 0.5);
      bytes.fill(0x55, from, from + 600);
      const clip = await only(write(`hole-${name}`, bytes));
      const samples = await clip.samples();
      expect(samples.length).toBe(whole.length);
      expect(clip.warnings.length).toBeGreaterThan(0);
      const rest = Math.floor(whole.length * 0.85);
      let worst = 0;
      for (let i = rest; i < whole.length; i++)
        worst = Math.max(worst, Math.abs(samples[i]! - whole[i]!));
      expect(worst).toBeLessThan(1e-3);
    },
  );

  test("a float WAV with NaN is refused with the place", async () => {
    const samples = new Float32Array(8000).fill(0.1);
    samples[4000] = Number.NaN;
    const bytes = wavBytes(new Uint8Array(samples.buffer), { formatTag: 3, bitsPerSample: 32 });
    const clip = await only(write("nan.wav", bytes));
    await expect(clip.samples()).rejects.toThrow(/nan\.wav: .*got NaN at 0\.500 s/);
  });
});

describe("what is too long to hold is refused before it fills the memory", () => {
  test("an 8-hour WAV, of which excerpts are read", async () => {
    const path = write(
      "8h.wav",
      wavBytes(new Uint8Array(0), { sampleRateHz: 48_000, declaredBytes: 8 * 3600 * 96_000 }),
    );
    truncateSync(path, 44 + 8 * 3600 * 96_000);
    const clip = await only(path);
    expect(clip.durationSec).toBe(8 * 3600);
    await expect(clip.samples()).rejects.toThrow(
      /8h\.wav: this is too long .*at most 93\.2 minutes.*got 480\.0 minutes.*startSec and durationSec/,
    );
    expect((await clip.excerpt({ startSec: 20_000, durationSec: 1 }).samples()).length).toBe(
      48_000,
    );
  });

  test("a megabyte of Opus that is ten hours of silence", async () => {
    const bytes = silentOpus(10);
    expect(bytes.length).toBeLessThan(1.2e6);
    const clip = await only(write("bomb.opus", bytes));
    expect(clip.durationSec).toBeCloseTo(36_000, -1);
    await expect(clip.samples()).rejects.toThrow(/bomb\.opus: this is too long/);
    expect((await clip.excerpt({ startSec: 30_000, durationSec: 1 }).samples()).length).toBe(
      48_000,
    );
  });

  test("hours of silent FLAC, whether the header says so or not", async () => {
    const told = await only(write("bomb.flac", silentFlac(10, true)));
    await expect(told.samples()).rejects.toThrow(/bomb\.flac: this is too long/);
    const untold = await only(write("quiet-bomb.flac", silentFlac(10, false)));
    await expect(untold.samples()).rejects.toThrow(/quiet-bomb\.flac: this is too long/);
    for (const pid of decodePool().pids) expect(residentBytes(pid)).toBeLessThan(500 * 2 ** 20);
  }, 60_000);
});

test("the rest of a batch goes on and its failures are told at the end", async () => {
  copyFileSync(fixturePath("stereo.ogg"), at("good.ogg"));
  const clips = await readAudio([
    write("a.mp3", ""),
    at("good.ogg"),
    write("b.flac", "text"),
    fixturePath("cbr.mp3"),
  ]);
  expect(clips.map(({ label }) => label)).toEqual(["good", "cbr"]);
  expect(clips.failures.map(({ source }) => source)).toEqual([at("a.mp3"), at("b.flac")]);
});

test("a FLAC whose encoder did not know its length is as long as its frames say", async () => {
  const clip = await only(write("streamed.flac", silentFlac(0.01, false)));
  const samples = await clip.samples();
  expect(samples.length).toBe(65_535 * Math.ceil((36 * 44_100) / 65_535));
  expect(clip.durationSec).toBe(samples.length / 44_100);
  expect(samples.every((sample) => sample === 0)).toBe(true);
});
