import { z } from "zod";

/** A window of 1 GiB of float32: more could not be held, and JavaScript's own error would name no file. */
const MAX_WINDOW_SAMPLES = 2 ** 28;

/**
 * How a clip is cut into the windows that a model hears; lengths in samples at the front end's rate.
 * What the last or only window lacks is filled by `padding`:
 * "zeros"; "repeat" (the window's own samples again and again, cut at the end);
 * "repeatpad" (whole repeats, then zeros: CLAP); "wrap" (from the start of the clip: MuQ-MuLan).
 */
export const windowPolicySchema = z.strictObject({
  lengthSamples: z.int().positive().max(MAX_WINDOW_SAMPLES),
  hopSamples: z.int().positive(),
  padding: z.enum(["zeros", "repeat", "repeatpad", "wrap"]),
  /** What becomes of a rest shorter than a window: padded, left out, or taken from the clip's end backwards. */
  lastWindow: z.enum(["pad", "drop", "shift"]),
  /** With "pad": a rest shorter than this is left out, unless it is all there is. */
  minLastSamples: z.int().nonnegative().optional(),
});

export type WindowPolicy = z.infer<typeof windowPolicySchema>;
