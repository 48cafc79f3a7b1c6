import { expect, test } from "vitest";
import { dot } from "./dot.ts";
import { nearest } from "./nearest.ts";

function randomRows(n: number, dim: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: n * dim }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

test.each([1, 7, 50, 300, 1000])("the best %i of 300 are those of a full sort", (k) => {
  const dim = 9;
  const data = randomRows(300, dim);
  const query = data.slice(0, dim);
  const all = Array.from({ length: 300 }, (_, index) => ({
    index,
    cosine: dot(data, index * dim, query, 0, dim),
  }));
  all.sort((a, b) => b.cosine - a.cosine || a.index - b.index);
  expect(nearest(data, dim, query, k)).toEqual(all.slice(0, k));
});

test("ties go to the lower index", () => {
  const data = Float32Array.of(1, 0, 1, 1, 0);
  expect(nearest(data, 1, Float32Array.of(1), 2).map(({ index }) => index)).toEqual([0, 2]);
});

test("asking for none gives none", () => {
  expect(nearest(Float32Array.of(1, 0), 1, Float32Array.of(1), 0)).toEqual([]);
});
