import { inspect } from "node:util";
import { expect, test } from "vitest";
import { MulanError } from "../foundation/errors.ts";
import { Embeddings } from "./embeddings.ts";
import type { WindowRows } from "./windowRows.ts";

const windows: WindowRows = {
  data: Float32Array.of(1, 0, 0, 1, 0, 1),
  offsets: Uint32Array.of(0, 1, 3),
  startSec: Float32Array.of(0, 0, 10),
  durationSec: Float32Array.of(10, 10, 10),
};
const two = Embeddings.from({
  data: Float32Array.of(1, 0, 0, 1),
  dim: 2,
  labels: ["east", "north"],
  modality: "audio",
  modelId: "compass",
  windows,
});

test("rows of unit length are taken over as they are", () => {
  const data = Float32Array.of(0.6, 0.8);
  const embeddings = Embeddings.from({ data, dim: 2 });
  expect(embeddings.data).toBe(data);
  expect(embeddings.normsBefore).toBeUndefined();
});

test("other rows are scaled to length 1 and their lengths remembered", () => {
  const data = Float32Array.of(3, 4, 0, 10);
  const embeddings = Embeddings.from({ data, dim: 2 });
  expect([...embeddings.data]).toEqual([0.6, 0.8, 0, 1].map(Math.fround));
  expect(embeddings.normsBefore).toEqual({ min: 5, max: 10 });
  expect([...data]).toEqual([3, 4, 0, 10]);
});

test("tiny and huge rows keep their direction", () => {
  const embeddings = Embeddings.from({
    data: [Float32Array.of(3e-30, 4e-30), Float32Array.of(3e38, 0)],
  });
  expect(embeddings.row(0)[0]).toBeCloseTo(0.6, 6);
  expect(embeddings.row(1)[0]).toBe(1);
});

test.each([
  ["a NaN", [[1, Number.NaN]], "embeddings.not-finite", /row 0 "0".*got NaN at position 1/],
  [
    "a zero vector",
    [
      [1, 0],
      [0, 0],
    ],
    "embeddings.zero",
    /row 1 "1" is all zeros/,
  ],
  [
    "rows of two lengths",
    [[1, 0], [1]],
    "embeddings.shape",
    /expected 2 numbers a row, got 1 in row 1/,
  ],
  ["no numbers at all", [[]], "embeddings.shape", /at least one number/],
])("%s is refused by name", (_, data, code, message) => {
  const make = () => Embeddings.from({ data });
  expect(make).toThrow(expect.objectContaining({ code }));
  expect(make).toThrow(message);
});

test("labels and sources must fit the rows", () => {
  expect(() => Embeddings.from({ data: [[1]], labels: ["a", "b"] })).toThrow(/number of labels/);
  expect(() => Embeddings.from({ data: [[1]], sources: [] })).toThrow(/number of sources/);
});

test("window rows must fit the rows", () => {
  const make = () => Embeddings.from({ data: [[1, 0]], windows });
  expect(make).toThrow(/expected 2 ascending offsets/);
});

test("a row is found by index, by index from the end and by label", () => {
  expect([...two.row(1)]).toEqual([0, 1]);
  expect([...two.row(-1)]).toEqual([0, 1]);
  expect([...two.row("north")]).toEqual([0, 1]);
  expect(() => two.row("west")).toThrow(/no row "west"/);
  expect(() => two.row(2)).toThrow(/0 to 1/);
  expect(() => two.row(0.5)).toThrow(MulanError);
});

test("selecting reorders rows together with their labels and windows", () => {
  const swapped = two.select([1, "east"]);
  expect(swapped.labels).toEqual(["north", "east"]);
  expect([...swapped.data]).toEqual([0, 1, 1, 0]);
  expect([...swapped.windows!.offsets]).toEqual([0, 2, 3]);
  expect([...swapped.windows!.startSec]).toEqual([0, 10, 0]);
  expect(swapped.modelId).toBe("compass");
});

test("slices count as arrays do", () => {
  expect(two.slice(1).labels).toEqual(["north"]);
  expect(two.slice(0, -1).labels).toEqual(["east"]);
  expect(two.slice(5).n).toBe(0);
});

