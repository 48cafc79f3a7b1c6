import { expect, test } from "vitest";
import type { AudioRef } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import type { EmbeddingSource } from "../../embedding/source.ts";
import { matchRefs } from "./matchRefs.ts";

const embeddings = (labels: readonly string[], sources?: readonly EmbeddingSource[]) =>
  Embeddings.from({ data: labels.map(() => [1]), labels, ...(sources && { sources }) });
const refs = (...paths: readonly string[]): AudioRef[] =>
  paths.map((path) => ({ id: path, path: `/here/set/${path}` }));
/** The row, or why there is none. */
const found = (rows: Embeddings, items: readonly AudioRef[]) =>
  matchRefs(rows, items).map((match) => ("why" in match ? match.why : match.row));

const genres = ["blues/00.wav", "rock/00.wav", "blues/01.wav", "rock/01.wav"];

test.each([
  ["another machine", (path: string) => `/data/gtz/${path}`],
  ["Windows", (path: string) => `D:\\data\\${path.replace("/", "\\")}`],
  ["another format", (path: string) => `features/${path.replace(".wav", ".npy")}`],
  ["names without endings", (path: string) => path.replace(".wav", "")],
])("paths of %s are told apart by their longest common end", (_, elsewhere) => {
  const rows = embeddings([...genres].reverse().map(elsewhere));
  expect(found(rows, refs(...genres))).toEqual([3, 2, 1, 0]);
});

test("an exact id wins item by item, whatever other ways would find", () => {
  const rows = embeddings(["blues/00.wav", "rock/00.wav", "zz-blues/01.wav", "zz-rock/01.wav"]);
  expect(found(rows, refs(...genres))).toEqual([0, 1, "several", "several"]);
});

test("a file name that several rows have, or several sounds, names nothing", () => {
  expect(found(embeddings(["a/00.wav", "b/00.wav"]), refs("00.wav"))).toEqual(["several"]);
  expect(found(embeddings(["00.wav"]), refs(...genres.slice(0, 2)))).toEqual(["taken", "taken"]);
});

test("a row goes to the sound that has more in common with it", () => {
  const rows = embeddings(["/data/gtz/blues/00.wav"]);
  expect(found(rows, refs("rock/00.wav", "blues/00.wav"))).toEqual(["taken", 0]);
  expect(found(embeddings(["x.mp3"]), refs("x.wav", "x.mp3"))).toEqual(["taken", 0]);
});

test("a label that two rows have names neither", () => {
  expect(found(embeddings(["a.wav", "a.wav", "b.wav"]), refs("a.wav", "b.wav"))).toEqual([
    "several",
    2,
  ]);
});

test("a file may be called as the id", () => {
  const items = [{ id: "1000100", path: "/here/1000100.2min.mp3" }];
  expect(found(embeddings(["1000100.mp3"]), items)).toEqual([0]);
  expect(found(embeddings(["1000100.2min"]), items)).toEqual([0]);
});

const excerpt = (path: string, startSec: number, durationSec = 10) => ({
  label: "a",
  path,
  startSec,
  durationSec,
});
const part = (path: string, startSec?: number, durationSec?: number): AudioRef => ({
  id: `${path} ${startSec}`,
  path,
  ...(startSec !== undefined && { startSec }),
  ...(durationSec !== undefined && { durationSec }),
});

test("parts of one file have the rows of those parts", () => {
  const sources = [0, 10, 20].flatMap((sec) => [
    excerpt("/x/a.wav", sec),
    excerpt("/x/b.wav", sec),
  ]);
  const rows = embeddings(
    sources.map(({ startSec }, i) => `row ${i} ${startSec}`),
    sources,
  );
  const asked = [part("/x/a.wav", 10, 10), part("/x/b.wav", 0, 10), part("/x/b.wav", 20.001, 10)];
  expect(found(rows, asked)).toEqual([2, 1, 5]);
  expect(found(rows, [part("/y/x/a.wav", 20, 10), part("/x/a.wav", 5, 10)])).toEqual([
    4,
    "another part",
  ]);
  expect(found(rows, [part("/x/a.wav")])).toEqual(["another part"]);
});

test("a part that runs past the end of its file has the row that ends there", () => {
  const rows = embeddings(["0", "1"], [excerpt("/x/a.wav", 0), excerpt("/x/a.wav", 10, 4.5)]);
  expect(found(rows, [part("/x/a.wav", 10, 10)])).toEqual([1]);
  expect(found(rows, [part("/x/a.wav", 10)])).toEqual([1]);
  expect(found(rows, [part("/x/a.wav", 0, 20)])).toEqual(["another part"]);
});

test("the whole file has the row that reaches furthest, or its only one", () => {
  const rows = embeddings(["0", "1"], [excerpt("/x/a.wav", 5, 3), excerpt("/x/a.wav", 0, 30)]);
  expect(found(rows, [part("/x/a.wav"), part("/x/a.wav", 5, 3)])).toEqual([1, 0]);
  expect(found(embeddings(["0"], [excerpt("/x/a.wav", 30, 30)]), [part("/x/a.wav")])).toEqual([0]);
});

test("a row without times is the whole file's before it is a part's", () => {
  const rows = embeddings(["/x/a.wav"]);
  expect(found(rows, [part("/x/a.wav", 5, 3)])).toEqual([0]);
  expect(found(rows, [part("/x/a.wav", 5, 3), part("/x/a.wav")])).toEqual(["taken", 0]);
  expect(found(rows, [part("/x/a.wav", 5, 3), part("/x/a.wav", 9, 3)])).toEqual(["taken", "taken"]);
});

test("clips of one label are told apart by their parts", () => {
  const rows = embeddings(["a"], [excerpt("/x/a.wav", 0, 30)]);
  const clip = { id: "a", path: "/x/a.wav", startSec: 5, durationSec: 3 };
  expect(found(rows, [clip])).toEqual(["another part"]);
  expect(found(rows, [{ ...clip, startSec: 0, durationSec: 30 }, clip])).toEqual([
    0,
    "another part",
  ]);
});

test("one sound under two ids has one row twice", () => {
  const items = [
    { id: "one", path: "/here/a.wav" },
    { id: "two", path: "/here/a.wav" },
  ];
  expect(found(embeddings(["a.wav"]), items)).toEqual([0, 0]);
});

test("twenty thousand rows of one file name are matched in a moment, by their folders", () => {
  const paths = Array.from({ length: 20_000 }, (_, i) => `${i}/audio.wav`);
  const rows = embeddings(paths.map((path) => `/elsewhere/${path}`));
  expect(found(rows, refs(...paths))).toEqual(paths.map((_, i) => i));
});
