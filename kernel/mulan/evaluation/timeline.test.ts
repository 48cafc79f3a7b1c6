import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Embeddings } from "../embedding/embeddings.ts";
import { clipCalled, letterModel } from "./letterModel.testkit.ts";
import { timeline, type WindowedTowers } from "./timeline.ts";

/** The letter model, hearing a clip word by word: each word is a window of one second. */
function wordModel(): WindowedTowers & { readonly asked: string[][] } {
  const model = letterModel();
  return {
    ...model,
    manifest: {
      audio: {
        frontEnd: { sampleRateHz: 10 },
        windows: { lengthSamples: 10, hopSamples: 10, padding: "zeros", lastWindow: "pad" },
      },
    },
    async embedAudio(clips, options) {
      const whole = await model.embedAudio(clips, options);
      const words = whole.labels[0]!.split(" ");
      const rows = await model.embedText(words);
      return Embeddings.from({
        data: whole.data,
        dim: whole.dim,
        labels: whole.labels,
        sources: whole.sources,
        modality: "audio",
        modelId: whole.modelId,
        windows: {
          // Twice as long as they should be: some models leave their windows unscaled.
          data: rows.data.map((value) => 2 * value),
          offsets: Uint32Array.of(0, words.length),
          startSec: Float32Array.from(words, (_, i) => 7 + i),
          durationSec: Float32Array.from(words, (_, i) => (i === words.length - 1 ? 0.4 : 1)),
        },
      });
    },
  };
}

test("each prompt has a cosine with each window and with the whole clip", async () => {
  const result = await timeline(wordModel(), clipCalled("piano drums"), ["drums", "piano"]);
  const rounded = Array.from(result.cosines, (value) => Number(value.toFixed(2)));
  expect(rounded[1]).toBe(1);
  expect(rounded[2]).toBe(1);
  expect(rounded[0]).toBeLessThan(0.5);
  expect(result.scores.length).toBe(2);
  expect(result.scores[0]).toBeGreaterThan(rounded[0]!);
  expect([...result.startSec]).toEqual([7, 8]);
  expect(result.windowSec).toBe(1);
});

test("embeddings that were made before need no audio tower", async () => {
  const model = wordModel();
  const made = await model.embedAudio(clipCalled("piano drums"));
  const before = model.asked.length;
  await timeline(model, made, "drums");
  expect(model.asked.slice(before)).toEqual([["drums"]]);
});

test("a prompt that is there twice has one lane", async () => {
  const result = await timeline(wordModel(), clipCalled("piano"), ["drums", "drums"]);
  expect(result.prompts).toEqual(["drums"]);
});

test("several clips, no prompts and missing windows are refused in words", async () => {
  const model = wordModel();
  const two = await letterModel().embedAudio([clipCalled("a"), clipCalled("b")]);
  const bare = await letterModel().embedAudio(clipCalled("a"));
  await expect(timeline(model, two, "x")).rejects.toMatchObject({ code: "timeline.one-clip" });
  await expect(timeline(model, bare, "x")).rejects.toMatchObject({ code: "timeline.no-windows" });
  await expect(timeline(model, clipCalled("a"), [])).rejects.toMatchObject({
    code: "prompts.empty",
  });
});

test("says itself in a few lines", async () => {
  const result = await timeline(wordModel(), clipCalled("piano drums"), ["drums"]);
  expect(inspect(result)).toContain("1 prompts × 2 windows of 1.0 s");
  expect(String(result)).toMatch(/drums: clip 0\.\d{3}, highest 1\.000 from 8\.0 s/);
});
