import { expect, test } from "vitest";
import { type Mixed, mixBatches } from "./mixBatches.ts";

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);
const counts = (batch: readonly Mixed<string, unknown>[]) => {
  const found: Record<string, number> = {};
  for (const { source } of batch) found[source] = (found[source] ?? 0) + 1;
  return found;
};

test("each batch has every source in its share, however long the sources are", () => {
  const sources = { sf: numbers(1000), lf: numbers(7), pl: numbers(90), audioset: numbers(12) };
  const weights = { sf: 2, lf: 2, pl: 1, audioset: 1 };
  const batches = [...mixBatches(sources, { batchSize: 12, weights, nBatches: 50 })];
  expect(batches.length).toBe(50);
  for (const batch of batches) expect(counts(batch)).toEqual({ sf: 4, lf: 4, pl: 2, audioset: 2 });
});

test("a share that is no whole number is kept on average", () => {
  const sources = { a: numbers(50), b: numbers(50), c: numbers(50) };
  const batches = [...mixBatches(sources, { batchSize: 4, nBatches: 30 })];
  for (const batch of batches) expect(batch.length).toBe(4);
  expect(counts(batches.flat())).toEqual({ a: 40, b: 40, c: 40 });
});

test("the same seed gives the same batches, another seed others", () => {
  const take = (seed: number) => [...mixBatches({ a: numbers(40) }, { batchSize: 10, seed })];
  expect(take(3)).toEqual(take(3));
  expect(take(3)).not.toEqual(take(4));
});

test("a source is drawn whole before it begins anew in another order", () => {
  const drawn = [...mixBatches({ a: numbers(10) }, { batchSize: 5, nBatches: 4 })].flat();
  const epochs = [drawn.slice(0, 10), drawn.slice(10)].map((e) => e.map(({ item }) => item));
  for (const epoch of epochs) expect([...epoch].sort((x, y) => x - y)).toEqual(numbers(10));
  expect(epochs[0]).not.toEqual(epochs[1]);
});

test("no item stands twice in a batch where its source is long enough", () => {
  for (let seed = 0; seed < 20; seed++) {
    for (const batch of mixBatches({ a: numbers(7) }, { batchSize: 5, nBatches: 14, seed })) {
      expect(new Set(batch.map(({ item }) => item)).size).toBe(5);
    }
  }
  const [small] = mixBatches({ a: ["only"] }, { batchSize: 3, nBatches: 1 });
  expect(small!.map(({ item }) => item)).toEqual(["only", "only", "only"]);
});

test("without a number of batches every item is drawn, and nothing before it is asked for", () => {
  const batches = [...mixBatches({ long: numbers(25), short: numbers(3) }, { batchSize: 10 })];
  expect(batches.length).toBe(5);
  expect(new Set(batches.flat().flatMap((m) => (m.source === "long" ? [m.item] : []))).size).toBe(
    25,
  );
  const endless = mixBatches({ a: numbers(3) }, { batchSize: 2, nBatches: Infinity });
  expect(endless.next().value).toHaveLength(2);
});

test("data sets are sources too", () => {
  const tagged = {
    kind: "tagged",
    name: "two",
    sha256: "",
    conventions: [],
    failures: [],
    labels: ["x"],
    items: [
      { id: "1", path: "/1.wav", tags: ["x"] },
      { id: "2", path: "/2.wav", tags: [] },
    ],
  } as const;
  const [batch] = mixBatches({ tagged, words: ["a", "b"] }, { batchSize: 4 });
  expect(batch!.map(({ item }) => (typeof item === "string" ? item : item.id)).sort()).toEqual([
    "1",
    "2",
    "a",
    "b",
  ]);
});

test("empty sources, odd weights and sizes are refused in words", () => {
  const first = (make: () => Iterable<unknown>) => () => [...make()];
  expect(first(() => mixBatches({ a: [] }, { batchSize: 2 }))).toThrow('"a" has nothing');
  expect(first(() => mixBatches({ a: [1] }, { batchSize: 0 }))).toThrow("whole number");
  expect(first(() => mixBatches({ a: [1] }, { batchSize: 2, weights: { a: 0 } }))).toThrow("a 0");
  const odd = { b: 1 } as object;
  expect(first(() => mixBatches({ a: [1] }, { batchSize: 2, weights: odd }))).toThrow('"b"');
});
