import { expect, test } from "vitest";
import { withoutTriplet, withTriplet } from "./editTriplets.ts";
import { tripletsFigure } from "./figure.ts";

const figure = tripletsFigure(
  {
    rows: [
      { anchor: "a", positive: "b", negative: "c", cosinePositive: 0.5, cosineNegative: 0.25 },
      { anchor: "d", positive: "e", negative: "f", cosinePositive: 0.1, cosineNegative: 0.4 },
    ],
    sources: [
      {
        anchor: "a",
        positive: { label: "b", startSec: 0, durationSec: 1 },
        negative: "c",
      },
      { anchor: "d", positive: "e", negative: "f" },
    ],
    modelId: "mini@1",
  },
  { clipId: ({ label }) => `id of ${label}` },
);

test("members that are clips carry their ids", () => {
  const [worst, best] = figure.rows;
  expect(best!.clips).toEqual([null, "id of b", null]);
  expect(worst).not.toHaveProperty("clips");
});

test("a typed triplet stands at its margin's place and is counted", () => {
  const row = {
    anchor: "x\n",
    positive: "y",
    negative: "z",
    cosinePositive: 0.2,
    cosineNegative: 0.1,
  };
  const edited = withTriplet(figure, row);
  expect(edited.rows.map(({ anchor }) => anchor)).toEqual(["d", "x", "a"]);
  expect(edited).toMatchObject({ n: 3, nRight: 2 });
  expect(edited.title).toMatch(/^3 triplets/);
  expect(edited.reading).toContain("2 of 3 right");
});

test("a changed triplet takes the place of its former self", () => {
  const [worst] = figure.rows;
  const edited = withTriplet(figure, { ...worst!, cosinePositive: 0.9 }, worst);
  expect(edited).toMatchObject({ n: 2, nRight: 2 });
  expect(edited.rows[1]).toMatchObject({ anchor: "d", margin: 0.5 });
});

test("a triplet can be taken out, the last one too", () => {
  const one = withoutTriplet(figure, figure.rows[0]!);
  expect(one).toMatchObject({ n: 1, nRight: 1 });
  expect(withoutTriplet(one, one.rows[0]!).reading).toBe("no triplets to judge");
});
