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
  projection_dim: z.int().positive().optional(),
  logit_scale_init_value: z.number().positive().optional(),
  audio_config: z.looseObject({ enable_fusion: z.boolean().nullish() }).optional(),
  text_config: z.looseObject({ max_position_embeddings: z.int().positive().optional() }).optional(),
});

export type ModelConfig = z.infer<typeof configSchema>;

export const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().optional() });

/** What exporters write beside a waveform tower: everybody has names of his own. */
export const exportNotesSchema = z.looseObject({
  sample_rate: z.number().positive().optional(),
  sampling_rate: z.number().positive().optional(),
  sr: z.number().positive().optional(),
  clip_seconds: z.number().positive().optional(),
  clip_secs: z.number().positive().optional(),
  max_tokens: z.int().positive().optional(),
  max_length: z.int().positive().optional(),
  embedding_dim: z.int().positive().optional(),
  dim: z.int().positive().optional(),
  temperature: z.number().positive().optional(),
});

export type ExportNotes = z.infer<typeof exportNotesSchema>;
