import { z } from "zod";

/** The parts of files beside a graph that a layout is read from; other fields are let be. */

export const preprocessorSchema = z.looseObject({
  feature_extractor_type: z.string().optional(),
  feature_size: z.int().positive().default(64),
  sampling_rate: z.number().positive().default(48_000),
  hop_length: z.int().positive().default(480),
  max_length_s: z.number().positive().default(10),
  nb_max_samples: z.int().positive().optional(),
  fft_window_size: z.int().positive().default(1024),
  frequency_min: z.number().nonnegative().default(0),
  frequency_max: z.number().positive().default(14_000),
  padding: z.string().default("repeatpad"),
  truncation: z.string().default("rand_trunc"),
  top_db: z.number().positive().nullish(),
});

export type Preprocessor = z.infer<typeof preprocessorSchema>;

export const configSchema = z.looseObject({
  model_type: z.string().optional(),
  projection_dim: z.int().positive().nullish(),
  logit_scale_init_value: z.number().positive().nullish(),
  audio_config: z.looseObject({ enable_fusion: z.boolean().nullish() }).nullish(),
  text_config: z.looseObject({ max_position_embeddings: z.int().positive().nullish() }).nullish(),
});

export type ModelConfig = z.infer<typeof configSchema>;

export const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().optional() });

const positive = z.number().positive().optional().catch(undefined);
const whole = z.int().positive().optional().catch(undefined);

/**
 * What exporters write beside a waveform tower. Everybody has names of his own, and other things under these names: what
 * does not fit says nothing.
 */
export const exportNotesSchema = z
  .looseObject({
    sample_rate: positive,
    sampling_rate: positive,
    sr: positive,
    clip_seconds: positive,
    clip_secs: positive,
    max_tokens: whole,
    max_length: whole,
    embedding_dim: whole,
    dim: whole,
    temperature: positive,
  })
  .catch({});

export type ExportNotes = z.infer<typeof exportNotesSchema>;
