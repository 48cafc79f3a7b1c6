import { z } from "zod";

/** What the library asks of kernel/python/mulan_host.py. `path` stands in each: a child that was started anew loads it. */
export type PythonRequest =
  | { readonly op: "describe"; readonly path: string }
  | {
      readonly op: "audio";
      readonly path: string;
      readonly n: number;
      readonly sampleRateHz: number;
    }
  | { readonly op: "text"; readonly path: string; readonly texts: readonly string[] };

/** The variables and functions of a person's file, under their names there. */
export const towerFileSchema = z.object({
  embed_audio: z.literal(true),
  embed_text: z.literal(true),
  sample_rate_hz: z.number().positive(),
  /** Seconds. */
  window: z.number().positive(),
  dim: z.int().positive(),
  temperature: z.number().positive(),
  /** Seconds between the starts of windows; default: their length. */
  hop: z.number().positive().optional(),
  padding: z.enum(["zeros", "repeat", "repeatpad", "wrap"]).default("zeros"),
  /** Windows or texts of one call. */
  max_batch: z.int().positive().default(8),
  name: z.string().optional(),
  version: z.string().optional(),
  licence: z.string().default("unknown"),
  /** Of the interpreter. */
  python: z.string(),
});

export type TowerFile = z.infer<typeof towerFileSchema>;

export const rowsReplySchema = z.object({ dims: z.array(z.int().nonnegative()) });
