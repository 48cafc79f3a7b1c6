import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { float32Of, int16Of, readGoldens } from "../../../test/support/safetensors.ts";
import { cutWindows } from "./cutWindows.ts";
import { frontEndSchema, type LogMelFrontEnd } from "./frontEnd.ts";
import { logMel } from "./logMel.ts";

interface Case {
  readonly key: string;
  readonly signal: string;
  readonly frames: number;
  /** Every n-th frame is kept in the file. */
  readonly stride: number;
  readonly frontEnd: unknown;
}

const goldens = readGoldens(
  fileURLToPath(new URL("../../../test/goldens/audio/logmel.safetensors", import.meta.url)),
);
const cases = JSON.parse(goldens.metadata.cases!) as Case[];
const N = 12_000;

function signal(name: string, sampleRateHz: number): Float32Array {
  if (name === "music") {
    return Float32Array.from(
      int16Of(goldens.tensors.get(`music-${sampleRateHz}`)!),
      (x) => x / 32768,
    );
  }
  if (name === "one") return new Float32Array([0.5]);
  return Float32Array.from({ length: N }, (_, i) => {
    if (name === "impulse") return i === N / 2 ? 1 : 0;
    if (name === "square") return Math.floor(i / 50) % 2 === 0 ? 1 : -1;
    return name === "dc" ? 0.5 : 0;
  });
}

function logMelFrontEnd(fields: unknown): LogMelFrontEnd {
  const frontEnd = frontEndSchema.parse(fields);
  if (frontEnd.kind !== "logMel") throw new Error("not a log-mel front end");
  return frontEnd;
}

describe("log-mel is within 1e-4 of the Python libraries", () => {
  test.each(cases.map((c) => [c.key, c] as const))("%s", (key, golden) => {
    const frontEnd = logMelFrontEnd(golden.frontEnd);
    let pcm = signal(golden.signal, frontEnd.sampleRateHz);
    if (key.startsWith("transformers-clap")) {
      const length = 480_000;
      const policy = {
        lengthSamples: length,
        hopSamples: length,
        padding: "repeatpad",
        lastWindow: "pad",
      } as const;
      pcm = cutWindows(pcm, frontEnd.sampleRateHz, policy)[0]!.samples;
    }
    const { data, nFrames, nMels } = logMel(pcm, frontEnd);
    expect(nFrames).toBe(golden.frames);
    const expected = float32Of(goldens.tensors.get(key)!);
    let worst = 0;
    for (let frame = 0; frame < nFrames; frame += golden.stride) {
      for (let mel = 0; mel < nMels; mel++) {
        const error = Math.abs(
          data[frame * nMels + mel]! - expected[(frame / golden.stride) * nMels + mel]!,
        );
        if (!(error <= worst)) worst = error;
      }
    }
    expect(worst).toBeLessThanOrEqual(1e-4);
  });
});

/**
 * What has no golden: torch refuses to reflect one sample (numpy and we repeat it), and Kaldi gives no frame for a
 * sound shorter than its window.
 */
test("a sound shorter than Kaldi's window has no frame, and a fixed length is all filling", () => {
  const kaldi = cases.find(({ key }) => key === "transformers-ast/music")!;
  const { fixedFrames, ...rest } = logMelFrontEnd(kaldi.frontEnd);
  expect(logMel(new Float32Array([0.5]), rest).nFrames).toBe(0);
  const filled = logMel(new Float32Array([0.5]), { ...rest, fixedFrames });
  expect(filled.nFrames).toBe(96);
  expect(new Set(filled.data)).toEqual(new Set([Math.fround(fixedFrames!.fillValue)]));
});

test("no samples give no frame", () => {
  for (const { frontEnd } of cases) {
    const { fixedFrames: _, ...rest } = logMelFrontEnd(frontEnd);
    expect(logMel(new Float32Array(0), rest).nFrames).toBe(0);
  }
});
