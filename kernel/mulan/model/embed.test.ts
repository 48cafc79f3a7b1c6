import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TINY, useOwnCacheFolder, WAVE } from "../../../test/support/models.ts";
import { Clip } from "../audio/clip.ts";
import { EmbeddingCache } from "../embedding/cache.ts";
import { setAmbient } from "../foundation/ambient.ts";
import { sharedInference } from "./inference/inference.ts";
import type { JointModel } from "./jointModel.ts";
import { load } from "./load.ts";

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
let tiny: JointModel;
let wave: JointModel;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
  tiny = await load(TINY, { device: "cpu" });
  wave = await load(WAVE, { device: "cpu" });
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

function tone(hz: number, sec: number): Clip {
  const samples = Float32Array.from({ length: Math.round(8000 * sec) }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / 8000),
  );
  return Clip.fromSamples(samples, 8000, { label: `${hz} Hz` });
}

/** A clip that counts how often it was decoded. */
function counted(clip: Clip): Clip & { decoded: number } {
  return Object.assign(clip, {
    decoded: 0,
    async resampled(this: { decoded: number }, rate: number) {
      this.decoded += 1;
      return Clip.prototype.resampled.call(clip, rate);
    },
  });
}

function bad(label: string): Clip {
  return Object.assign(tone(50, 1).labelled(label), {
    resampled: () => Promise.reject(new Error("the file is damaged")),
  });
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

const TEXTS = ["piano", "slow and warm strings with a female voice", "metal", "fast techno", "a"];

test.each(["tiny", "wave"])(
  "a text has the same embedding alone as in any batch (%s)",
  async (name) => {
    const model = name === "tiny" ? tiny : wave;
    const batch = await model.embedText([...TEXTS, ...TEXTS.map((text) => `${text} music`)], {
      cache: false,
    });
    for (const text of TEXTS) {
      const alone = await model.embedText(text, { cache: false });
      expect(largestDifference(alone.data, batch.row(text))).toBeLessThan(1e-5);
    }
  },
);

test("rows come in the order of the texts, repeated ones too", async () => {
  const { labels, modality, modelId, n } = await tiny.embedText(["metal", "piano", "metal"]);
  expect(labels).toEqual(["metal", "piano", "metal"]);
  expect({ modality, modelId, n }).toEqual({ modality: "text", modelId: "tiny@1", n: 3 });
});

test("an empty text fails alone and the rest goes on", async () => {
  const { labels, failures } = await tiny.embedText(["piano", "  ", "metal"]);
  expect(labels).toEqual(["piano", "metal"]);
  expect(failures).toMatchObject([{ source: "  ", error: { code: "text.empty" } }]);
});

test("nothing but empty texts is an error", async () => {
  await expect(tiny.embedText("")).rejects.toMatchObject({ code: "text.empty" });
  await expect(tiny.embedText(["", " "])).rejects.toThrow(/none of the 2 texts/);
  await expect(tiny.embedText([])).rejects.toMatchObject({ code: "embed.nothing" });
});

test("a text of 10,000 words is cut with one warning and equals its start", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const long = await tiny.embedText("slow piano ".repeat(5000));
  const start = await tiny.embedText("slow piano ".repeat(7));
  expect(largestDifference(long.data, start.data)).toBe(0);
  expect(warn.mock.calls.flat().join()).toMatch(/longer than the model reads: 16 tokens were used/);
  expect(warn).toHaveBeenCalledTimes(1);
  warn.mockRestore();
});

test("a clip's row is the mean of its windows, whose rows and times are kept", async () => {
  const { windows, dim, row, ...clips } = await tiny.embedAudio([tone(440, 2.5), tone(880, 1)]);
  expect(clips).toMatchObject({ labels: ["440 Hz", "880 Hz"], modality: "audio", n: 2 });
  expect([...windows!.offsets]).toEqual([0, 3, 4]);
  expect([...windows!.startSec]).toEqual([0, 1, 2, 0]);
  expect([...windows!.durationSec]).toEqual([1, 1, 0.5, 1]);
  const sum = Array.from({ length: dim }, (_, j) =>
    [0, 1, 2].reduce((s, w) => s + windows!.data[w * dim + j]!, 0),
  );
  const norm = Math.hypot(...sum);
  expect(
    largestDifference(
      sum.map((value) => value / norm),
      clips.data.subarray(0, dim),
    ),
  ).toBeLessThan(1e-6);
});

test("window times of an excerpt count from the start of the file", async () => {
  const { windows } = await tiny.embedAudio(tone(440, 10).excerpt({ startSec: 4, durationSec: 2 }));
  expect([...windows!.startSec]).toEqual([4, 5]);
});

