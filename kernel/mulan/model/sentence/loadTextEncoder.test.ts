import { readFileSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ModelCopy, TINY, useOwnCacheFolder, WAVE } from "../../../../test/support/models.ts";
import { dotOfRows } from "../../embedding/dot.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { sharedInference } from "../inference/inference.ts";
import { loadTextEncoder } from "./loadTextEncoder.ts";
import type { TextPooling } from "./poolTokens.ts";

const FOLDER = join(packageRoot, "test/fixtures/models/sentence");
const LAYERED = join(FOLDER, "layered");

/** An ONNX file with an input of strings, "inputs", and one float32 output. */
const STRING_GRAPH = Buffer.from(
  "CAgSADpwCh0KBmlucHV0cxIBbiIQU3RyaW5nTm9ybWFsaXplcgodCgFuEgdvdXRwdXRzIgRDYXN0KgkKAnRvGAGgAQISAWdaFQoGaW5wdXRzEgsKCQgIEgUKAxIBbmIWCgdvdXRwdXRzEgsKCQgBEgUKAxIBbkIECgAQEQ==",
  "base64",
);

/** What sentence-transformers says of the same folders (test/reference/sentence_fixtures.py). */
const golden = JSON.parse(
  readFileSync(join(packageRoot, "test/goldens/model/sentence.json"), "utf8"),
) as {
  texts: string[];
  poolings: Record<TextPooling, number[][]>;
  dense: number[][];
  embedded: number[][];
};

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

function leastCosine(rows: Float32Array, expected: readonly (readonly number[])[]): number {
  const dim = expected[0]!.length;
  return Math.min(
    ...expected.map((values, i) => {
      const row = Float32Array.from(values);
      return dotOfRows(rows.subarray(i * dim, (i + 1) * dim), row) / Math.sqrt(dotOfRows(row, row));
    }),
  );
}

async function edited(name: string, change: (json: Record<string, unknown>) => unknown) {
  const copy = await ModelCopy.of(LAYERED);
  const before = JSON.parse(await readFile(copy.path(name), "utf8"));
  await writeFile(copy.path(name), JSON.stringify(change(before) ?? before));
  return copy;
}

describe("embeddings are those of sentence-transformers", () => {
  test("as the folder says: mean, then length 1; a text that is too long is cut alike", async () => {
    await using encoder = await loadTextEncoder(LAYERED);
    const { data, modelId, dim } = await encoder.embedText(golden.texts, { cache: false });
    expect(leastCosine(data, golden.poolings.mean)).toBeGreaterThan(0.99999);
    expect({ modelId, dim }).toEqual({ modelId: "layered", dim: 24 });
    expect(encoder.describe()).toMatchObject({ pooling: "mean", maxTokens: 20, maxBatch: 16 });
  });

  test.each(Object.keys(golden.poolings) as TextPooling[])("with pooling %s", async (pooling) => {
    await using encoder = await loadTextEncoder(LAYERED, { pooling });
    const { data } = await encoder.embedText(golden.texts, { cache: false });
    expect(leastCosine(data, golden.poolings[pooling])).toBeGreaterThan(0.99999);
    expect(encoder.id).toBe(`layered (${pooling})`);
  });

  test("with a dense layer after the pooling", async () => {
    await using copy = await ModelCopy.of(join(FOLDER, "dense"));
    await mkdir(copy.path("onnx"));
    await cp(join(LAYERED, "onnx/model.onnx"), copy.path("onnx/model.onnx"));
    await using encoder = await loadTextEncoder(copy.folder);
    const { data } = await encoder.embedText(golden.texts, { cache: false });
    expect(encoder.dim).toBe(10);
    expect(leastCosine(data, golden.dense)).toBeGreaterThan(0.99999);
  });

  test("where the graph pools itself", async () => {
    await using encoder = await loadTextEncoder(join(FOLDER, "whole"));
    const { data } = await encoder.embedText(golden.texts, { cache: false });
    expect(encoder.describe().pooling).toBe("in the graph");
    expect(leastCosine(data, golden.poolings.mean)).toBeGreaterThan(0.99999);
  });

  test("as older files name the pooling, several ways side by side", async () => {
    await using copy = await edited("1_Pooling/config.json", () => ({
      word_embedding_dimension: 24,
      pooling_mode_cls_token: true,
      pooling_mode_mean_tokens: true,
      pooling_mode_max_tokens: false,
    }));
    await using encoder = await loadTextEncoder(copy.folder);
    const { data, dim } = await encoder.embedText(golden.texts, { cache: false });
    const both = golden.texts.map((_, i) => [
      ...golden.poolings.cls[i]!,
      ...golden.poolings.mean[i]!,
    ]);
    expect({ dim, pooling: encoder.describe().pooling }).toEqual({
      dim: 48,
      pooling: "cls + mean",
    });
    expect(leastCosine(data, both)).toBeGreaterThan(0.99999);
  });
});

