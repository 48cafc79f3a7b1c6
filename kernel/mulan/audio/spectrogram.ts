import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";
import type { Clip, ReadOptions } from "./clip.ts";
import { melCornersHz } from "./features/melScale.ts";
import { type FrontEnd, frontEndSchema, type LogMelFrontEnd } from "./frontEnd.ts";
import { logMel } from "./logMel.ts";

/** A log-mel picture of a clip. */
export interface SpectrogramData {
  /** [frames, mels]: dB, or the front end's own logarithm when it is not in dB. */
  readonly db: Float32Array;
  readonly nFrames: number;
  readonly nMels: number;
  /** From one frame to the next, pooling included. */
  readonly hopSec: number;
  /** Centre of each mel band: [mels] */
  readonly melFrequenciesHz: Float32Array;
  readonly minDb: number;
  readonly maxDb: number;
  readonly frontEnd: LogMelFrontEnd;
}

/** A value that shows a clip's log-mel spectrogram; computed when it is drawn. */
export interface Spectrogram {
  readonly kind: "spectrogram";
  readonly clip: Clip;
  readonly frontEnd: LogMelFrontEnd;
  /** @throws what `clip.samples()` throws */
  compute(options?: ReadOptions): Promise<SpectrogramData>;
}

export interface SpectrogramOptions {
  /** A model's front end, to see what it hears; by default 128 Slaney mels up to half the clip's rate. */
  readonly frontEnd?: FrontEnd | undefined;
}

const MAX_FRAMES = 1200;
const TOP_DB = 80;
const HIGHEST_HZ = 16_000;

/** @throws MulanError `argument.front-end` when the front end makes no mel spectrogram */
export function spectrogram(clip: Clip, { frontEnd }: SpectrogramOptions = {}): Spectrogram {
  assertNotPromise(clip, "spectrogram(await …)");
  const logMelFrontEnd = chosen(frontEnd ?? defaultFrontEnd(clip.sampleRateHz));
  return {
    kind: "spectrogram",
    clip,
    frontEnd: logMelFrontEnd,
    async compute(options = {}) {
      return picture(await clip.resampled(logMelFrontEnd.sampleRateHz, options), logMelFrontEnd);
    },
  };
}

/** At the clip's own rate: nothing is resampled only to be looked at. */
export function defaultFrontEnd(sampleRateHz: number): LogMelFrontEnd {
  const frontEnd = frontEndSchema.parse({
    kind: "logMel",
    sampleRateHz,
    nFft: 2048,
    windowLength: 2048,
    hopLength: 512,
    nMels: 128,
    fMinHz: 20,
    fMaxHz: Math.min(HIGHEST_HZ, sampleRateHz / 2),
    melScale: "slaney",
    norm: "slaney",
    power: 2,
    center: true,
    padMode: "constant",
    log: { kind: "db", topDb: TOP_DB },
  });
  return chosen(frontEnd);
}

function chosen(frontEnd: FrontEnd): LogMelFrontEnd {
  if (frontEnd.kind === "logMel") return frontEnd;
  throw new MulanError("argument.front-end", "this model hears the waveform itself", {
    expected: "a front end of kind 'logMel'",
    remedy: "Leave frontEnd out to see the default spectrogram",
  });
}

/** The picture of mono PCM at the front end's rate. A model's normalisation and fixed length are left out of it. */
export function picture(
  pcm: Float32Array,
  frontEnd: LogMelFrontEnd,
  maxFrames = MAX_FRAMES,
): SpectrogramData {
  const { normalization: _, fixedFrames: __, ...plain } = frontEnd;
  const { data, nFrames, nMels } = logMel(pcm, plain);
  const perFrame = Math.max(1, Math.ceil(nFrames / maxFrames));
  const db = perFrame === 1 ? data : pooled(data, nFrames, nMels, perFrame);
  let minDb = Number.POSITIVE_INFINITY;
  let maxDb = Number.NEGATIVE_INFINITY;
  for (const value of db) {
    if (value < minDb) minDb = value;
    if (value > maxDb) maxDb = value;
  }
  return {
    db,
    nFrames: db.length / nMels,
    nMels,
    hopSec: (perFrame * frontEnd.hopLength) / frontEnd.sampleRateHz,
    melFrequenciesHz: Float32Array.from(melCornersHz(frontEnd).subarray(1, nMels + 1)),
    minDb,
    maxDb,
    frontEnd,
  };
}

/** The loudest of each run of frames: short attacks stay visible. */
function pooled(
  data: Float32Array,
  nFrames: number,
  nMels: number,
  perFrame: number,
): Float32Array {
  const nPooled = Math.ceil(nFrames / perFrame);
  const result = new Float32Array(nPooled * nMels).fill(Number.NEGATIVE_INFINITY);
  for (let frame = 0; frame < nFrames; frame++) {
    const at = Math.floor(frame / perFrame) * nMels;
    for (let mel = 0; mel < nMels; mel++) {
      const value = data[frame * nMels + mel]!;
      if (value > result[at + mel]!) result[at + mel] = value;
    }
  }
  return result;
}
