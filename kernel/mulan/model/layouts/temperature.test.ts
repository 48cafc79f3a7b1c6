import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clapWith, LAYOUTS } from "../../../../test/support/layoutModels.ts";
import { ModelCopy, TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { node, opset } from "../../../../test/support/protobuf.ts";
import { V2Server } from "../../../../test/support/v2Server.ts";
import { draftModel } from "../addModel.ts";
import { sharedInference } from "../inference/inference.ts";
import { load } from "../load.ts";
import { ratio } from "./learnedScale.ts";

// The combined fixture multiplies its cosines by 1 / 0.07; config.json is made to say another start than that.
const COMBINED = join(LAYOUTS, "clap-one/model.onnx");
const CONFIG = JSON.stringify({ model_type: "clap", logit_scale_init_value: 20 });

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

async function copyOf(layout: string): Promise<ModelCopy> {
  const copy = await ModelCopy.of(join(LAYOUTS, layout));
  await writeFile(copy.path("config.json"), CONFIG);
  return copy;
}

const memos = () => readdir(join(ownCache.folder, "scale")).catch(() => [] as string[]);

test("two towers without a combined graph keep the config's initial temperature, and say that it is not learned", async () => {
  await using copy = await copyOf("clap");
  await using model = await load(copy.folder, { device: "cpu" });
  expect(model.describe()).toMatchObject({ temperature: 0.05, temperatureOrigin: "initial" });
  expect(String(model)).toMatch(/temperature 0\.0500 is config\.json's initial value, not learned/);
});

test("a combined graph that runs is asked for its learned temperature, once", async () => {
  await using copy = await copyOf("clap-one");
  for (const _ of ["measured", "remembered"]) {
    await using model = await load(copy.folder, { device: "cpu" });
    expect(model.describe().temperatureOrigin).toBe("measured");
    expect(model.describe().temperature).toBeCloseTo(0.07, 4);
    expect(String(model)).toContain("temperature 0.0700, measured in the graph");
    expect(await memos()).toHaveLength(1);
  }
});

test("a combined graph that lies beside two towers is asked as well", async () => {
  await using copy = await copyOf("clap");
  await copyFile(COMBINED, copy.path("onnx/model.onnx"));
  await using model = await load(copy.folder, { device: "cpu" });
  expect(model.describe()).toMatchObject({
    temperatureOrigin: "measured",
    audio: { file: "onnx/audio_model.onnx" },
  });
  expect(model.describe().temperature).toBeCloseTo(0.07, 4);
});

test("a combined graph that ONNX Runtime refuses keeps nobody from loading the two towers beside it", async () => {
  await using copy = await copyOf("clap");
  const foreign = Buffer.concat([node("Unheard", "my.lab"), opset(1, "my.lab")]);
  await writeFile(copy.path("onnx/model.onnx"), Buffer.concat([await readFile(COMBINED), foreign]));
  await using model = await load(copy.folder, { device: "cpu" });
  expect(model.describe().temperatureOrigin).toBe("initial");
});

test("a written manifest keeps a measured temperature, and what a person says comes first", async () => {
  await using copy = await copyOf("clap-one");
  const draft = await draftModel([copy.folder]);
  const measured = await draft.write({});
  expect(measured.temperature).toBeCloseTo(0.07, 4);
  expect(measured.temperatureOrigin).toBe("measured");
  const said = await draft.write({ temperature: 0.02 }, { replace: true });
  expect(said.temperature).toBe(0.02);
  expect(said.temperatureOrigin).toBeUndefined();
  await using model = await load(copy.folder, { device: "cpu" });
  expect(model.describe()).toMatchObject({ temperature: 0.02, temperatureOrigin: "stated" });
});

test("a combined graph on a server is asked there", async () => {
  await using copy = await copyOf("clap-one");
  await rm(copy.path("model.onnx"));
  await using server = await V2Server.start({ clap: COMBINED });
  await using model = await load({ server: server.url, model: "clap", folder: copy.folder });
  expect(model.describe().temperatureOrigin).toBe("measured");
  expect(model.describe().temperature).toBeCloseTo(0.07, 4);
});

test("without a config the temperature is assumed, with a manifest it is stated", async () => {
  await using copy = await clapWith("audio_model_fp16.onnx", "text_model_fp16.onnx");
  await writeFile(copy.path("config.json"), JSON.stringify({ model_type: "clap" }));
  await using assumed = await load(copy.folder, { device: "cpu" });
  expect(assumed.describe()).toMatchObject({ temperature: 0.07, temperatureOrigin: "assumed" });
  expect(String(assumed)).toContain("is assumed, not learned");
  await using stated = await load(TINY, { device: "cpu" });
  expect(stated.describe().temperatureOrigin).toBe("stated");
  expect(String(stated)).not.toContain("temperature");
});

test("logits that are no multiple of the cosines give no temperature", () => {
  const cosines = Float32Array.of(0.5, -0.2, 0.1, 0.3);
  const logits = (change: (cosine: number) => number) => Float32Array.from(cosines, change);
  expect(
    ratio(
      logits((cosine) => 14 * cosine),
      cosines,
    ),
  ).toBeCloseTo(14, 4);
  for (const change of [
    (cosine: number) => 14 * cosine - 3,
    (cosine: number) => -14 * cosine,
    () => Number.NaN,
  ]) {
    expect(ratio(logits(change), cosines)).toBeUndefined();
  }
  expect(ratio(new Float32Array(4), new Float32Array(4))).toBeUndefined();
});
