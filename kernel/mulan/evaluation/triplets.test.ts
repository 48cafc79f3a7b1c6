import { inspect } from "node:util";
import { expect, test } from "vitest";
import { clipCalled, letterModel } from "./letterModel.testkit.ts";
import { type TripletRow, triplets } from "./triplets.ts";

const ROWS: TripletRow[] = [
  { anchor: "piano", positive: "pianos", negative: "drum" },
  { anchor: "drum", positive: "piano", negative: "drums" },
];

test("an anchor nearer to its positive is right", async () => {
  const result = await triplets(letterModel(), ROWS);
  expect(result.rows.map(({ correct }) => correct)).toEqual([true, false]);
  expect(result).toMatchObject({ kind: "triplets", n: 2, nCorrect: 1, accuracy: 0.5 });
  const [row] = result.rows;
  expect(row!.margin).toBeCloseTo(row!.cosinePositive - row!.cosineNegative, 12);
});

test("a tie is wrong", async () => {
  const result = await triplets(letterModel(), [
    { anchor: "a", positive: "b", negative: "c" },
    { anchor: "a", positive: "ab", negative: "ba" },
  ]);
  expect(result.accuracy).toBe(0);
});

test("texts and clips mix, and each is embedded once", async () => {
  const model = letterModel();
  const piano = clipCalled("piano");
  const result = await triplets(model, [
    { anchor: piano, positive: "piano", negative: "drum" },
    { anchor: piano, positive: "piano", negative: clipCalled("drum") },
  ]);
  expect(model.asked).toEqual([
    ["piano", "drum"],
    ["piano", "drum"],
  ]);
  expect(result.accuracy).toBe(1);
  expect(result.rows[0]!.anchor).toBe("piano");
});

test("a text and a clip of the same name are not mistaken for each other", async () => {
  const model = letterModel();
  const hidden = { ...clipCalled("drum"), label: "piano" };
  const heard = { ...model, embedAudio: async () => model.embedAudio([clipCalled("drum")]) };
  const rows = [{ anchor: "drum", positive: hidden, negative: "piano" }];
  await expect(triplets(heard, rows)).rejects.toThrow(/no embedding/);
});

test("the worst margin comes first", async () => {
  const worst = (await triplets(letterModel(), ROWS)).worstFirst();
  expect(worst.map(({ anchor }) => anchor)).toEqual(["drum", "piano"]);
});

test("the interval is Wilson's", async () => {
  const row = ROWS[0]!;
  const { interval } = await triplets(letterModel(), Array<TripletRow>(10).fill(row));
  // 10 of 10 at 95 %: 72.2 % to 100 %.
  expect(interval[0]).toBeCloseTo(0.7225, 4);
  expect(interval[1]).toBeCloseTo(1, 12);
});

test("a member that cannot be embedded is named", async () => {
  const rows = [{ anchor: "a", positive: "77", negative: "b" }];
  await expect(triplets(letterModel(), rows)).rejects.toThrow(/77: there is no letter/);
  const heard = [{ anchor: "a", positive: clipCalled("88"), negative: "b" }];
  await expect(triplets(letterModel(), heard)).rejects.toThrow(/88: there is no letter/);
});

test("no rows and unusable members are refused", async () => {
  await expect(triplets(letterModel(), [])).rejects.toThrow(/no triplets/);
  const blank = [{ anchor: "a", positive: "", negative: "b" }];
  await expect(triplets(letterModel(), blank)).rejects.toThrow(/row 0.*positive.*an empty text/);
  const odd = [{ anchor: "a", positive: "b" }] as unknown as TripletRow[];
  await expect(triplets(letterModel(), odd)).rejects.toThrow(/negative.*got undefined/);
});

test("inspecting tells accuracy, interval and margins", async () => {
  expect(inspect(await triplets(letterModel(), ROWS))).toMatchInlineSnapshot(`
    "Triplets: 1 of 2 right = 50.0 % (95 %: 9.5 % to 90.5 %; chance 50 %; letters)
      margin  anchor | positive (cosine) | negative (cosine), worst first
      -0.894  drum | piano (0.000) | drums (0.894)
       0.913  piano | pianos (0.913) | drum (0.000)"
  `);
});