test("a clip has the same embedding alone as among others", async () => {
  const clips = [tone(440, 2), tone(700, 1), tone(90, 3)];
  const together = await wave.embedAudio(clips, { cache: false });
  for (const [i, clip] of clips.entries()) {
    const alone = await wave.embedAudio(clip, { cache: false });
    expect(largestDifference(alone.data, together.row(i))).toBeLessThan(1e-6);
  }
});

test("a bad clip fails alone and the rest goes on, in order", async () => {
  const { labels, failures } = await tiny.embedAudio([tone(440, 1), bad("broken"), tone(880, 1)]);
  expect(labels).toEqual(["440 Hz", "880 Hz"]);
  expect(failures).toMatchObject([
    { source: "broken", error: { message: "the file is damaged." } },
  ]);
});

test("nothing but bad clips is an error that tells the first reason", async () => {
  await expect(tiny.embedAudio([bad("a"), bad("b")])).rejects.toThrow(
    /none of the 2 clips.*damaged/,
  );
  await expect(tiny.embedAudio(bad("a"))).rejects.toThrow("the file is damaged.");
  await expect(tiny.embedAudio([])).rejects.toMatchObject({ code: "embed.nothing" });
});

test.each<[string, unknown, RegExp]>([
  ["a path", "song.mp3", /readAudio/],
  ["a promise", Promise.resolve([]), /await/],
  ["a list with a hole", [undefined], /readAudio/],
])("%s in place of clips is an error that says what to write", async (_, clips, message) => {
  await expect(tiny.embedAudio(clips as Clip)).rejects.toThrow(message);
});

test("the same sound is not decoded twice, and a cached row is the same to the bit", async () => {
  const clip = counted(tone(123, 2));
  const cold = await tiny.embedAudio(clip);
  const warm = await tiny.embedAudio([clip, tone(123, 2)]);
  expect(clip.decoded).toBe(1);
  expect(largestDifference(cold.data, warm.row(0))).toBe(0);
  expect([...warm.windows!.startSec]).toEqual([0, 1, 0, 1]);
});

test("another model, excerpt or no cache at all computes anew", async () => {
  const clip = counted(tone(321, 2));
  await tiny.embedAudio(clip);
  await wave.embedAudio(clip);
  expect(clip.decoded).toBe(2);
  await tiny.embedAudio(clip, { cache: false });
  expect(clip.decoded).toBe(3);
  await tiny.embedAudio(clip, {
    cache: new EmbeddingCache({ folder: join(ownCache.folder, "other") }),
  });
  expect(clip.decoded).toBe(4);
});

test("progress counts clips, those from the cache too, and windows when there is one clip", async () => {
  const seen: string[] = [];
  const onProgress = (p: { done: number; total: number }) => seen.push(`${p.done}/${p.total}`);
  await tiny.embedAudio([tone(11, 1), tone(12, 1), bad("x")], { onProgress });
  expect(seen.splice(0).sort()).toEqual(["1/3", "2/3", "3/3"]);
  await tiny.embedAudio(tone(13, 3), { onProgress });
  expect(seen).toEqual(["1/3", "2/3", "3/3"]);
});

test("a cell's progress and interrupt are heard without being passed", async () => {
  const controller = new AbortController();
  const onProgress = vi.fn();
  setAmbient({ signal: controller.signal, onProgress });
  try {
    await tiny.embedAudio(tone(21, 1));
    expect(onProgress).toHaveBeenCalledWith(
      expect.objectContaining({ label: "embedding audio", done: 1 }),
    );
    controller.abort();
    await expect(tiny.embedAudio(tone(22, 1))).rejects.toThrow(/abort/);
  } finally {
    setAmbient(undefined);
  }
});

test("an abort ends a call that waits for a slow clip, and the model goes on", async () => {
  const slow = Object.assign(tone(31, 1), {
    resampled: () => sleep(60_000, new Float32Array(8000), { ref: false }),
  });
  const controller = new AbortController();
  const call = tiny.embedAudio([slow], { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(call).rejects.toThrow(/abort/);
  expect((await tiny.embedAudio(tone(32, 1))).n).toBe(1);
});

test("a crash in the middle of embedding is one clear error, and the next call works by itself", async () => {
  const clips = Array.from({ length: 200 }, (_, i) => tone(100 + i, 1));
  const call = tiny.embedAudio(clips, {
    cache: false,
    onProgress: ({ done }) => {
      if (done === 20) process.kill(sharedInference().pid!, "SIGKILL");
    },
  });
  await expect(call).rejects.toMatchObject({ code: "child.crashed" });
  expect((await tiny.embedAudio(clips.slice(0, 3), { cache: false })).n).toBe(3);
  expect((await wave.embedText("piano", { cache: false })).n).toBe(1);
});

test("a cache folder that went away costs nothing but time", async () => {
  await rm(ownCache.folder, { recursive: true, force: true });
  expect((await tiny.embedAudio(tone(41, 1))).n).toBe(1);
  expect((await tiny.embedAudio(tone(41, 1))).n).toBe(1);
});
