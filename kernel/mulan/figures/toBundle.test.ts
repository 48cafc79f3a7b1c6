import { describe, expect, test } from "vitest";
import { Clip } from "../audio/clip.ts";
import { spectrogram } from "../audio/spectrogram.ts";
import { waveform } from "../audio/waveform.ts";
import { Embeddings } from "../embedding/embeddings.ts";
import { Projection } from "../embedding/projection/projection.ts";
import { similarity } from "../embedding/similarity.ts";
import { Timeline } from "../evaluation/timelineResult.ts";
import { Triplets } from "../evaluation/tripletsResult.ts";
import { ZeroShot } from "../evaluation/zeroShotResult.ts";
import { bundleOf } from "./bundle.ts";
import {
  type ClipFigure,
  decodeFloat16,
  decodeInt8,
  decodeUint8,
  mimeOf,
  type SimilarityFigure,
} from "./contract.ts";
import { clipOf, decodePng, randomNumbers, similarityOf } from "./figures.testkit.ts";
import { pngSize } from "./png/pngSize.ts";
import { toBundle } from "./toBundle.ts";

const sampleRateHz = 16_000;
const tone = Clip.fromSamples(
  Float32Array.from({ length: 2 * sampleRateHz }, (_, i) => 0.5 * Math.sin(i * 0.1727)),
  sampleRateHz,
  { label: "440 Hz" },
);

function embeddings(n: number, modality: "audio" | "text"): Embeddings {
  const random = randomNumbers(n);
  const data = Array.from({ length: n }, () => Array.from({ length: 16 }, () => random() - 0.5));
  const labels = data.map((_, i) => `${modality} ${i}`);
  return Embeddings.from({ data, labels, modality, modelId: "mulan-mini" });
}

const clips = embeddings(5, "audio");
const prompts = embeddings(3, "text");
const values = {
  clip: tone,
  waveform: waveform(tone),
  spectrogram: spectrogram(tone),
  embeddings: clips,
  similarity: similarity(prompts, clips),
  zeroshot: new ZeroShot(clips, ["rock", "jazz"], ["{} music"], new Float32Array(10).fill(0.25), {
    id: "mulan-mini",
    manifest: { temperature: 0.07 },
  }),
  triplets: new Triplets(
    [
      {
        anchor: "a",
        positive: "b",
        negative: "c",
        cosinePositive: 0.4,
        cosineNegative: 0.1,
        margin: 0.3,
        correct: true,
      },
    ],
    "mulan-mini",
  ),
  timeline: new Timeline({
    label: "tone",
    source: tone,
    prompts: ["a", "b", "c"],
    startSec: Float32Array.of(0, 1),
    durationSec: Float32Array.of(1, 1),
    windowSec: 1,
    cosines: Float32Array.from({ length: 6 }, Math.cos),
    scores: Float32Array.of(0.3, 0.1, -0.2),
    modelId: "mulan-mini",
  }),
  projection: new Projection(clips, Float32Array.from({ length: 10 }, Math.sin), {
    method: "pca",
    seed: 1,
    explained: [0.5, 0.2],
    notes: [],
  }),
};

const family = {
  clip: "clip",
  waveform: "clip",
  spectrogram: "clip",
  embeddings: "embeddings",
  similarity: "similarity",
  zeroshot: "zeroshot",
  triplets: "triplets",
  projection: "map",
  timeline: "timeline",
} as const;

