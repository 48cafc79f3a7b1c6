import { expect, test } from "vitest";
import { Clip } from "../../audio/clip.ts";
import { drawMap } from "./draw.ts";
import { mapFigure } from "./figure.ts";

const clip = Clip.fromSamples(new Float32Array(8000), 8000, { label: "a drum" });
const both = {
  method: "pca",
  points: Float32Array.of(0, 0, 1, 1),
  labels: ["a drum", "somebody drums"],
};
const shapes = (input: Parameters<typeof mapFigure>[0]) =>
  drawMap(mapFigure(input, {})).marks.flatMap((mark) =>
    mark.kind === "circle" || mark.kind === "path" ? [mark.kind] : [],
  );
const words = (input: Parameters<typeof mapFigure>[0]) =>
  drawMap(mapFigure(input, {})).marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));

test("sounds and texts on one map are told apart by shape, and the note says how", () => {
  const mixed = { ...both, modality: "unknown", sources: [clip, "somebody drums"] } as const;
  expect(shapes(mixed)).toEqual(["circle", "path"]);
  expect(words(mixed).join("\n")).toContain("● clips, ◆ texts");
});

test("a row of which nothing is known is not called a text", () => {
  const mixed = { ...both, modality: "unknown", sources: [clip, undefined] } as const;
  expect(words(mixed).join("\n")).toContain("● clips, ◆ rows without sound");
});

test("a map of one kind has discs alone", () => {
  expect(shapes({ ...both, modality: "text", sources: both.labels })).toEqual(["circle", "circle"]);
  expect(shapes({ ...both, modality: "unknown" })).toEqual(["circle", "circle"]);
});
