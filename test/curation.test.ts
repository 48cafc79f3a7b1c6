import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Clip } from "../kernel/mulan/audio/clip.ts";
import { readAudio } from "../kernel/mulan/audio/readAudio.ts";
import { cleanTexts } from "../kernel/mulan/curation/cleanTexts.ts";
import { musicFraction } from "../kernel/mulan/curation/musicFraction.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { useEmbeddedModel } from "./support/embeddedModel.ts";

const embedded = useEmbeddedModel();

const at = (path: string) => join(packageRoot, path);

/** 8 s of brown noise from a fixed sequence: each sample leans on the one before. */
function noise(amplitude: number, label: string): Clip {
  let state = 1;
  let level = 0;
  const samples = Float32Array.from({ length: 8 * 16_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    level = 0.98 * level + 0.1 * (state / 2 ** 31 - 1);
    return amplitude * level;
  });
  return Clip.fromSamples(samples, 16_000, { label });
}

test("music is music; brown noise, hiss, silence and a spoken sentence are not", async () => {
  const music = ["02-string-quartet.ogg", "14-funk.mp3", "19-drum-solo.opus"];
  const clips = [
    ...(await readAudio(music.map((name) => at(`samples/audio/${name}`)))),
    noise(1, "brown noise"),
    noise(1e-4, "hiss"),
    noise(0, "silence"),
    ...(await readAudio(at("test/fixtures/curation/speech.opus"))),
  ];
  const { items, failures } = await musicFraction(clips, embedded);
  expect(failures).toEqual([]);
  for (const { label, fraction } of items.slice(0, 3))
    expect([label, fraction > 0.7]).toEqual([label, true]);
  for (const { label, fraction } of items.slice(3))
    expect([label, fraction < 0.5]).toEqual([label, true]);
  const [brownNoise, hiss, silence] = items.slice(3);
  expect(brownNoise!.windows[0]!.levelDbfs).toBeCloseTo(-10.7, 0);
  expect(hiss!.windows.every(({ levelDbfs }) => levelDbfs < -60)).toBe(true);
  expect(silence!.windows[0]!.levelDbfs).toBe(-Infinity);
});

test("an excerpt's windows are timed from its own start", async () => {
  const [clip] = await readAudio(at("samples/audio/14-funk.mp3"), { startSec: 10, durationSec: 5 });
  const { windows, fraction } = await musicFraction(clip!, embedded);
  expect(windows[0]!.startSec).toBe(0);
  expect(fraction).toBe(windows.filter(({ isMusic }) => isMusic).length / windows.length);
});

test("most remarks about music are kept and most others dropped", async () => {
  const texts = JSON.parse(readFileSync(at("test/fixtures/curation/texts.json"), "utf8")) as {
    readonly music: readonly string[];
    readonly other: readonly string[];
  };
  const music = await cleanTexts(texts.music, embedded);
  const other = await cleanTexts(texts.other, embedded);
  expect(music.kept.length).toBeGreaterThanOrEqual(25);
  expect(other.dropped.length).toBeGreaterThanOrEqual(24);
});
