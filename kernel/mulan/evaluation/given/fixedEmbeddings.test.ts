import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Embeddings } from "../../embedding/embeddings.ts";
import { saveEmbeddings } from "../../embedding/files/embeddingFiles.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { taggedDataset } from "../dataset.testkit.ts";
import { clipCalled } from "../letterModel.testkit.ts";
import { evaluateTagging } from "../tagging/evaluateTagging.ts";
import { zeroShot } from "../zeroShot.ts";
import { fixedEmbeddings } from "./fixedEmbeddings.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-given-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const audio = Embeddings.from({
  data: [
    [1, 0],
    [0, 1],
    [0.6, 0.8],
  ],
  labels: ["a", "b", "c"],
});
const text = Embeddings.from({
  data: [
    [1, 0],
    [0, 1],
  ],
  labels: ["piano", "drum"],
});
const dataset = taggedDataset([
  { id: "b", path: "/nowhere/b.mp3", tags: ["drum"] },
  { id: "a", path: "/nowhere/a.mp3", tags: ["piano"] },
  { id: "z", path: "/nowhere/z.mp3", tags: ["piano"] },
]);

test.each([".npz", ".safetensors", ".parquet"])(
  "embeddings in a %s file stand as a model, without a file of sound",
  async (suffix) => {
    const [audioFile, textFile] = [join(folder, `audio${suffix}`), join(folder, `text${suffix}`)];
    await saveEmbeddings(audio, audioFile);
    await saveEmbeddings(text, textFile);
    const report = await evaluateTagging({ audio: audioFile, text: textFile }, dataset);
    expect(report.items.map(({ id }) => id)).toEqual(["b", "a"]);
    expect([...report.scores]).toEqual([1, 0, 0, 1]);
    expect(report.failures[0]!.error.message).toMatch(/^z: the embeddings have no row for it/);
    expect(report.model).toMatchObject({
      id: "audio",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(report.conventions).toContain("embeddings of a file: rows for 2 of 3 items");
  },
);

test("a bare .npy matrix takes its ids and texts from beside it", async () => {
  const [audioFile, ids] = [join(folder, "x.npy"), join(folder, "ids.txt")];
  await saveEmbeddings(audio, audioFile);
  await writeFile(ids, "a\nb\nc\n");
  const given = { audio: audioFile, ids, text: text.select([0, 1]), texts: ["piano", "drum"] };
  const report = await evaluateTagging(given, dataset);
  expect(report.measures[0]!.value).toBe(1);
  await expect(evaluateTagging({ ...given, ids: ["a", "b"] }, dataset)).rejects.toThrow(
    /ids do not fit.*expected 3 of them.*got 2/,
  );
  await expect(evaluateTagging({ ...given, ids: ["a", "b", "a"] }, dataset)).rejects.toThrow(
    /"a" more than once/,
  );
});

test("rows are also found by the files that they were made of", async () => {
  const byPath = Embeddings.from({
    data: [
      [1, 0],
      [0, 1],
    ],
    labels: ["/far/away/a.mp3", "b.mp3"],
  });
  const model = await fixedEmbeddings({ audio: byPath, text });
  expect(model.rowsOf(dataset.items).kept).toEqual([0, 1]);
});

test("rows that only their places tell apart are refused, and it is said how rows are named", async () => {
  const bare = Embeddings.from({ data: audio.data, dim: 2 });
  const unnamed = evaluateTagging({ audio: bare, text, id: "mine" }, dataset);
  await expect(unnamed).rejects.toMatchObject({ code: "evaluation.ids" });
  await expect(unnamed).rejects.toThrow(/column or array called id, ids, .*--ids FILE/);
  const texts = Embeddings.from({ data: text.data, dim: 2 });
  await expect(evaluateTagging({ audio, text: texts }, dataset)).rejects.toThrow(/--texts FILE/);
});

test("rows that were found by anything but ids are told in the report", async () => {
  const paths = audio.labels.map((label) => `/far/away/${label}.mp3`);
  const { conventions } = await evaluateTagging({ audio, ids: paths, text }, dataset);
  expect(conventions).toContain("embeddings of a file: rows for 2 of 3 items");
  expect(conventions).toContain("rows found: 2 by end of the path");
});

test("one file may hold sounds, texts and both their names; ids may be an .npy", async () => {
  const both = join(packageRoot, "test", "fixtures", "embeddings", "both-parts.npz");
  const model = await fixedEmbeddings({ audio: both });
  expect([model.audio!.n, model.text!.labels]).toEqual([3, ["piano", "夜の海 🌊"]]);
  const ids = join(packageRoot, "test", "fixtures", "embeddings", "ids.npy");
  const named = await fixedEmbeddings({ audio, ids });
  expect(named.audio!.labels).toEqual(["9007199254740992", "9007199254740993", "7"]);
});

test("texts are found beside ids, too", async () => {
  const sources = ["piano", "drum"];
  const byId = Embeddings.from({ data: text.data, dim: 2, labels: ["t1", "t2"], sources });
  const model = await fixedEmbeddings({ audio, text: byId });
  expect((await model.embedText(["drum", "t1"])).row(0)).toEqual(text.row("drum"));
});

test("clips that have no row are refused with the reason", async () => {
  const model = await fixedEmbeddings({ audio, text });
  const unknown = clipCalled("nobody");
  await expect(zeroShot(model, unknown, ["drum"])).rejects.toThrow(
    /^nobody: the embeddings have no/,
  );
  const several = zeroShot(model, [unknown, clipCalled("no")], ["drum"]);
  await expect(several).rejects.toMatchObject({ code: "embed.all-failed" });
  const one = await zeroShot(model, [unknown, clipCalled("a")], ["drum"]);
  expect(one.clips).toEqual(["a"]);
});

test("rows that are not of length 1 are scaled, with a warning", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const long = Embeddings.from({
    data: [
      [3, 4],
      [0, 1],
    ],
    labels: ["a", "b"],
  });
  const report = await evaluateTagging({ audio: long, text, id: "mine" }, dataset);
  expect(report.conventions.at(-1)).toMatch(/not of length 1 \(1.000 to 5.000\): scaled/);
  expect(warn).toHaveBeenCalledOnce();
});

test("a live prompt is refused with the reason", async () => {
  const model = await fixedEmbeddings({ audio, text, id: "mine" });
  const asked = evaluateTagging(model, dataset, { prompts: "{} music" });
  await expect(asked).rejects.toMatchObject({ code: "evaluation.no-text-tower" });
  await expect(asked).rejects.toThrow(
    /mine: this text has no embedding here.*"piano", "drum".*got "drum music" and 1 more.*no text tower, so live prompts are off/,
  );
  expect(model.noLivePrompts).toMatch(/without a text tower/);
});

test("two files of different lengths or models do not fit", async () => {
  const three = Embeddings.from({ data: [[1, 0, 0]], labels: ["piano"] });
  await expect(fixedEmbeddings({ audio, text: three })).rejects.toThrow(/different lengths/);
  const one = Embeddings.from({ data: [[1, 0]], modelId: "one" });
  const other = Embeddings.from({ data: [[1, 0]], modelId: "other" });
  await expect(fixedEmbeddings({ audio: one, text: other })).rejects.toThrow(/"one" and "other"/);
  await expect(fixedEmbeddings({})).rejects.toThrow(/no embeddings to evaluate/);
});

test("they stand as a model for zero-shot scores of clips as well", async () => {
  const model = await fixedEmbeddings({ audio, text });
  const result = await zeroShot(model, [clipCalled("c"), clipCalled("a")], ["drum", "piano"]);
  expect(result.ranking("c")[0]!.label).toBe("drum");
  expect(result.ranking("a")[0]!.label).toBe("piano");
});