test("the mean has length 1", () => {
  const mean = two.mean();
  expect(mean.row(0)[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(mean.labels).toEqual(["mean of 2"]);
});

test("opposite rows and no rows have no mean", () => {
  expect(() =>
    Embeddings.from({
      data: [
        [1, 0],
        [-1, 0],
      ],
    }).mean(),
  ).toThrow(/all zeros/);
  expect(() => two.slice(5).mean()).toThrow(/no rows/);
});

test("neighbours of a row leave the row itself out", () => {
  expect(two.neighbours(0, 5)).toEqual([{ index: 1, label: "north", cosine: 0 }]);
});

test("neighbours of a vector are scaled first", () => {
  const [first, second] = two.neighbours([3, 4], 2);
  expect(first).toMatchObject({ label: "north" });
  expect(first!.cosine).toBeCloseTo(0.8, 6);
  expect(second!.cosine).toBeCloseTo(0.6, 6);
});

test("neighbours of another model's embedding are refused unless asked for", () => {
  const other = Embeddings.from({ data: [[0, 1]], modelId: "sextant" });
  expect(() => two.neighbours(other)).toThrow(/"compass" and "sextant"/);
  expect(two.neighbours(other, 1, { allowModelMismatch: true })[0]!.label).toBe("north");
  expect(() => two.neighbours([1, 2, 3])).toThrow(/different lengths/);
});

test("concatenation keeps windows when both sides have them", () => {
  const four = two.concat(two.select([1, 0]));
  expect(four.labels).toEqual(["east", "north", "north", "east"]);
  expect([...four.windows!.offsets]).toEqual([0, 1, 3, 5, 6]);
  expect(two.concat(Embeddings.from({ data: [[1, 0]] })).windows).toBeUndefined();
});

test("concatenated modalities that differ become unknown", () => {
  const text = Embeddings.from({ data: [[1, 0]], modality: "text", modelId: "compass" });
  expect(two.concat([text]).modality).toBe("unknown");
  expect(two.concat([two, two]).modality).toBe("audio");
});

test("a row's windows are embeddings of their own", () => {
  expect(two.windowsOf("north").labels).toEqual(["0.0 s", "10.0 s"]);
  expect(() => two.mean().windowsOf(0)).toThrow(/no window rows/);
});

test("iteration gives every row with its label", () => {
  expect([...two].map(({ index, label, vector }) => [index, label, ...vector])).toEqual([
    [0, "east", 1, 0],
    [1, "north", 0, 1],
  ]);
});

test("inspecting tells shape, model, rows and failures", () => {
  const failures = [
    {
      source: "x.mp3",
      error: new MulanError("audio.empty", "the file is empty", { subject: "x.mp3" }),
    },
  ];
  const many = Embeddings.from({
    data: Array.from({ length: 20 }, (_, i) => [1, i, 0, 0, 0, 0]),
    labels: Array.from({ length: 20 }, (_, i) => `clip ${i}`),
    modality: "audio",
    modelId: "compass",
    failures,
  });
  expect(inspect(many)).toMatchInlineSnapshot(`
    "Embeddings 20 × 6 (audio, compass)
       0  [ 1.0000  0.0000  0.0000 …  0.0000]  clip 0
       1  [ 0.7071  0.7071  0.0000 …  0.0000]  clip 1
       2  [ 0.4472  0.8944  0.0000 …  0.0000]  clip 2
       3  [ 0.3162  0.9487  0.0000 …  0.0000]  clip 3
       4  [ 0.2425  0.9701  0.0000 …  0.0000]  clip 4
      …
      18  [ 0.0555  0.9985  0.0000 …  0.0000]  clip 18
      19  [ 0.0526  0.9986  0.0000 …  0.0000]  clip 19
      rows scaled to length 1; they had 1.000 to 19.03
      1 failed:
        x.mp3: the file is empty."
  `);
  expect(inspect(two)).toMatchInlineSnapshot(`
    "Embeddings 2 × 2 (audio, compass)
      0  [ 1.0000  0.0000]  east
      1  [ 0.0000  1.0000]  north
      3 window rows kept"
  `);
});
