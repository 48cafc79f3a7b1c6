import { expect, test } from "vitest";
import { letterModel } from "../evaluation/letterModel.testkit.ts";
import { cleanTexts } from "./cleanTexts.ts";
import { levelsDbfs } from "./levels.ts";

const model = letterModel();
const concepts = ["drums", "piano"];

test("texts near to a concept are kept in order, the rest is told with the concept it came nearest to", async () => {
  const texts = ["pianos", "zzz", "drums", "qd", "drums"];
  const { kept, dropped } = await cleanTexts(texts, { model, concepts, threshold: 0.8 });
  expect(kept.map(({ text, index, concept }) => [text, index, concept])).toEqual([
    ["pianos", 0, "piano"],
    ["drums", 2, "drums"],
    ["drums", 4, "drums"],
  ]);
  expect(kept[1]!.cosine).toBeCloseTo(1, 6);
  expect(dropped.map(({ text }) => text)).toEqual(["qd", "zzz"]);
  expect(dropped[1]!.cosine).toBe(0);
});

test("a text that cannot be embedded is a failure, and no texts give nothing", async () => {
  const { kept, failures } = await cleanTexts(["piano", "!!"], { model, concepts });
  expect(kept.length).toBe(1);
  expect(failures.map(({ source }) => source)).toEqual(["!!"]);
  expect((await cleanTexts([], { model })).kept).toEqual([]);
});

test("a threshold that is no cosine and empty concepts are refused", async () => {
  const refused = { code: "curation.threshold" };
  await expect(cleanTexts(["a"], { model, threshold: 60 })).rejects.toMatchObject(refused);
  await expect(cleanTexts(["a"], { model, concepts: [" "] })).rejects.toMatchObject({
    code: "curation.concepts",
  });
});

test("levels are those of each span, in dB below full scale", () => {
  const pcm = Float32Array.from({ length: 300 }, (_, i) => (i < 100 ? 0 : i < 200 ? 0.1 : 1));
  const spans = [0, 1, 2].map((startSec) => ({ startSec, durationSec: 1 }));
  const [silent, soft, full] = levelsDbfs(pcm, 100, spans);
  expect(silent).toBe(-Infinity);
  expect(soft).toBeCloseTo(-20, 4);
  expect(full).toBeCloseTo(0, 6);
});
