import { inflateSync } from "node:zlib";
import { clipFigure } from "./clip/figure.ts";
import type { SpectrogramInput } from "./clip/spectrogramData.ts";
import { waveformData } from "./clip/waveformData.ts";
import type { Figure } from "./contract.ts";
import { embeddingsFigure } from "./embeddings/figure.ts";
import { mapFigure } from "./map/figure.ts";
import { similarityFigure } from "./similarity/figure.ts";
import { timelineFigure } from "./timeline/figure.ts";
import { tripletsFigure } from "./triplets/figure.ts";
import { zeroShotFigure } from "./zeroshot/figure.ts";

/** Numbers from 0 to 1, the same every time (Park and Miller). */
export function randomNumbers(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

const sampleLabels = [
  "01-solo-piano",
  "夜の海 (Night Sea) 第一楽章 アダージョ・ソステヌート",
  "🎹🎻 two signs 👩‍🎤🇩🇪",
  "a-very-long-name-of-a-recording-that-goes-on-and-on-live-at-montreux-1987",
  "مرحبا بالعالم",
  "x",
  "Привет Ελλάδα café",
  "지금 이 순간",
];

export function labels(n: number, pool: readonly string[] = sampleLabels): string[] {
  return Array.from({ length: n }, (_, i) =>
    i < pool.length ? pool[i]! : `${pool[i % pool.length]!} ${i}`,
  );
}

export function similarityOf(
  rows: readonly string[],
  columns: readonly string[],
  value: (row: number, column: number) => number = waves,
): Figure {
  return similarityFigure(
    {
      rows,
      columns,
      values: Float32Array.from({ length: rows.length * columns.length }, (_, k) =>
        value(Math.floor(k / columns.length), k % columns.length),
      ),
      rowModality: "text",
      columnModality: "audio",
      modelId: "mulan-mini",
    },
    { modelName: "MuLan mini 0.1" },
  );
}

function waves(row: number, column: number): number {
  return 0.5 * Math.sin(1 + row * 1.7) * Math.cos(column * 0.9);
}

export function zeroShotOf(
  clips: readonly string[],
  names: readonly string[],
  shift = 0.1,
): Figure {
  const random = randomNumbers();
  const scores = Float32Array.from(
    { length: clips.length * names.length },
    () => random() * 0.6 - shift,
  );
  const prompts = ["{} music"];
  return zeroShotFigure({ clips, labels: names, prompts, scores, modelId: "mulan-mini" }, {});
}

export function tripletsOf(names: readonly string[]): Figure {
  const random = randomNumbers();
  const rows = names.map((anchor, i) => ({
    anchor,
    positive: names[(i + 1) % names.length]!,
    negative: names[(i + 2) % names.length]!,
    cosinePositive: random() - 0.3,
    cosineNegative: random() - 0.5,
  }));
  return tripletsFigure({ rows, modelId: "mulan-mini" }, {});
}

export function embeddingsOf(names: readonly string[], dim: number): Figure {
  const random = randomNumbers();
  const data = Float32Array.from({ length: names.length * dim }, () => random() - 0.5);
  for (let i = 0; i < names.length; i++) {
    const row = data.subarray(i * dim, (i + 1) * dim);
    const length = Math.hypot(...row);
    row.forEach((value, k) => {
      row[k] = value / length;
    });
  }
  const n = names.length;
  const input = { data, n, dim, labels: names, modality: "audio", modelId: "mulan-mini" } as const;
  return embeddingsFigure(input, {});
}

export function mapOf(names: readonly string[], method: "pca" | "umap" = "umap"): Figure {
  const random = randomNumbers();
  const points = Float32Array.from({ length: 2 * names.length }, () => random() * 20);
  return mapFigure({ method, points, labels: names, modality: "audio" }, {});
}

export interface TimelineShape {
  readonly label?: string;
  readonly nWindows?: number;
  readonly windowSec?: number;
  readonly hopSec?: number;
  /** Own sound of the last window. */
  readonly lastSec?: number;
  readonly waveform?: boolean;
}

/** Waves of cosines; hops shorter than windows make them overlap. */
export function timelineOf(prompts: readonly string[], shape: TimelineShape = {}): Figure {
  const { label = "a walk", nWindows = 8, windowSec = 3, waveform = true } = shape;
  const { hopSec = windowSec, lastSec = windowSec } = shape;
  const random = randomNumbers();
  const durationSec = (nWindows - 1) * hopSec + lastSec;
  const noise = Float32Array.from({ length: 4000 }, () => 1.6 * random() - 0.8);
  return timelineFigure(
    {
      label,
      source: { label, startSec: 0, durationSec },
      prompts,
      startSec: Float32Array.from({ length: nWindows }, (_, i) => i * hopSec),
      durationSec: Float32Array.from({ length: nWindows }, (_, i) =>
        i === nWindows - 1 ? lastSec : windowSec,
      ),
      windowSec,
      cosines: Float32Array.from({ length: prompts.length * nWindows }, (_, k) =>
        waves(Math.floor(k / nWindows), k % nWindows),
      ),
      scores: Float32Array.from(prompts, (_, i) => 0.3 * Math.cos(i)),
      modelId: "mulan-mini",
      waveform: waveform ? waveformData(noise, 640) : null,
    },
    {},
  );
}

export interface ClipShape {
  readonly durationSec: number;
  readonly label?: string;
  readonly startSec?: number;
  readonly amplitude?: number;
  readonly sampleRateHz?: number;
  readonly waveform?: boolean;
  readonly spectrogram?: boolean;
  readonly tags?: Record<string, string>;
  readonly storeAudioSec?: number;
}

/** A clip of noise whose every spectrogram cell is as random as can be: the hardest case for size. */
export function clipOf(shape: ClipShape): Figure {
  const random = randomNumbers();
  const { durationSec, sampleRateHz = 16_000, amplitude = 0.9 } = shape;
  const n = Math.round(durationSec * sampleRateHz);
  const samples = Float32Array.from({ length: n }, () => amplitude * (2 * random() - 1));
  const hopLength = 512;
  const nFrames = 1 + Math.floor(n / hopLength);
  const nMels = 128;
  const spectrogram: SpectrogramInput = {
    values: Float32Array.from({ length: nFrames * nMels }, () =>
      amplitude === 0 ? -100 : -80 * random(),
    ),
    nFrames,
    nMels,
    hopSec: hopLength / sampleRateHz,
    fMinHz: 20,
    fMaxHz: sampleRateHz / 2,
    melScale: "slaney",
  };
  return clipFigure(
    {
      label: shape.label ?? "noise",
      tags: shape.tags ?? {},
      startSec: shape.startSec ?? 0,
      durationSec,
      sampleRateHz,
      nChannels: 1,
      samples,
      showWaveform: shape.waveform ?? true,
      spectrogram: (shape.spectrogram ?? true) ? spectrogram : undefined,
    },
    { storeAudioSec: shape.storeAudioSec },
  );
}

export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  /** RGB of each pixel. */
  readonly rgb: Uint8Array;
}

/** Reads the PNGs that this room writes: palette colours, no filter, no interlace. */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    chunks.set(type, bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const palette = chunks.get("PLTE")!;
  const rows = inflateSync(chunks.get("IDAT")!);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    if (rows[y * (width + 1)] !== 0) throw new Error("a filtered row");
    for (let x = 0; x < width; x++) {
      const index = rows[y * (width + 1) + 1 + x]!;
      rgb.set(palette.subarray(3 * index, 3 * index + 3), 3 * (y * width + x));
    }
  }
  return { width, height, rgb };
}
