import { appendFile, cp, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ModelCopy, TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { externalTensor, node, opset } from "../../../../test/support/protobuf.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { sharedInference } from "../inference/inference.ts";
import { load } from "../load.ts";
import { unpackArchive } from "./unpackArchive.ts";

const LAYOUTS = join(packageRoot, "test/fixtures/models/layouts");
let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

async function editJson(path: string, change: (value: Record<string, unknown>) => void) {
  const value = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  change(value);
  await writeFile(path, JSON.stringify(value));
}

const preprocessor = "preprocessor_config.json";

test.each<[string, string, string, RegExp, (copy: ModelCopy) => Promise<unknown>]>([
  [
    "two candidate models",
    "muq",
    "model.layout",
    /more than one model.*expected one graph that is a text tower, got other\.onnx, text\.onnx/,
    (copy) => cp(copy.path("text.onnx"), copy.path("other.onnx")),
  ],
  [
    "no tokenizer",
    "clap",
    "model.tokenizer",
    /no tokenizer.*tokenizer\.json.*save_pretrained/,
    (copy) => rm(copy.path("tokenizer.json")),
  ],
  [
    "a sample rate that does not fit the window",
    "clap",
    "model.config",
    /preprocessor_config\.json: the sample rate.*expected a sampling_rate of 48000 Hz.*got 44100 Hz/,
    (copy) =>
      editJson(copy.path(preprocessor), (value) => Object.assign(value, { sampling_rate: 44_100 })),
  ],
  [
    "a sample rate below its own highest frequency",
    "clap",
    "model.config",
    /at least 28000 Hz/,
    (copy) =>
      editJson(copy.path(preprocessor), (value) =>
        Object.assign(value, { sampling_rate: 16_000, nb_max_samples: 160_000 }),
      ),
  ],
  [
    "another sample rate and no nb_max_samples",
    "clap",
    "model.config",
    /1001, 64\], got 919 frames \(sampling_rate 44100 × max_length_s 10, hop_length 480\)/,
    (copy) =>
      editJson(copy.path(preprocessor), (value) => {
        value.sampling_rate = 44_100;
        delete value.nb_max_samples;
      }),
  ],
  [
    "another number of mel bands",
    "clap",
    "model.config",
    /does not fit the audio tower.*got feature_size 128/,
    (copy) =>
      editJson(copy.path(preprocessor), (value) => Object.assign(value, { feature_size: 128 })),
  ],
  [
    "a Git LFS pointer in a graph's place",
    "muq",
    "model.graph",
    /text\.onnx: this is a Git LFS pointer.*git lfs pull/,
    (copy) =>
      writeFile(copy.path("text.onnx"), "version https://git-lfs.github.com/spec/v1\nsize 9\n"),
  ],
  [
    "an odd type in preprocessor_config.json",
    "clap",
    "model.config",
    /"hop_length" is wrong.*got "many"/,
    (copy) =>
      editJson(copy.path(preprocessor), (value) => Object.assign(value, { hop_length: "many" })),
  ],
  [
    "a fused checkpoint's config",
    "clap",
    "model.fused",
    /fused CLAP.*enable_fusion.*clap-htsat-unfused/,
    (copy) =>
      editJson(copy.path("config.json"), (value) => {
        value.audio_config = { enable_fusion: true };
      }),
  ],
  [
    "the fused way of cutting",
    "clap-one",
    "model.fused",
    /"truncation": "fusion"/,
    (copy) =>
      editJson(copy.path(preprocessor), (value) => Object.assign(value, { truncation: "fusion" })),
  ],
  [
    "weights that are missing",
    "muq",
    "model.external-data",
    /text\.onnx_data: the weights of text\.onnx are missing \(expected 4000 bytes/,
    (copy) => appendFile(copy.path("text.onnx"), externalTensor("w9", "text.onnx_data", 1000)),
  ],
  [
    "weights that are cut off",
    "muq",
    "model.external-data",
    /cut off \(expected at least 4000 bytes, got 100 bytes\)/,
    async (copy) => {
      await appendFile(copy.path("text.onnx"), externalTensor("w9", "text.onnx_data", 1000));
      await writeFile(copy.path("text.onnx_data"), Buffer.alloc(100));
    },
  ],
  [
    "weights outside the folder",
    "muq",
    "model.file-outside",
    /outside its folder/,
    (copy) => appendFile(copy.path("text.onnx"), externalTensor("w9", "../secret", 1000)),
  ],
  [
    "an opset of the future",
    "muq",
    "model.opset",
    /text\.onnx: this graph is newer than ONNX Runtime \(expected opset \d+ or older, got opset 99\).*opset_version=17/,
    (copy) => appendFile(copy.path("text.onnx"), opset(99)),
  ],
  [
    "a custom operator",
    "muq",
    "model.custom-op",
    /operators that ONNX Runtime does not have.*got my\.lab::FlashAttention9/,
    (copy) =>
      appendFile(
        copy.path("text.onnx"),
        Buffer.concat([node("FlashAttention9", "my.lab"), opset(1, "my.lab")]),
      ),
  ],
  [
    "half a graph",
    "muq",
    "model.graph",
    /text\.onnx: this is not a whole ONNX file.*ends at byte 20000/,
    async (copy) =>
      writeFile(
        copy.path("text.onnx"),
        (await readFile(copy.path("text.onnx"))).subarray(0, 20_000),
      ),
  ],
  [
    "3 GB in one protobuf",
    "muq",
    "model.graph-too-large",
    /no reader opens.*at most 2 GiB in one protobuf, got 3\.0 GiB.*save_as_external_data/,
    async (copy) => {
      // A sparse file: it takes no room on the disk.
      await using file = await open(copy.path("text.onnx"), "r+");
      await file.truncate(3 * 2 ** 30);
    },
  ],
  [
    "PyTorch weights only",
    "muq",
    "model.layout",
    /no \.onnx file.*PyTorch weights.*python:tower\.py/,
    async (copy) => {
      await rm(copy.path("text.onnx"));
      await rm(copy.path("audio.onnx"));
      await writeFile(copy.path("model.safetensors"), "");
    },
  ],
  [
    "an audio tower only",
    "muq",
    "model.layout",
    /no model that can be opened.*got audio\.onnx \(an audio tower\)/,
    (copy) => rm(copy.path("text.onnx")),
  ],
])("a folder with %s is refused in words", async (_, layout, code, message, breakIt) => {
  await using copy = await ModelCopy.of(join(LAYOUTS, layout));
  await breakIt(copy);
  const loaded = load(copy.folder, { device: "cpu" });
  await expect(loaded).rejects.toThrow(message);
  await expect(loaded).rejects.toMatchObject({ code });
});

test("a manifest.json with other things under known names is let be", async () => {
  await using copy = await ModelCopy.of(join(LAYOUTS, "muq"));
  const odd = {
    sample_rate: "24 kHz",
    dim: { audio: 32 },
    max_tokens: null,
    files: ["audio.onnx"],
  };
  for (const content of [JSON.stringify(odd), "[1, 2]"]) {
    await writeFile(copy.path("manifest.json"), content);
    await using model = await load(copy.folder, { device: "cpu" });
    expect(model.describe()).toMatchObject({ dim: 32, audio: { sampleRateHz: 24_000 } });
  }
});

test("weights beside the graph are part of a model's identity", async () => {
  await using copy = await ModelCopy.of(join(LAYOUTS, "muq"));
  await appendFile(copy.path("text.onnx"), externalTensor("w9", "text.onnx_data", 1000));
  const ids: string[] = [];
  for (const value of [0, 1]) {
    await writeFile(copy.path("text.onnx_data"), Buffer.alloc(4000, value));
    await using model = await load(copy.folder, { device: "cpu" });
    expect(Object.keys(model.manifest.files)).toContain("text.onnx_data");
    ids.push(model.id);
  }
  expect(ids[0]).not.toBe(ids[1]);
});

async function zipOf(files: Record<string, Uint8Array>): Promise<string> {
  const path = join(ownCache.folder, `archive-${Math.random().toString(36).slice(2)}.zip`);
  await mkdir(ownCache.folder, { recursive: true });
  await writeFile(path, zipSync(files, { level: 6 }));
  return path;
}

test("a model in a .zip, in a folder of its own, loads as the folder does", async () => {
  const files: Record<string, Uint8Array> = {};
  for (const name of ["audio.onnx", "text.onnx", "tokenizer.json", "mulan.json"]) {
    files[`my model/${name}`] = await readFile(join(TINY, name));
  }
  await using zipped = await load(await zipOf(files), { device: "cpu" });
  await using plain = await load(TINY, { device: "cpu" });
  expect([...(await zipped.embedText("piano")).data]).toEqual([
    ...(await plain.embedText("piano")).data,
  ]);
});

test("an unpacked layout is named after its archive", async () => {
  const folder = join(LAYOUTS, "muq");
  const files: Record<string, Uint8Array> = {};
  for (const name of ["audio.onnx", "text.onnx", "tokenizer.json"]) {
    files[name] = await readFile(join(folder, name));
  }
  await using model = await load(await zipOf(files), { device: "cpu" });
  expect(model.id).toMatch(/^archive-\w+@/);
});

test.each(["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "C:\\evil.txt", "..\\evil.txt"])(
  "an archive cannot write outside its folder: %s",
  async (name) => {
    const path = await zipOf({ [name]: Buffer.from("evil") });
    await expect(load(path)).rejects.toThrow(/would lie outside its folder/);
  },
);

test("an archive that unpacks to too much is stopped", async () => {
  const path = await zipOf({ "zeros.bin": new Uint8Array(2 << 20) });
  const limits = { maxBytes: 1 << 20, maxFiles: 10 };
  await expect(unpackArchive(path, undefined, limits)).rejects.toThrow(/unpacks to too much/);
  const many = await zipOf(
    Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}.txt`, new Uint8Array(1)])),
  );
  await expect(unpackArchive(many, undefined, limits)).rejects.toThrow(/more than 10 files/);
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ["cut off", (bytes) => bytes.subarray(0, bytes.length / 2)],
  ["no zip at all", () => Buffer.from("hello")],
])("an archive that is %s is named as such", async (_, damage) => {
  const path = await zipOf({ "audio.onnx": await readFile(join(TINY, "audio.onnx")) });
  await writeFile(path, damage(await readFile(path)));
  await expect(load(path)).rejects.toMatchObject({ code: "model.archive" });
});

test("an archive with one flipped bit is refused, whether its files are packed or stored", async () => {
  for (const level of [0, 6] as const) {
    const path = join(ownCache.folder, `flipped-${level}.zip`);
    const graph = await readFile(join(TINY, "audio.onnx"));
    const zipped = Buffer.from(zipSync({ "my/audio.onnx": graph }, { level }));
    await writeFile(path, zipped);
    await expect(unpackArchive(path)).resolves.toMatch(/unpacked/);
    const at = level === 0 ? 5000 : zipped.length - 200;
    zipped[at] = zipped[at]! ^ 1;
    await writeFile(path, zipped);
    const unpacked = unpackArchive(path);
    await expect(unpacked).rejects.toMatchObject({ code: "model.archive" });
    if (level === 0) await expect(unpacked).rejects.toThrow(/my\/audio\.onnx is damaged.*again/);
  }
});