describe.each(Object.keys(values) as (keyof typeof values)[])("a value of kind %s", (kind) => {
  test("becomes its family's JSON, a picture with ink on white, and text", async () => {
    const bundle = (await toBundle(values[kind]))!;
    expect(Object.keys(bundle)).toEqual([mimeOf(family[kind]), "image/png", "text/plain"]);
    const png = Buffer.from(bundle["image/png"], "base64");
    const { width, height, rgb } = decodePng(png);
    expect(pngSize(bundle["image/png"])).toEqual({ width: width / 2, height: height / 2 });
    const dark = rgb.filter((value) => value < 100).length / rgb.length;
    expect(dark).toBeGreaterThan(0.002);
    expect([...rgb.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect(bundle["text/plain"].length).toBeGreaterThan(40);
  });

  test("is the same bundle every time, and JSON keeps it", async () => {
    const [first, second] = [await toBundle(values[kind]), await toBundle(values[kind])];
    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });
});

test("values that are not the library's show themselves in another way", async () => {
  const others = [
    undefined,
    null,
    1,
    "clip",
    [tone],
    { kind: "clip" },
    { kind: "waveform", clip: { samples: () => [] } },
    { kind: "similarity", rows: ["a"], columns: ["b"], values: new Float32Array(1) },
    new Float32Array(3),
  ];
  for (const other of others) expect(await toBundle(other)).toBeUndefined();
});

test("the clip's JSON holds its sound's outline and spectrogram", async () => {
  const bundle = (await toBundle(tone))!;
  const figure = bundle[mimeOf("clip")] as ClipFigure;
  expect(figure.clip).toMatch(/^clip-[0-9a-f]{16}$/);
  expect([figure.durationSec, figure.sampleRateHz, figure.nChannels]).toEqual([2, 16_000, 1]);
  const peaks = decodeInt8(figure.waveform!.peaks, figure.waveform!.peakLimit);
  expect(peaks).toHaveLength(2 * figure.waveform!.n);
  expect(Math.max(...peaks)).toBeCloseTo(0.5, 2);
  expect(figure.waveform!.peakDb).toBeCloseTo(-6.02, 2);
  const { values: cells, nFrames, nMels, dbMin, dbMax } = figure.spectrogram!;
  const decibels = decodeUint8(cells, dbMin, dbMax);
  expect(decibels).toHaveLength(nFrames * nMels);
  expect(Math.max(...decibels)).toBe(0);
});

test("the clip's JSON holds its sound only when asked to, and no more of it than asked for", async () => {
  const read = async (storeAudioSec?: number) =>
    (await toBundle(tone, { storeAudioSec }))![mimeOf("clip")] as ClipFigure;
  expect(await read()).not.toHaveProperty("sound");
  const { sound } = await read(1.5);
  expect(sound!.durationSec).toBe(1.5);
  expect((await read(60)).sound!.durationSec).toBe(2);
  const bytes = Buffer.from(sound!.flac, "base64");
  expect(bytes.subarray(0, 4).toString()).toBe("fLaC");
  // STREAMINFO: 20 bits of rate, 3 of channels − 1, 5 of bits − 1, 36 of samples.
  expect(bytes.readUIntBE(18, 3) >> 4).toBe(sampleRateHz);
  expect(bytes.readUIntBE(20, 2) & 0xfff).toBe(15 << 4);
  expect(bytes.readUInt32BE(22)).toBe(1.5 * sampleRateHz);
});

test("a spectrogram with a model's natural logarithm is drawn in dB", async () => {
  const base = spectrogram(tone).frontEnd;
  const log = { kind: "ln", scale: 1, offset: 0, floor: 1e-10 } as const;
  const inLn = spectrogram(tone, { frontEnd: { ...base, log } });
  const read = async (value: unknown): Promise<Float32Array> => {
    const figure = (await toBundle(value))![mimeOf("clip")] as ClipFigure;
    return decodeUint8(figure.spectrogram!.values, -80, 0);
  };
  const [expected, got] = [await read(spectrogram(tone)), await read(inLn)];
  got.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(0.7);
  });
});

test("similarity tells its best pair with the numbers that the cells show", async () => {
  const bundle = (await toBundle(values.similarity))!;
  const figure = bundle[mimeOf("similarity")] as SimilarityFigure;
  const cells = decodeFloat16(figure.values);
  const best = cells.indexOf(Math.max(...cells));
  const pair = `${figure.rows.labels[Math.floor(best / 5)]} ↔ ${figure.columns.labels[best % 5]}`;
  expect(figure.reading).toContain(`${pair}, ${cells[best]!.toFixed(2)}`);
  expect(bundle["text/plain"]).toContain(cells[best]!.toFixed(2));
  expect(figure.title).toBe("3 prompts × 5 clips, cosine");
});

test("a set with itself leaves the diagonal out of the reading", async () => {
  const bundle = (await toBundle(similarity(clips)))!;
  const figure = bundle[mimeOf("similarity")] as SimilarityFigure;
  expect(figure.title).toBe("5 clips with each other, cosine");
  expect(figure.reading).toContain("10 pairs");
  expect(figure.reading).not.toContain(", 1.00");
});

test("ids of clips come from the engine when it gives them", async () => {
  const bundle = (await toBundle(tone, { clipId: () => "7" }))!;
  expect((bundle[mimeOf("clip")] as ClipFigure).clip).toBe("7");
});

test("the bundle of 30 s of noise, the hardest clip, stays under 300 KB and its JSON under 200", async () => {
  const figure = clipOf({ durationSec: 30, sampleRateHz: 44_100 });
  expect(JSON.stringify(figure).length).toBeLessThan(200_000);
  expect(JSON.stringify(await bundleOf(figure)).length).toBeLessThan(300_000);
});

test("a matrix of a million cells is averaged, and says so", async () => {
  const names = Array.from({ length: 1024 }, (_, i) => `clip ${i}`);
  const figure = similarityOf(names, names) as SimilarityFigure;
  expect(figure.block).toEqual([2, 2]);
  expect(figure.footnote).toContain("mean of 2 × 2 pairs");
  expect(figure.title).toContain("1\u2009024 prompts");
  expect(decodeFloat16(figure.values)).toHaveLength(512 * 512);
  expect(JSON.stringify(figure).length).toBeLessThan(800_000);
});
