import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LAYOUTS, madeSounds } from "../../../../test/support/layoutModels.ts";
import { useOwnCacheFolder } from "../../../../test/support/models.ts";
import { Clip } from "../../audio/clip.ts";
import { readAudio } from "../../audio/readAudio.ts";
import type { Embeddings } from "../../embedding/embeddings.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { sharedInference } from "../inference/inference.ts";
import type { JointModel } from "../jointModel.ts";
import { load } from "../load.ts";

interface Golden {
  readonly recordings: string[];
  readonly texts: string[];
  readonly ids: number[][];
  readonly text: number[][];
  /** Three made sounds, the recordings, and for MuQ one of 15.8 s. */
  readonly audio: number[][];
}

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});

function clips(sounds: readonly Float32Array[], rate: number): Clip[] {
  return sounds.map((sound, i) => Clip.fromSamples(sound, rate, { label: `sound ${i}` }));
}

async function goldenOf(name: string): Promise<Golden> {
  const path = join(packageRoot, `test/goldens/layouts/${name}.json`);
  return JSON.parse(await readFile(path, "utf8")) as Golden;
}

function smallestCosine(rows: Embeddings, expected: readonly number[][]): number {
  const cosines = expected.map((row, i) =>
    row.reduce((sum, value, j) => sum + value * rows.row(i)[j]!, 0),
  );
  return Math.min(...cosines);
}

describe.each([
  ["clap", "clap", 48_000],
  ["clap-one", "clap", 48_000],
  ["muq", "muq", 24_000],
  ["muq-chain", "muq", 24_000],
])("a model in the layout %s", (folder, goldenName, rate) => {
  let model: JointModel;
  let golden: Golden;

  beforeAll(async () => {
    golden = await goldenOf(goldenName);
    model = await load(join(LAYOUTS, folder), { device: "cpu" });
  });
  afterAll(() => model.dispose());

  test("embeds texts as the Python reference does", async () => {
    const rows = await model.embedText(golden.texts);
    expect(smallestCosine(rows, golden.text)).toBeGreaterThan(0.9999);
  });

  test("embeds the same samples as the Python reference does", async () => {
    const rows = await model.embedAudio(clips(madeSounds(rate), rate));
    expect(smallestCosine(rows, golden.audio.slice(0, 3))).toBeGreaterThan(0.9999);
  });

  test("embeds recordings, decoded and resampled here, as the Python reference does", async () => {
    const paths = golden.recordings.map((name) => join(packageRoot, "samples/audio", name));
    const recordings = await readAudio(paths, { startSec: 2, durationSec: 8 });
    const rows = await model.embedAudio(recordings);
    expect(smallestCosine(rows, golden.audio.slice(3, 6))).toBeGreaterThan(0.999);
  });
});

test("MuQ-MuLan's last window is filled up with the start, and windows are averaged as they are", async () => {
  const golden = await goldenOf("muq");
  await using model = await load(join(LAYOUTS, "muq"), { device: "cpu" });
  const [noise, chord, sweep] = madeSounds(24_000) as [Float32Array, Float32Array, Float32Array];
  const long = new Float32Array(chord.length + sweep.length + 60_000);
  long.set(chord);
  long.set(sweep, chord.length);
  long.set(noise.subarray(0, 60_000), chord.length + sweep.length);
  const rows = await model.embedAudio(clips([long], 24_000));
  expect([...rows.windows!.startSec]).toEqual([0, 10]);
  expect(smallestCosine(rows, golden.audio.slice(6))).toBeGreaterThan(0.9999);
  expect(model.manifest.audio.pooling.normalize).toBe(false);
});

test("a MuQ-MuLan text has one embedding, whatever stands beside it", async () => {
  await using model = await load(join(LAYOUTS, "muq"), { device: "cpu" });
  const together = await model.embedText(["piano", "a calm string quartet with a soft beat"]);
  const alone = await model.embedText("piano", { cache: false });
  expect([...together.row(0)]).toEqual([...alone.row(0)]);
});

test("the description says what was found", async () => {
  await using model = await load(join(LAYOUTS, "clap"), { device: "cpu" });
  expect(model.describe()).toMatchObject({
    name: "clap",
    dim: 24,
    licence: "unknown",
    audio: { sampleRateHz: 48_000, windowSec: 10, padding: "repeatpad", precision: "fp32" },
    text: { maxTokens: 64, batching: "masked", precision: "fp32" },
  });
  expect(model.id).toMatch(/^clap@[0-9a-f]{8}$/);
});

test("precision chooses among the variants, whose results are close to the exact ones", async () => {
  const golden = await goldenOf("clap");
  for (const [precision, least] of [
    ["fp16", 0.999],
    ["int8", 0.98],
  ] as const) {
    await using model = await load(join(LAYOUTS, "clap"), { device: "cpu", precision });
    const rows = await model.embedText(golden.texts);
    expect(smallestCosine(rows, golden.text)).toBeGreaterThan(least);
    expect(model.describe().text.precision).toBe(precision);
  }
  await expect(load(join(LAYOUTS, "clap"), { precision: "q4" })).rejects.toMatchObject({
    code: "model.precision",
  });
});
