import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clapWith, LAYOUTS, madeSounds } from "../../../../test/support/layoutModels.ts";
import { useOwnCacheFolder } from "../../../../test/support/models.ts";
import { V2Server } from "../../../../test/support/v2Server.ts";
import { Clip } from "../../audio/clip.ts";
import type { Embeddings } from "../../embedding/embeddings.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { draftModel } from "../addModel.ts";
import { sharedInference } from "../inference/inference.ts";
import { load } from "../load.ts";

type Rows = Readonly<Record<string, readonly (readonly number[])[]>>;

/** Of Python's ONNX Runtime with the same files: test/reference/precision_fixtures.py. */
const golden = JSON.parse(
  readFileSync(join(packageRoot, "test/goldens/layouts/precisions.json"), "utf8"),
) as { readonly texts: readonly string[]; readonly audio: Rows; readonly text: Rows };

const CLIPS = madeSounds(48_000).map((sound, i) =>
  Clip.fromSamples(sound, 48_000, { label: `sound ${i}` }),
);

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

function cosines(rows: Embeddings, expected: readonly (readonly number[])[] = []): number[] {
  expect(rows.n).toBe(expected.length);
  return expected.map((row, i) => row.reduce((sum, value, j) => sum + value * rows.row(i)[j]!, 0));
}

test("4-bit towers embed as Python's ONNX Runtime does, about 0.99 close to the exact ones", async () => {
  await using copy = await clapWith("audio_model_q4.onnx", "text_model_q4.onnx");
  await using model = await load(copy.folder, { device: "cpu", precision: "q4" });
  const [audio, text] = [await model.embedAudio(CLIPS), await model.embedText(golden.texts)];
  expect(Math.min(...cosines(audio, golden.audio.q4))).toBeGreaterThan(0.999);
  expect(Math.min(...cosines(text, golden.text.q4))).toBeGreaterThan(0.999);
  const withExact = [...cosines(audio, golden.audio.fp32), ...cosines(text, golden.text.fp32)];
  // 0.9896 to 0.9925 were measured: sixteen steps a weight cost something, and not much.
  expect(Math.min(...withExact)).toBeGreaterThan(0.985);
  expect(Math.max(...withExact)).toBeLessThan(0.998);
  expect(model.describe()).toMatchObject({
    audio: { precision: "q4", file: "onnx/audio_model_q4.onnx" },
    text: { precision: "q4", file: "onnx/text_model_q4.onnx" },
  });
});

test.each([
  ["q4f16", "q4"],
  ["bnb4", "q4"],
  ["uint8", "int8"],
] as const)("an audio tower in %s runs under the precision %s", async (name, precision) => {
  const file = `audio_model_${name}.onnx`;
  await using copy = await clapWith(file, "text_model_q4.onnx");
  await using model = await load(copy.folder, { device: "cpu", precision });
  const rows = await model.embedAudio(CLIPS, { cache: false });
  expect(Math.min(...cosines(rows, golden.audio[name]))).toBeGreaterThan(0.999);
  expect(model.describe().audio).toMatchObject({ precision, file: `onnx/${file}` });
  expect(String(model)).toContain(`${precision} (onnx/${file})`);
});

test("of several files for one precision the better known is taken, and the others are named", async () => {
  const audio = ["q4", "q4f16", "bnb4", "uint8", "fp16"].map((name) => `audio_model_${name}.onnx`);
  await using copy = await clapWith(...audio, "text_model_q4.onnx");
  await using model = await load(copy.folder, { device: "cpu", precision: "q4" });
  expect(model.describe()).toMatchObject({
    audio: { file: "onnx/audio_model_q4.onnx" },
    unusedFiles: ["onnx/audio_model_bnb4.onnx", "onnx/audio_model_q4f16.onnx"],
  });
  expect(String(model)).toMatch(/unused\s+onnx\/audio_model_bnb4\.onnx, onnx\/audio_model_q4f16/);
  expect(Object.values(model.manifest.audio.variants ?? {})).toEqual(
    expect.arrayContaining(["onnx/audio_model_uint8.onnx", "onnx/audio_model_fp16.onnx"]),
  );
});

const HALVES = ["audio_model_fp16.onnx", "text_model_fp16.onnx"] as const;

test("towers with half-precision inputs and outputs embed as Python's ONNX Runtime does", async () => {
  await using copy = await clapWith(...HALVES);
  await using model = await load(copy.folder, { device: "cpu" });
  const rows = await model.embedAudio(CLIPS);
  expect(Math.min(...cosines(rows, golden.audio.fp16))).toBeGreaterThan(0.9999);
  const texts = await model.embedText(golden.texts);
  expect(Math.min(...cosines(texts, golden.text.fp16))).toBeGreaterThan(0.9999);
  expect(model.describe().health.faults).toEqual([]);
});

test("a manifest written for half-precision graphs holds, its files compared with their hashes", async () => {
  await using copy = await clapWith(...HALVES, "audio_model_q4.onnx", "audio_model_bnb4.onnx");
  const draft = await draftModel([copy.folder]);
  const { audio, unusedFiles } = await draft.write({});
  expect(unusedFiles).toEqual(["onnx/audio_model_bnb4.onnx"]);
  expect(audio.file).toBe("onnx/audio_model_fp16.onnx");
  await using model = await load(copy.folder, { device: "cpu" });
  const rows = await model.embedAudio(CLIPS, { cache: false });
  expect(Math.min(...cosines(rows, golden.audio.fp16))).toBeGreaterThan(0.9999);
});

test("half-precision graphs stand beside exact ones, and precision chooses", async () => {
  await using copy = await clapWith(...HALVES);
  await copy.put(join(LAYOUTS, "clap/onnx/audio_model.onnx"), "onnx/audio_model.onnx");
  await copy.put(join(LAYOUTS, "clap/onnx/text_model.onnx"), "onnx/text_model.onnx");
  await using exact = await load(copy.folder, { device: "cpu" });
  await using half = await load(copy.folder, { device: "cpu", precision: "fp16" });
  expect([exact, half].map((one) => one.describe().audio.precision)).toEqual(["fp32", "fp16"]);
  const rows = await exact.embedAudio(CLIPS);
  const close = cosines(
    await half.embedAudio(CLIPS),
    [...CLIPS.keys()].map((i) => [...rows.row(i)]),
  );
  expect(Math.min(...close)).toBeGreaterThan(0.999);
});

test.each([true, false])(
  "half-precision towers on a server embed as they do here (binary tensors: %s)",
  async (isBinary) => {
    await using copy = await clapWith(...HALVES);
    await using server = await V2Server.start(
      {
        clap_audio: copy.path("onnx/audio_model_fp16.onnx"),
        clap_text: copy.path("onnx/text_model_fp16.onnx"),
      },
      { isBinary },
    );
    await using model = await load({ server: server.url, model: "clap", folder: copy.folder });
    const rows = await model.embedAudio(CLIPS, { cache: false });
    expect(Math.min(...cosines(rows, golden.audio.fp16))).toBeGreaterThan(0.9999);
    const texts = await model.embedText(golden.texts, { cache: false });
    expect(Math.min(...cosines(texts, golden.text.fp16))).toBeGreaterThan(0.9999);
    expect(server.answered.every((one) => one.isBinary === isBinary)).toBe(true);
  },
);
