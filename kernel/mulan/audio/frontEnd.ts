import { z } from "zod";

const waveformFrontEndSchema = z.strictObject({
  kind: z.literal("waveform"),
  sampleRateHz: z.number().positive(),
});

const logSchema = z.discriminatedUnion("kind", [
  /** ln(scale·M + offset), M at least `floor`. */
  z.strictObject({
    kind: z.enum(["ln", "log10"]),
    scale: z.number().positive().default(1),
    offset: z.number().nonnegative().default(0),
    floor: z.number().nonnegative().default(0),
  }),
  /** 10·log10(max(amin, M)) − 10·log10(max(amin, ref)), then not more than topDb below the maximum. */
  z.strictObject({
    kind: z.literal("db"),
    amin: z.number().positive().default(1e-10),
    ref: z.number().positive().default(1),
    topDb: z.number().positive().nullable().default(null),
  }),
]);

const logMelFrontEndSchema = z.strictObject({
  kind: z.literal("logMel"),
  sampleRateHz: z.number().positive(),
  nFft: z.int().positive(),
  windowLength: z.int().positive(),
  hopLength: z.int().positive(),
  window: z.enum(["hann", "hannSymmetric", "hamming", "povey", "rectangular"]).default("hann"),
  nMels: z.int().positive(),
  fMinHz: z.number().nonnegative(),
  fMaxHz: z.number().positive(),
  melScale: z.enum(["htk", "slaney", "kaldi"]),
  norm: z.enum(["none", "slaney"]),
  /** 1 for magnitude, 2 for power. */
  power: z.number().positive(),
  /**
   * true: frames of nFft around multiples of the hop (librosa, torch.stft). false: frames of windowLength inside
   * the sound, filled with zeros to nFft (Kaldi, transformers).
   */
  center: z.boolean(),
  padMode: z.enum(["constant", "reflect"]).default("reflect"),
  /** Kaldi's per-frame steps, in its order: DC removal, then pre-emphasis. */
  removeDcOffset: z.boolean().default(false),
  preEmphasis: z.number().min(0).max(1).default(0),
  /** Kaldi's own tools hear int16-sized samples (32768); AST's extractor and all others hear −1 to 1. */
  inputScale: z.number().positive().default(1),
  log: logSchema,
  /** (x − mean) / std after the log; AST halves again by putting 2·std here. */
  normalization: z.strictObject({ mean: z.number(), std: z.number().positive() }).optional(),
  /**
   * Frames that the graph wants: cut, or filled up at the end with `fillValue` as it stands after normalisation
   * (AST pads with 0 before it: (0 − mean) / std).
   */
  fixedFrames: z.strictObject({ count: z.int().positive(), fillValue: z.number() }).optional(),
});

export const frontEndSchema = z.discriminatedUnion("kind", [
  waveformFrontEndSchema,
  logMelFrontEndSchema,
]);

/** What stands between PCM and the audio tower, as data. */
export type FrontEnd = z.infer<typeof frontEndSchema>;
export type LogMelFrontEnd = z.infer<typeof logMelFrontEndSchema>;
