import { readFileSync } from "node:fs";
import { readFile, rename, symlink, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ModelCopy, TINY, useOwnCacheFolder, WAVE } from "../../../test/support/models.ts";
import { packageRoot } from "../foundation/packageRoot.ts";
import { load } from "./load.ts";

let cache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  cache = await useOwnCacheFolder();
});
afterAll(() => cache[Symbol.asyncDispose]());

const golden = JSON.parse(
  readFileSync(join(packageRoot, "test/goldens/model/tiny.json"), "utf8"),
) as { texts: string[]; textEmbeddings: number[][] };

/** What loading a broken copy says. */
async function refusal(breakIt: (copy: ModelCopy) => Promise<void>, fixture = TINY) {
  await using copy = await ModelCopy.of(fixture);
  await breakIt(copy);
  const thrown: unknown = await load(copy.folder, { device: "cpu" }).catch(
    (error: unknown) => error,
  );
  return (thrown as Error).message ?? "it loaded";
}

test("a sound model loads, describes itself and shows itself as a card", async () => {
  await using model = await load(TINY, { device: "cpu" });
  expect(model).toMatchObject({ id: "tiny@1", dim: 12 });
  expect(model.describe()).toMatchObject({
    kind: "model",
    device: { asked: "cpu", used: "cpu", refused: [] },
    audio: { sampleRateHz: 8000, windowSec: 1 },
    health: { faults: [] },
  });
  expect(inspect(model)).toMatch(/tiny.*12 dimensions[\s\S]*device {2}cpu[\s\S]*health {2}sound/);
  expect(() => structuredClone(model.describe())).not.toThrow();
});

test("the manifest file itself names its model", async () => {
  await using model = await load(join(WAVE, "mulan.json"), { device: "cpu" });
  expect(model.id).toBe("wave@1");
});

test("texts get the embeddings that Python's tokenizers and ONNX Runtime give them", async () => {
  await using model = await load(TINY, { device: "cpu" });
  const { data } = await model.embedText(golden.texts, { cache: false });
  golden.textEmbeddings.flat().forEach((value, i) => {
    expect(data[i]).toBeCloseTo(value, 5);
  });
});

test("progress names each step and ends complete", async () => {
  const steps: { label: string; done: number; total: number }[] = [];
  await using _ = await load(TINY, { device: "cpu", onProgress: (step) => steps.push(step) });
  expect(steps.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4]);
  expect(steps.at(-1)).toMatchObject({ done: 4, total: 4 });
});

test("an aborted load rejects", async () => {
  await expect(load(TINY, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
});

test("a folder that does not exist is named, with the remedy", async () => {
  await expect(load("no/such/folder")).rejects.toThrow(
    /no\/such\/folder: does not exist.*mulan\.json.*embedded/,
  );
});

test("a folder without a manifest is named", async () => {
  await expect(load(join(packageRoot, "kernel"))).rejects.toThrow(
    /kernel: .*expected mulan\.json, or an audio and a text tower.*no \.onnx file/,
  );
});

test("a forgotten await is named", async () => {
  await expect(load(Promise.resolve("x") as unknown as string)).rejects.toThrow(/await/);
});

test.each<[string, RegExp, (copy: ModelCopy) => Promise<void>]>([
  [
    "that is not JSON",
    /mulan\.json: the manifest is not JSON/,
    (copy) => writeFile(copy.path("mulan.json"), "{"),
  ],
  [
    "without dim",
    /field "dim".*expected number, got nothing/,
    (copy) =>
      copy.edit((m) => {
        delete m.dim;
      }),
  ],
  [
    "with a negative dim",
    /field "dim".*got -3/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m, { dim: -3 });
      }),
  ],
  [
    "of a later format",
    /field "format".*"mulan\/1".*"mulan\/9"/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m, { format: "mulan/9" });
      }),
  ],
  [
    "with a misspelt field",
    /field "audio\.frontEnd\.nMel".*no such field/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m.audio!.frontEnd as object, { nMel: 3 });
      }),
  ],
  [
    "with an unknown mel scale",
    /field "audio\.frontEnd\.melScale".*"htk" or "slaney".*"bark"/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m.audio!.frontEnd as object, { melScale: "bark" });
      }),
  ],
  [
    "that leads out of its folder",
    /field "text\.file".*inside the model's folder.*secret/,
    (copy) =>
      copy.edit((m) => {
        m.text!.file = "../secret.onnx";
      }),
  ],
  [
    "that does not list a file",
    /uses "text\.onnx" but does not list it/,
    (copy) =>
      copy.edit((m) => {
        delete m.files["text.onnx"];
      }),
  ],
])("a manifest %s is refused by file and field", async (_, message, breakIt) => {
  expect(await refusal(breakIt)).toMatch(message);
});

test.each<[string, RegExp, (copy: ModelCopy) => Promise<void>]>([
  [
    "a missing file",
    /audio\.onnx: a file of the model is missing.*4939 bytes/,
    (copy) => unlink(copy.path("audio.onnx")),
  ],
  [
    "another file than listed",
    /tokenizer\.json: .*not the one.*expected sha256.*got sha256/,
    (copy) => writeFile(copy.path("tokenizer.json"), "{}"),
  ],
  [
    "a truncated file",
    /text\.onnx: .*4623 bytes, got sha256.*1000 bytes/,
    (copy) => truncate(copy.path("text.onnx"), 1000),
  ],
  [
    "a link out of the folder",
    /text\.onnx: .*leads out of its folder/,
    async (copy) => {
      await unlink(copy.path("text.onnx"));
      await symlink(join(TINY, "text.onnx"), copy.path("text.onnx"));
    },
  ],
])("a model with %s is refused by its path", async (_, message, breakIt) => {
  expect(await refusal(breakIt)).toMatch(message);
});

