import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wavBytes } from "../../../test/support/wavBytes.ts";
import { Clip } from "./clip.ts";
import { readAudio } from "./readAudio.ts";

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../test/fixtures/audio/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mulan-read-"));
const at = (...parts: string[]) => join(folder, ...parts);

beforeAll(() => {
  mkdirSync(at("album", "disc 2"), { recursive: true });
  copyFileSync(fixture("tagged.mp3"), at("album", "10 last.mp3"));
  copyFileSync(fixture("stereo.ogg"), at("album", "2 second.ogg"));
  copyFileSync(fixture("cbr.mp3"), at("album", "disc 2", "one.mp3"));
  copyFileSync(fixture("alaw.wav"), at("album", "disc 2", "strange [x].wav"));
  writeFileSync(at("album", "notes.txt"), "no sound");
  copyFileSync(fixture("stereo.opus"), at("album", "named wrongly.wav"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("listing", () => {
  test("a folder gives its audio files and those below, in natural order", async () => {
    const clips = await readAudio(at("album"));
    expect(clips.failures).toEqual([]);
    expect(clips.map(({ path }) => path!.slice(at("album").length + 1))).toEqual([
      "2 second.ogg",
      "10 last.mp3",
      join("disc 2", "one.mp3"),
      join("disc 2", "strange [x].wav"),
      "named wrongly.wav",
    ]);
  });

  test("a glob and a relative path start at cwd, and a file is listed once", async () => {
    const clips = await readAudio(["album/**/*.mp3", "album/10 last.mp3"], { cwd: folder });
    expect(clips.length).toBe(2);
  });

  test("a name with glob characters is a name when there is such a file", async () => {
    const clips = await readAudio(at("album", "disc 2", "strange [x].wav"));
    expect(clips.length).toBe(1);
  });

  test("content decides about the format, not the name", async () => {
    const [clip] = await readAudio(at("album", "named wrongly.wav"));
    expect(clip!.sampleRateHz).toBe(48_000);
  });

  test("labels are file names, and the title stands among the tags", async () => {
    const [clip] = await readAudio(at("album", "10 last.mp3"));
    expect(clip!.label).toBe("10 last");
    expect(clip!.tags).toEqual({ title: "Nachtstück №1", artist: "夜の海", album: "Fixtures" });
  });

  test("links that lead in a circle end, and a broken one is a failure", async () => {
    symlinkSync(at("album"), at("album", "again"));
    symlinkSync(at("nowhere.mp3"), at("album", "broken.mp3"));
    const clips = await readAudio(at("album"));
    expect(clips.length).toBe(5);
    expect(clips.failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining("there is no such file"),
    ]);
    rmSync(at("album", "again"));
    rmSync(at("album", "broken.mp3"));
  });

  test("map gives a plain array", async () => {
    const clips = await readAudio(at("album"));
    expect(clips.map((clip) => clip.label)).not.toHaveProperty("failures");
    expect(clips.filter(() => true).constructor).toBe(Array);
  });
});

describe("samples", () => {
  test("are the mean of the channels, at the file's rate", async () => {
    const [clip] = await readAudio(at("album", "2 second.ogg"));
    const [left, right] = await clip!.channels();
    const mono = await clip!.samples();
    expect(mono.length).toBe(39_690);
    expect(mono).toEqual(left!.map((sample, i) => (sample + right![i]!) / 2));
  });

  test("of an excerpt are a slice of the whole", async () => {
    const [whole] = await readAudio(fixture("long.flac"));
    const [part] = await readAudio(fixture("long.flac"), { startSec: 2.5, durationSec: 3 });
    const pcm = await whole!.samples();
    expect(part).toMatchObject({ startSec: 2.5, durationSec: 3 });
    expect(await part!.samples()).toEqual(pcm.slice(20_000, 44_000));
    const nested = part!.excerpt({ startSec: 1, durationSec: 0.5 });
    expect(nested).toMatchObject({ startSec: 3.5, durationSec: 0.5 });
    expect(await nested.samples()).toEqual(pcm.slice(28_000, 32_000));
  });

  test("resample in the decode process as they do here", async () => {
    const [clip] = await readAudio(fixture("long.flac"));
    const here = Clip.fromSamples(await clip!.samples(), 8000);
    expect(await clip!.resampled(16_000)).toEqual(await here.resampled(16_000));
  });

  test("many clips at once come back each with its own", async () => {
    const clips = await readAudio(at("album"));
    const lengths = await Promise.all(clips.map(async (clip) => (await clip.samples()).length));
    expect(lengths).toEqual(
      clips.map(({ durationSec, sampleRateHz }) => Math.round(durationSec * sampleRateHz)),
    );
  });

  test("stop when the signal says so", async () => {
    const [clip] = await readAudio(fixture("vbr.mp3"));
    const reason = new Error("enough");
    const controller = new AbortController();
    const work = clip!.samples({ signal: controller.signal });
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect((await clip!.samples()).length).toBeGreaterThan(0);
  });
});

describe("content hash", () => {
  test("of a file is that of its bytes, whatever the excerpt", async () => {
    const [clip] = await readAudio(fixture("cbr.mp3"));
    const [copy] = await readAudio(at("album", "disc 2", "one.mp3"));
    expect(await clip!.contentHash()).toBe(await copy!.contentHash());
    expect(await clip!.excerpt({ startSec: 1 }).contentHash()).toBe(await clip!.contentHash());
  });

  test("of samples depends on rate and values", async () => {
    const hash = (value: number, rate: number) =>
      Clip.fromSamples(new Float32Array([value, 0]), rate).contentHash();
    expect(await hash(0.5, 8000)).toBe(await hash(0.5, 8000));
    expect(await hash(0.5, 8000)).not.toBe(await hash(0.25, 8000));
    expect(await hash(0.5, 8000)).not.toBe(await hash(0.5, 16_000));
  });
});

describe("samples in memory", () => {
  test("that hold NaN are refused with the place", () => {
    const samples = new Float32Array(100);
    samples[50] = Number.NaN;
    expect(() => Clip.fromSamples(samples, 100)).toThrow(/got NaN at 0.500 s/);
  });

  test("must be there and equally long", () => {
    expect(() => Clip.fromSamples(new Float32Array(0), 8000)).toThrow(/no samples/);
    expect(() => Clip.fromSamples([new Float32Array(2), new Float32Array(3)], 8000)).toThrow(
      /equally long/,
    );
    expect(() => Clip.fromSamples(new Float32Array(2), 0)).toThrow(/positive/);
  });

  test("of one sample are a clip", async () => {
    const clip = Clip.fromSamples(new Float32Array([0.5]), 8000, { label: "click" });
    expect(await clip.samples()).toEqual(new Float32Array([0.5]));
    expect((await clip.resampled(16_000)).length).toBe(2);
  });
});

test("an excerpt that begins after the end is a failure of its file alone", async () => {
  const clips = await readAudio([fixture("stereo.ogg"), fixture("cbr.mp3")], { startSec: 5 });
  expect(clips.length).toBe(1);
  expect(clips.failures[0]!.error.message).toMatch(
    /stereo\.ogg: .*begins after the sound's end .*startSec below 0.90/,
  );
  const [clip] = await readAudio(fixture("stereo.ogg"));
  expect(() => clip!.excerpt({ startSec: 5 })).toThrow(/stereo\.ogg: .*begins after/);
});

test("a file of one sample is a clip", async () => {
  writeFileSync(at("one.wav"), wavBytes(new Uint8Array([0, 64])));
  const [clip] = await readAudio(at("one.wav"));
  expect(await clip!.samples()).toEqual(new Float32Array([0.5]));
});