test("a plain folder is pooled by the mean, and says so", async () => {
  await using copy = await ModelCopy.of(LAYERED);
  await rm(copy.path("modules.json"));
  await rm(copy.path("sentence_bert_config.json"));
  await using encoder = await loadTextEncoder(copy.folder);
  expect(String(encoder)).toContain("the folder says nothing about pooling");
  const { data } = await encoder.embedText(golden.texts, { cache: false });
  expect(leastCosine(data, golden.poolings.mean)).toBeGreaterThan(0.99999);
});

test.each([
  { kind: "masked", maxBatch: 16 },
  { kind: "not masked", maxBatch: 1 },
  // Ranges of int8 activations are taken over the whole batch: a neighbour would change the result.
  { kind: "int8 activations", maxBatch: 1 },
])("a text has the same embedding alone as in any batch ($kind)", async ({ kind, maxBatch }) => {
  await using copy = await ModelCopy.of(kind === "not masked" ? TINY : LAYERED);
  const graphs: Record<string, [string, string]> = {
    "not masked": [join(WAVE, "text.onnx"), "model.onnx"],
    "int8 activations": [join(FOLDER, "quantised/model.onnx"), "onnx/model.onnx"],
  };
  const [from, to] = graphs[kind] ?? [];
  if (from && to) await cp(from, copy.path(to));
  await using encoder = await loadTextEncoder(copy.folder);
  expect(encoder.describe().maxBatch).toBe(maxBatch);
  const together = await encoder.embedText(golden.texts, { cache: false });
  for (const text of golden.texts) {
    const alone = await encoder.embedText(text, { cache: false });
    alone.data.forEach((value, j) => {
      expect(Math.abs(value - together.row(text)[j]!)).toBeLessThan(1e-5);
    });
  }
});

test("the embedded sentence model comes out of the text tower's own file", async () => {
  await using encoder = await loadTextEncoder();
  expect({ id: encoder.id, dim: encoder.dim }).toEqual({ id: "all-MiniLM-L6-v2", dim: 384 });
  const texts = ["a happy person", "a very happy person", "an old locomotive"];
  const rows = await encoder.embedText(texts, { cache: false });
  const near = dotOfRows(rows.row(0), rows.row(1));
  const far = dotOfRows(rows.row(0), rows.row(2));
  expect(near).toBeGreaterThan(0.8);
  expect(far).toBeLessThan(0.3);
  const some = await encoder.embedText(golden.texts.slice(0, 3), { cache: false });
  expect(leastCosine(some.data, golden.embedded)).toBeGreaterThan(0.9999);
});

test("length and lower case are those of sentence_bert_config.json", async () => {
  await using copy = await edited("sentence_bert_config.json", () => ({
    max_seq_length: 8,
    do_lower_case: true,
  }));
  const path = copy.path("tokenizer.json");
  const tokenizer = JSON.parse(await readFile(path, "utf8"));
  tokenizer.normalizer.lowercase = false;
  await writeFile(path, JSON.stringify(tokenizer));
  await using encoder = await loadTextEncoder(copy.folder);
  expect(encoder.describe().maxTokens).toBe(8);
  const { data } = await encoder.embedText("PIANO", { cache: false });
  expect(leastCosine(data, golden.poolings.mean.slice(0, 1))).toBeGreaterThan(0.99999);
});

