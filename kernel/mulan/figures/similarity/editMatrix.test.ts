import { expect, test } from "vitest";
import { decodeFloat16, encodeFloat16, type SimilarityFigure } from "../contract.ts";
import { reordered, withTextColumn, withTextRow } from "./editMatrix.ts";

const figure: SimilarityFigure = {
  family: "similarity",
  version: 1,
  title: "",
  reading: "",
  model: "mini@1",
  footnote: "",
  rows: { labels: ["a", "b"], modality: "text" },
  columns: { labels: ["x", "y", "z"], modality: "audio", clips: ["c1", null, "c3"] },
  values: encodeFloat16([0.5, 0.25, 0, 0.125, 0.75, 0.25]),
  block: [1, 1],
  scale: { kind: "sequential", min: 0, max: 0.8 },
};

const numbers = ({ values }: SimilarityFigure): number[] => [...decodeFloat16(values)];

test("a typed prompt becomes the last row and may hold the best match", () => {
  const edited = withTextRow(figure, {
    text: " solo\npiano ",
    cosines: Float32Array.of(0, 0.875, 0.5),
  });
  expect(edited.rows.labels).toEqual(["a", "b", "solo piano"]);
  expect(numbers(edited)).toEqual([0.5, 0.25, 0, 0.125, 0.75, 0.25, 0, 0.875, 0.5]);
  expect(edited.title).toBe("3 prompts × 3 clips, cosine");
  expect(edited.reading).toContain("solo piano ↔ y, 0.88");
  expect(edited.scale.max).toBe(0.9);
});

test("an edited prompt takes the place of its row", () => {
  const edited = withTextRow(figure, { text: "c", cosines: Float32Array.of(0, 0, 0) }, 0);
  expect(edited.rows.labels).toEqual(["c", "b"]);
  expect(numbers(edited)).toEqual([0, 0, 0, 0.125, 0.75, 0.25]);
});

test("a prompt among columns is heard of by every row", () => {
  const edited = withTextColumn(figure, { text: "w", cosines: Float32Array.of(1, 0.5) });
  expect(edited.columns).toEqual({
    labels: ["x", "y", "z", "w"],
    modality: "audio",
    clips: ["c1", null, "c3", null],
  });
  expect(numbers(edited)).toEqual([0.5, 0.25, 0, 1, 0.125, 0.75, 0.25, 0.5]);
});

test("a prompt in a set compared with itself stays symmetric", () => {
  const texts = { labels: ["a", "b"], modality: "text" } as const;
  const own = { ...figure, rows: texts, columns: texts, values: encodeFloat16([1, 0.5, 0.5, 1]) };
  const added = withTextRow(own, { text: "c", cosines: Float32Array.of(0.25, 0.125) });
  expect(numbers(added)).toEqual([1, 0.5, 0.25, 0.5, 1, 0.125, 0.25, 0.125, 1]);
  expect(added.title).toBe("3 prompts with each other, cosine");
  const replaced = withTextRow(own, { text: "c", cosines: Float32Array.of(0.75, 0) }, 1);
  expect(numbers(replaced)).toEqual([1, 0.75, 0.75, 1]);
});

test("another order keeps every value beside its labels", () => {
  const turned = reordered(figure, [1, 0], [2, 0, 1]);
  expect(turned.rows.labels).toEqual(["b", "a"]);
  expect(turned.columns.clips).toEqual(["c3", "c1", null]);
  expect(numbers(turned)).toEqual([0.25, 0.125, 0.75, 0, 0.5, 0.25]);
});
