import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Clip } from "../kernel/mulan/audio/clip.ts";
import { dotOfRows } from "../kernel/mulan/embedding/dot.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { useEmbeddedModel } from "./support/embeddedModel.ts";

interface Golden {
  readonly clips: readonly {
    readonly name: string;
    readonly sampleRateHz: number;
    readonly durationSec: number;
    readonly sines: readonly { frequencyHz: number; amplitude: number; phaseRad: number }[];
    readonly windows: number;
    readonly windowEmbeds: readonly (readonly number[])[];
    readonly embedding: readonly number[];
  }[];
  readonly texts: readonly { readonly text: string; readonly embedding: readonly number[] }[];
}

// Made by training/ with its own log-mel, windows, tokenizer and Python's ONNX Runtime.
const golden = JSON.parse(
  readFileSync(join(packageRoot, "models/mulan-mini/golden.json"), "utf8"),
) as Golden;

const embedded = useEmbeddedModel();

function synthesize({ sampleRateHz, durationSec, sines, name }: Golden["clips"][number]): Clip {
  const samples = Float32Array.from({ length: Math.round(durationSec * sampleRateHz) }, (_, n) =>
    sines.reduce(
      (sum, { frequencyHz, amplitude, phaseRad }) =>
        sum + amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz + phaseRad),
      0,
    ),
  );
  return Clip.fromSamples(samples, sampleRateHz, { label: name });
}

function cosine(a: Float32Array, b: readonly number[]): number {
  const other = Float32Array.from(b);
  return dotOfRows(a, other) / Math.sqrt(dotOfRows(other, other) * dotOfRows(a, a));
}

test.each(golden.clips)(
  "the clip $name gets its golden embedding, window by window",
  async (clip) => {
    const { data, windows, dim } = await embedded.model.embedAudio(synthesize(clip), {
      cache: false,
    });
    expect(windows!.startSec).toHaveLength(clip.windows);
    clip.windowEmbeds.forEach((row, i) => {
      expect(cosine(windows!.data.subarray(i * dim, (i + 1) * dim), row)).toBeGreaterThan(0.9999);
    });
    expect(cosine(data, clip.embedding)).toBeGreaterThan(0.9999);
  },
);

// int8 weights: the activation ranges are computed on the fly, and CPUs round them a little differently.
test.each(golden.texts)(
  'the text "$text" gets its golden embedding',
  async ({ text, embedding }) => {
    const { data } = await embedded.model.embedText(text, { cache: false });
    expect(cosine(data, embedding)).toBeGreaterThan(0.999);
  },
);

test("a text's embedding is the same alone as in a batch", async () => {
  const texts = golden.texts.map(({ text }) => text);
  const batch = await embedded.model.embedText(texts, { cache: false });
  for (const text of texts) {
    const alone = await embedded.model.embedText(text, { cache: false });
    alone.data.forEach((value, j) => {
      expect(Math.abs(value - batch.row(text)[j]!)).toBeLessThan(1e-5);
    });
  }
});

test("the health check finds it sound, with texts well apart", () => {
  const { health } = embedded.model.describe();
  expect(health.faults).toEqual([]);
  expect(health.measured!.textCosines.min).toBeLessThan(0.5);
});
