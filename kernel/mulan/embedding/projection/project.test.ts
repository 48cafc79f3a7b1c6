import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Embeddings } from "../embeddings.ts";
import { project } from "./project.ts";
import { seededRandom } from "./random.ts";

function randomEmbeddings(n: number, dim = 8): Embeddings {
  const random = seededRandom(n);
  return Embeddings.from({
    data: Float32Array.from({ length: n * dim }, () => random() - 0.5),
    dim,
    modelId: "m",
  });
}

test("a projection keeps labels, sources and what was asked", async () => {
  const projection = await project(randomEmbeddings(30), { method: "umap", seed: 3 });
  expect(projection).toMatchObject({ kind: "projection", method: "umap", n: 30, seed: 3 });
  expect(projection.points.length).toBe(60);
  expect(projection.labels[29]).toBe("29");
});

test("PCA tells the variance that it shows", async () => {
  const { explained } = await project(randomEmbeddings(30), { method: "pca" });
  expect(explained![0]).toBeGreaterThanOrEqual(explained![1]);
});

test.each([0, 1, 2, 3])("%i rows fall back to principal components with a note", async (n) => {
  const projection = await project(randomEmbeddings(n), { method: "umap" });
  expect(projection.method).toBe("pca");
  expect(projection.points.length).toBe(n * 2);
  expect(inspect(projection)).toMatch(/UMAP needs 4 rows/);
});

test("too few rows for nNeighbors lower it with a note", async () => {
  const projection = await project(randomEmbeddings(6));
  expect(projection.nNeighbors).toBe(6);
  expect(projection.notes).toEqual(["nNeighbors lowered from 15 to the 6 rows there are"]);
});

test("progress goes from the worker to the end", async () => {
  const done: number[] = [];
  await project(randomEmbeddings(300), { onProgress: (progress) => done.push(progress.done) });
  expect(done.length).toBeGreaterThan(20);
  expect(done.at(-1)).toBe(100);
});

test("an abort ends a projection at once with the signal's reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const running = project(randomEmbeddings(3000), {
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  await expect(running).rejects.toBe(reason);
  await expect(project(randomEmbeddings(5), { signal: controller.signal })).rejects.toBe(reason);
});

test.each([
  [{ nNeighbors: 1 }, /nNeighbors.*expected 2 or more, got 1/],
  [{ minDist: -1 }, /minDist.*0 to 1/],
  [{ seed: 0.5 }, /seed.*an integer/],
  [{ method: "tsne" as "pca" }, /method.*got tsne/],
])("%o is refused", async (options, message) => {
  await expect(project(randomEmbeddings(9), options)).rejects.toThrow(message);
});
