import { inspect } from "node:util";
import { expect, test } from "vitest";
import { dotProducts } from "./dotProducts.ts";
import { Embeddings } from "./embeddings.ts";
import { similarity } from "./similarity.ts";

const clips = Embeddings.from({
  data: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  labels: ["piano", "夜の海", "drums"],
  modality: "audio",
  modelId: "m",
});
const texts = Embeddings.from({
  data: [
    [1, 0],
    [-1, 0],
  ],
  labels: ["calm", "not calm"],
  modality: "text",
  modelId: "m",
});

function wave(n: number, dim: number, seed: number): Float32Array {
  return Float32Array.from({ length: n * dim }, (_, i) => Math.sin(seed + i * i * 0.37));
}

test.each([
  [1, 1, 1],
  [1, 3, 2],
  [4, 2, 4],
  [5, 7, 3],
  [63, 65, 127],
  [130, 9, 512],
  [67, 131, 129],
])("dot products %i × %i of %i numbers equal the plain sum", (n, m, dim) => {
  const a = wave(n, dim, 1);
  const b = wave(m, dim, 2);
  const products = dotProducts(a, b, dim);
  expect(products.length).toBe(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = 0; k < dim; k++) sum += a[i * dim + k]! * b[j * dim + k]!;
      expect(Math.abs(products[i * m + j]! - sum)).toBeLessThan(2e-7 * dim);
    }
  }
});

test("dot products with no rows are empty", () => {
  expect(dotProducts(new Float32Array(0), wave(3, 4, 1), 4).length).toBe(0);
  expect(dotProducts(wave(3, 4, 1), new Float32Array(0), 4).length).toBe(0);
});

test("every row meets every column", () => {
  const result = similarity(clips, texts);
  expect([...result.values].map((value) => value.toFixed(2)).join(" ")).toBe(
    "1.00 -1.00 0.00 0.00 0.71 -0.71",
  );
  expect(result.at("drums", "calm")).toBeCloseTo(Math.SQRT1_2, 6);
  expect(result.ranking("piano")).toEqual([
    { label: "calm", cosine: 1 },
    { label: "not calm", cosine: -1 },
  ]);
  expect(() => result.at("violin", 0)).toThrow(/no row "violin"/);
});

test("a row with itself is never above 1", () => {
  const many = Embeddings.from({ data: wave(200, 128, 3), dim: 128 });
  const self = similarity(many);
  expect(Math.max(...self.values)).toBeLessThanOrEqual(1);
  expect(self.at(7, 7)).toBeCloseTo(1, 6);
});

test("two lengths are refused", () => {
  const three = Embeddings.from({ data: [[1, 0, 0]], modelId: "m" });
  expect(() => similarity(clips, three)).toThrow(/"m" with 2 numbers a row and "m" with 3/);
});

test("two models are refused by name unless asked for", () => {
  const other = Embeddings.from({ data: [[1, 0]], modelId: "other" });
  expect(() => similarity(clips, other)).toThrow(/got "m" and "other".*allowModelMismatch/);
  expect(similarity(clips, other, { allowModelMismatch: true }).values.length).toBe(3);
});

test("vectors from plain files fit any model", () => {
  expect(similarity(clips, Embeddings.from({ data: [[1, 0]] })).modelId).toBe("m");
});

test("a forgotten await is named", () => {
  expect(() => similarity(Promise.resolve(clips) as unknown as Embeddings)).toThrow(/await/);
});

test("a matrix beyond memory is refused before it is made", () => {
  const many = Embeddings.from({ data: new Float32Array(20_000).fill(1), dim: 1 });
  expect(() => similarity(many)).toThrow(/20000 × 20000.*neighbours/);
});

test("inspecting tells the cosines", () => {
  expect(inspect(similarity(clips, texts))).toMatchInlineSnapshot(`
    "Similarity 3 audio × 2 text (cosine, m)
                 calm  not calm
      piano     1.000    -1.000
      夜の海    0.000     0.000
      drums     0.707    -0.707"
  `);
  const wide = Embeddings.from({ data: wave(10, 2, 5), dim: 2 });
  expect(inspect(similarity(clips, wide))).toMatchInlineSnapshot(`
    "Similarity 3 audio × 10 (cosine, m)
                    0        1        2        3        4        5        6        7  …  best
      piano    -0.771    0.215   -0.708   -0.486   -0.702   -0.888    0.703    0.950  …  7
      夜の海   -0.637    0.977    0.706   -0.874   -0.713   -0.460   -0.712    0.314  …  1
      drums    -0.995    0.843   -0.002   -0.962   -1.000   -0.953   -0.006    0.893  …  7"
  `);
});
