import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Embeddings } from "../embedding/embeddings.ts";
import { clipCalled, letterModel } from "./letterModel.testkit.ts";
import { zeroShot } from "./zeroShot.ts";

const clips = [clipCalled("piano"), clipCalled("drum")];

test("each clip ranks the labels by cosine", async () => {
  const result = await zeroShot(letterModel(), clips, ["drums", "piano"]);
  expect(result.ranking(0).map(({ label }) => label)).toEqual(["piano", "drums"]);
  expect(result.ranking("piano")[0]!.score).toBeCloseTo(1, 6);
  expect(result.ranking("drum")[0]).toMatchObject({ label: "drums" });
  expect(result.scores.length).toBe(4);
  expect(result.sources).toEqual(clips);
});

test("a prompt wraps every label", async () => {
  const model = letterModel();
  await zeroShot(model, clips, ["jazz", "rock"], { prompts: "{} music, only {}" });
  expect(model.asked[0]).toEqual(["jazz music, only jazz", "rock music, only rock"]);
});

test("several prompts are the mean of their unit vectors, scaled to length 1", async () => {
  const model = letterModel();
  const ensemble = await zeroShot(model, clips, ["piano"], { prompts: ["{}", "bb {} bb"] });
  const rows = await model.embedText(["piano", "bb piano bb"]);
  const expected = (await model.embedAudio(clips[0]!)).neighbours(rows.mean(), 1)[0]!.cosine;
  expect(ensemble.scores[0]).toBeCloseTo(expected, 6);
});

test("dollar signs in a label stay what they are", async () => {
  const model = letterModel();
  await zeroShot(model, clips, ["$& a$1"], { prompts: "<{}>" });
  expect(model.asked[0]).toEqual(["<$& a$1>"]);
});

test("probabilities are shares of one at the model's temperature", async () => {
  const result = await zeroShot(letterModel(), clips, ["drums", "piano"]);
  const shares = result.probabilities();
  expect(shares[0]! + shares[1]!).toBeCloseTo(1, 6);
  const logOdds = (result.scores[1]! - result.scores[0]!) / 0.1;
  expect(Math.log(shares[1]! / shares[0]!)).toBeCloseTo(logOdds, 4);
  expect([...result.probabilities(1e9)].map((share) => share.toFixed(3))).toEqual(
    Array(4).fill("0.500"),
  );
});

test("a result says whether its temperature is the one that the model learned", async () => {
  const learned = async (temperatureOrigin?: "measured" | "initial" | "assumed") => {
    const model = letterModel();
    const manifest = { ...model.manifest, ...(temperatureOrigin && { temperatureOrigin }) };
    const result = await zeroShot(Object.assign(model, { manifest }), clips, ["piano", "drums"]);
    return result.temperatureIsLearned;
  };
  expect(await Promise.all([learned(), learned("measured")])).toEqual([true, true]);
  expect(await Promise.all([learned("initial"), learned("assumed")])).toEqual([false, false]);
});

test("embeddings that were made before need no audio tower", async () => {
  const model = letterModel();
  const made = await model.embedAudio(clips);
  const result = await zeroShot(model, made, ["piano"]);
  expect(model.asked.length).toBe(2);
  expect(result.clips).toEqual(["piano", "drum"]);
});

test("embeddings of another model are refused", async () => {
  const made = await letterModel("other").embedAudio(clips);
  await expect(zeroShot(letterModel(), made, ["piano"])).rejects.toThrow(/"other" and "letters"/);
});

test("a clip that fails is told and the rest goes on", async () => {
  const result = await zeroShot(letterModel(), [clipCalled("123"), clips[0]!], ["piano"]);
  expect(result.clips).toEqual(["piano"]);
  expect(inspect(result)).toMatch(/failed: 123: there is no letter/);
});

test("no clips make an empty result", async () => {
  const none = Embeddings.from({ data: new Float32Array(0), dim: 26 });
  expect((await zeroShot(letterModel(), none, ["piano"])).scores.length).toBe(0);
});

test.each([
  [[], undefined, /no labels/],
  [["a", "b", "a"], undefined, /"a" again.*new Set/],
  [["a", " "], undefined, /label 1 is empty/],
  [["a"], "music", /no place for the label.*got "music"/],
  [["a"], ["{} music", "x"], /got "x"/],
  [["a"], [], /no prompts/],
  [["a", "7"], undefined, /7: there is no letter/],
])("labels %j with prompts %j are refused", async (labels, prompts, message) => {
  const options = prompts === undefined ? {} : { prompts };
  await expect(zeroShot(letterModel(), clips, labels, options)).rejects.toThrow(message);
});

test("inspecting tells each clip's best labels", async () => {
  const result = await zeroShot(letterModel(), clips, ["drums", "piano"], { prompts: "{} music" });
  expect(inspect(result)).toMatchInlineSnapshot(`
    "Zero-shot: 2 clips × 2 labels (cosine, letters, prompts "{} music")
      piano: piano 0.775, drums 0.112
      drum: drums 0.750, piano 0.289"
  `);
});
