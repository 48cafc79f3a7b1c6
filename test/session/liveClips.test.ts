import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ClipFigure,
  decodeBase64,
  decodeFloat16,
  type TimelineFigure,
} from "../../kernel/mulan/figures/contract.ts";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: join(packageRoot, "samples/audio") });
let figure: ClipFigure;
let lanes: TimelineFigure;

async function figureOf<F>(code: string, mime: string): Promise<F> {
  const { events, errors } = await session.run(code);
  expect(errors).toEqual([]);
  const result = events.find((event) => event.type === "result");
  return result?.bundle[mime] as F;
}

async function numbers(code: string): Promise<number[]> {
  const { result } = await session.run(`JSON.stringify(Array.from(${code}))`);
  return JSON.parse(result!.replace(/^'|'$/g, "")) as number[];
}

beforeAll(async () => {
  figure = await figureOf(
    `const [clip] = await mulan.readAudio("06-chiptune.wav");
     const model = await mulan.load();
     clip`,
    "application/vnd.mulan.clip.v1+json",
  );
  lanes = await figureOf(
    `const made = await mulan.timeline(model, clip, ["drums", "solo piano"]);
     made`,
    "application/vnd.mulan.timeline.v1+json",
  );
});
afterAll(() => session[Symbol.asyncDispose]());

const ask = () => session.supervisor;

test("a clip's figure names a clip that the engine can play", async () => {
  const known = await ask().live("known", { clips: [figure.clip], model: lanes.model });
  expect(known).toEqual({ clips: true, model: true });
  expect(lanes.clip).toBe(figure.clip);
});

test("the windows are those that the model embeds", async () => {
  const windows = await ask().live("windows", { clip: figure.clip, model: null });
  const made = await numbers("(await model.embedAudio(clip)).windows.startSec");
  expect(windows.model).toBe(lanes.model);
  expect(windows.startSec.length).toBe(made.length);
  windows.startSec.forEach((startSec, i) => {
    expect(startSec).toBeCloseTo(made[i]!, 3);
  });
});

test("a window sounds as the model got it", async () => {
  const params = { clip: figure.clip, model: lanes.model!, index: 1 };
  const { sampleRateHz, channels, limit } = await ask().live("windowAudio", params);
  const expected = await numbers(
    `mulan.cutWindows(await clip.resampled(16000), 16000, model.manifest.audio.windows)[1].samples.slice(2000, 2010)`,
  );
  const bytes = decodeBase64(channels[0]!);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset);
  expect(sampleRateHz).toBe(16_000);
  expect(samples.length).toBe(47_616);
  expected.forEach((sample, i) => {
    expect((samples[2000 + i]! * limit) / 32767).toBeCloseTo(sample, 3);
  });
});

test("a part in detail has the same loudness as in the whole, whoever's mel bands it has", async () => {
  for (const model of [null, lanes.model]) {
    const common = { clip: figure.clip, model, maxPeaks: 100, maxFrames: 4096 };
    const whole = await ask().live("clipDetail", { ...common, startSec: 0, durationSec: 6 });
    const part = await ask().live("clipDetail", { ...common, startSec: 2, durationSec: 1 });
    const { nMels, hopSec } = whole.spectrogram;
    expect([part.spectrogram.nMels, part.spectrogram.hopSec]).toEqual([nMels, hopSec]);
    const offset = Math.round(2 / hopSec);
    const [all, some] = [whole, part].map(({ spectrogram }) => decodeBase64(spectrogram.values));
    // Frames of the part may lie half a hop beside those of the whole.
    let difference = 0;
    const n = Math.floor(1 / hopSec) - 1;
    for (let cell = 0; cell < n * nMels; cell++) {
      difference += Math.abs(some![cell]! - all![offset * nMels + cell]!) / (n * nMels);
    }
    expect(difference).toBeLessThan(12);
  }
});

test("a region that is selected in a figure is a clip of the notebook", async () => {
  const region = await ask().live("region", { clip: figure.clip, startSec: 1.5, durationSec: 2 });
  expect(region.label).toBe("06-chiptune 0:01.5–0:03.5");
  await ask().live("select", { clips: [figure.clip, region.clip] });
  const times = await numbers("mulan.selection.map((each) => [each.startSec, each.durationSec])");
  expect(times[1]).toEqual([1.5, 2]);
});

test("an embedded region has the cosine with its clip that a cell computes", async () => {
  const part = { clip: figure.clip, startSec: 1.5, durationSec: 3.5, model: null };
  const { cosineWithClip, dim } = await ask().live("embedRegion", part);
  const [expected] = await numbers(
    `mulan.similarity(await model.embedAudio(clip.excerpt({ startSec: 1.5, durationSec: 3.5 })), await model.embedAudio(clip)).values`,
  );
  expect(dim).toBe(128);
  expect(cosineWithClip).toBeCloseTo(expected!, 4);
});

test("a prompt typed into a timeline gets the lane that a cell would draw", async () => {
  const params = { text: "video game", clip: figure.clip, model: lanes.model! };
  const { cosines, score } = await ask().live("timelineRow", params);
  const made = await numbers(`(await mulan.timeline(model, clip, "video game")).cosines`);
  const [whole] = await numbers(`(await mulan.timeline(model, clip, "video game")).scores`);
  const lane = decodeFloat16(cosines);
  expect(lane.length).toBe(lanes.windows.startSec.length);
  lane.forEach((cosine, i) => {
    expect(cosine).toBeCloseTo(made[i]!, 3);
  });
  expect(score).toBeCloseTo(whole!, 4);
});

test("windows and parts that are not there are refused in words", async () => {
  const { clip } = figure;
  const model = lanes.model!;
  await expect(ask().live("windowAudio", { clip, model, index: 999 })).rejects.toThrow(
    "window 999",
  );
  await expect(ask().live("region", { clip, startSec: 1e6, durationSec: 1 })).rejects.toThrow(
    "after the sound's end",
  );
});
