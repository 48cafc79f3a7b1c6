import { expect, test } from "vitest";
import { nearestTable } from "./nearestTable.ts";
import { seededRandom } from "./random.ts";
import { umap } from "./umap.ts";

const DIM = 16;
const SETTINGS = { seed: 5, nNeighbors: 10, minDist: 0.1 };

/** `n` unit rows around three directions, in turn. */
function threeBlobs(n: number, noise: number): Float32Array {
  const random = seededRandom(11);
  const rows = Array.from({ length: n }, (_, i) => {
    const row = Array.from({ length: DIM }, (_, j) => (j === i % 3 ? 1 : noise * (random() - 0.5)));
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  return Float32Array.from(rows.flat());
}

function distance(points: Float32Array, i: number, j: number): number {
  return Math.hypot(points[i * 2]! - points[j * 2]!, points[i * 2 + 1]! - points[j * 2 + 1]!);
}

function isOrdered(points: Float32Array): boolean {
  const n = points.length / 2;
  const [same, other] = [[0], [Infinity]];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) ((i - j) % 3 === 0 ? same! : other!).push(distance(points, i, j));
  }
  return Math.max(...same!) < Math.min(...other!);
}

test("three groups stay apart", () => {
  const points = umap(threeBlobs(150, 0.5), DIM, SETTINGS);
  expect(points.every(Number.isFinite)).toBe(true);
  expect(isOrdered(points)).toBe(true);
});

test("near rows stay near", () => {
  const data = threeBlobs(300, 1.5);
  const points = umap(data, DIM, SETTINGS);
  const { indices, k } = nearestTable(data, data, DIM, 16);
  // Trustworthiness (Venna & Kaski 2001) with 5 neighbours would need all ranks; this is its gist.
  let kept = 0;
  for (let i = 0; i < 300; i++) {
    const inPicture = [...Array(300).keys()]
      .filter((j) => j !== i)
      .sort((a, b) => distance(points, i, a) - distance(points, i, b))
      .slice(0, 5);
    kept += inPicture.filter((j) => indices.subarray(i * k, (i + 1) * k).includes(j)).length;
  }
  expect(kept / (300 * 5)).toBeGreaterThan(0.6);
});

test("the same seed gives the same points and another seed gives others", () => {
  const data = threeBlobs(60, 0.5);
  const first = umap(data, DIM, SETTINGS);
  expect(umap(data, DIM, SETTINGS)).toEqual(first);
  expect(umap(data, DIM, { ...SETTINGS, seed: 6 })).not.toEqual(first);
});

test("equal rows make finite points", () => {
  const points = umap(new Float32Array(50 * DIM).fill(0.25), DIM, SETTINGS);
  expect(points.every(Number.isFinite)).toBe(true);
});

test.each([4, 5, 9])("%i rows are enough", (n) => {
  const points = umap(threeBlobs(n, 0.5), DIM, { ...SETTINGS, nNeighbors: n });
  expect(points.length).toBe(n * 2);
  expect(points.every(Number.isFinite)).toBe(true);
});

test("progress only grows", () => {
  const shares: number[] = [];
  umap(threeBlobs(60, 0.5), DIM, SETTINGS, (share) => shares.push(share));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(0.9, 6);
});

test("rows beyond the sample stand with their groups", () => {
  const points = umap(threeBlobs(150, 0.5), DIM, { ...SETTINGS, maxFitted: 60 });
  expect(points.length).toBe(300);
  expect(isOrdered(points)).toBe(true);
});

test("a sampled fit ends with the whole progress", () => {
  const shares: number[] = [];
  umap(threeBlobs(150, 0.5), DIM, { ...SETTINGS, maxFitted: 60 }, (share) => shares.push(share));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeCloseTo(1, 6);
});