test.each<[string, RegExp, (copy: ModelCopy) => Promise<void>]>([
  [
    "a truncated graph whose sha256 is listed",
    /audio\.onnx: this is not a whole ONNX file.*ends at byte 2500, needs 4933.*export the file again/,
    async (copy) => {
      await copy.replace("audio.onnx", (await readFile(copy.path("audio.onnx"))).subarray(0, 2500));
    },
  ],
  [
    "a graph that is text",
    /text\.onnx: this is not a whole ONNX file/,
    (copy) => copy.replace("text.onnx", Buffer.from("<html>404</html>")),
  ],
  [
    "a wrong input name",
    /audio\.onnx: the graph has no input "mels" \(expected "mel", got "mels" in mulan\.json/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m.audio!.input as object, { name: "mels" });
      }),
  ],
  [
    "a wrong output name",
    /text\.onnx: the graph has no output "pooled" \(expected "embeds"/,
    (copy) =>
      copy.edit((m) => {
        m.text!.output = { name: "pooled" };
      }),
  ],
  [
    "an input that nothing feeds",
    /does not name the input "attention_mask"/,
    (copy) =>
      copy.edit((m) => {
        m.text!.inputs = { ids: "input_ids" };
      }),
  ],
  [
    "a wrong dim",
    /dim 13.*\[batch, 12\] in the graph/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m, { dim: 13 });
      }),
  ],
  [
    "too few axes",
    /the input "mel" has other axes \(expected 3 axes.*\[batch, 1, frames, 16\]/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m.audio!.input as object, { layout: ["batch", "frame", "mel"] });
      }),
  ],
  [
    "another number of mel bands",
    /audio\.onnx/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m.audio!.frontEnd as object, { nMels: 20 });
      }),
  ],
  [
    "a tokenizer that is not one",
    /tokenizer\.json: the tokenizer cannot be used/,
    (copy) => copy.replace("tokenizer.json", Buffer.from("{}")),
  ],
  [
    "no room for any token",
    /no token of a text would fit/,
    (copy) =>
      copy.edit((m) => {
        Object.assign(m.text!.tokenizer as object, { maxTokens: 2 });
      }),
  ],
])("a model with %s is refused with what was expected", async (_, message, breakIt) => {
  expect(await refusal(breakIt)).toMatch(message);
});

test.each<[string, RegExp, (copy: ModelCopy) => Promise<void>]>([
  [
    "a collapsed text tower",
    /all texts get nearly the same embedding \(cosines of 5 unlike texts 0\.99/,
    (copy) => copy.replaceText("text-collapsed.onnx"),
  ],
  ["a tower that puts out NaN", /NaN or infinity/, (copy) => copy.replaceText("text-nan.onnx")],
  [
    "a tokenizer with more words than its tower",
    /tokenizer does not belong to the text tower.*ids up to/,
    (copy) => copy.replaceText("text-small-table.onnx"),
  ],
  [
    "a tokenizer that knows none of the words",
    /knows no word of 5 plain texts/,
    async (copy) => {
      const tokenizer = await readFile(copy.path("tokenizer.json"), "utf8");
      const foreign = tokenizer.replace(/"([a-z]+)": (\d+)(,?)$/gm, '"$1xx": $2$3');
      await copy.replace("tokenizer.json", Buffer.from(foreign));
    },
  ],
])("the health check refuses %s, with figures", async (_, message, breakIt) => {
  const said = await refusal(breakIt);
  expect(said).toMatch(message);
  expect(said).toMatch(/force: true/);
});

test("force uses a broken model all the same, and the card says so", async () => {
  await using copy = await ModelCopy.of(TINY);
  await copy.replaceText("text-collapsed.onnx");
  await using model = await load(copy.folder, { device: "cpu", force: true });
  expect(model.describe().health.faults).toHaveLength(1);
  expect(inspect(model)).toMatch(/BROKEN, used by force/);
});

test("a precision chooses its variant, whose siblings need not be there", async () => {
  await using copy = await ModelCopy.of(TINY);
  await copy.edit(({ text, files }) => {
    Object.assign(text!, { precision: "fp32", variants: { int8: "text-int8.onnx" } });
    files["text-int8.onnx"] = files["text.onnx"];
  });
  await rename(copy.path("text.onnx"), copy.path("text-int8.onnx"));
  await using model = await load(copy.folder, { device: "cpu", precision: "int8" });
  expect(model.describe().text.precision).toBe("int8");
  await expect(load(copy.folder, { device: "cpu" })).rejects.toThrow(/text\.onnx: .*missing/);
  await expect(load(copy.folder, { precision: "fp16" })).rejects.toThrow(
    /tiny has no fp16 graphs \(expected auto, fp32, int8, got fp16\)/,
  );
});

test("a disposed model says so", async () => {
  const model = await load(TINY, { device: "cpu" });
  await model.dispose();
  await model.dispose();
  await expect(model.embedText("piano")).rejects.toThrow(/disposed.*Load it again/);
});