test("without a length of its own a text may be as long as there are positions", async () => {
  await using copy = await edited("tokenizer_config.json", (json) => ({
    ...json,
    model_max_length: 1e30,
  }));
  await using bert = await loadTextEncoder(copy.folder);
  expect(bert.describe().maxTokens).toBe(40);
  const config = JSON.parse(await readFile(copy.path("config.json"), "utf8"));
  const roberta = { ...config, model_type: "xlm-roberta", pad_token_id: 1 };
  await writeFile(copy.path("config.json"), JSON.stringify(roberta));
  await using shifted = await loadTextEncoder(copy.folder);
  expect(shifted.describe().maxTokens).toBe(38);
});

test("the folder's prompt stands before every text", async () => {
  await using copy = await edited("config_sentence_transformers.json", (json) => ({
    ...json,
    prompts: { query: "slow " },
    default_prompt_name: "query",
  }));
  await using encoder = await loadTextEncoder(copy.folder);
  await using plain = await loadTextEncoder(LAYERED);
  const said = await encoder.embedText("piano music", { cache: false });
  const meant = await plain.embedText("slow piano music", { cache: false });
  expect(said.data).toEqual(meant.data);
  await expect(encoder.embedText(" ")).rejects.toMatchObject({ code: "text.empty" });
});

describe("what cannot be used is said", () => {
  test("a folder without a graph or without a tokenizer", async () => {
    await using copy = await ModelCopy.of(LAYERED);
    await rm(copy.path("tokenizer.json"));
    await expect(loadTextEncoder(copy.folder)).rejects.toMatchObject({ code: "model.tokenizer" });
    await rm(copy.path("onnx"), { recursive: true });
    await expect(loadTextEncoder(copy.folder)).rejects.toThrow("expected model.onnx");
    await expect(loadTextEncoder(copy.path("none"))).rejects.toThrow("does not exist");
  });

  test("a module and a pooling that are not known", async () => {
    await using odd = await edited("modules.json", (list) => {
      (list as unknown as { type: string }[])[2]!.type = "sentence_transformers.models.LSTM";
    });
    await expect(loadTextEncoder(odd.folder)).rejects.toThrow(
      '"sentence_transformers.models.LSTM"',
    );
    await using pooling = await edited("1_Pooling/config.json", () => ({ pooling_mode: "median" }));
    await expect(loadTextEncoder(pooling.folder)).rejects.toThrow("got median");
    const asked = { pooling: "median" as TextPooling };
    await expect(loadTextEncoder(LAYERED, asked)).rejects.toMatchObject({
      code: "encoder.pooling",
    });
    await expect(loadTextEncoder(undefined, { pooling: "cls" })).rejects.toThrow(
      "last_hidden_state",
    );
  });

  test("a tokenizer of another model, and a graph that is none", async () => {
    await using copy = await ModelCopy.of(LAYERED);
    const path = copy.path("tokenizer.json");
    const tokenizer = JSON.parse(await readFile(path, "utf8"));
    tokenizer.model.vocab.zither = 4000;
    await writeFile(path, JSON.stringify(tokenizer));
    await expect(loadTextEncoder(copy.folder)).rejects.toThrow("ids up to 4000");
    await writeFile(copy.path("onnx/model.onnx"), "no graph");
    await expect(loadTextEncoder(copy.folder)).rejects.toMatchObject({ code: "model.graph" });
  });

  test("a graph that splits texts itself, as Universal Sentence Encoder's does", async () => {
    await using copy = await ModelCopy.of(LAYERED);
    await writeFile(copy.path("onnx/model.onnx"), STRING_GRAPH);
    const loading = loadTextEncoder(copy.folder);
    await expect(loading).rejects.toMatchObject({ code: "model.text-input" });
    await expect(loading).rejects.toThrow('"inputs" (string)');
  });

  test("an encoder that was disposed of", async () => {
    const encoder = await loadTextEncoder(LAYERED);
    await encoder.dispose();
    await expect(encoder.embedText("piano")).rejects.toMatchObject({ code: "model.disposed" });
  });
});
