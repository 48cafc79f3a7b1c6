import type { ContrastiveLoss } from "../evaluation/loss/lossResult.ts";
import type { Training } from "../evaluation/loss/training.ts";
import type { Report } from "../evaluation/report.ts";
import type { ClipNamer } from "./items/clipId.ts";

/** What the caller knows and a value does not. */
export interface FigureContext {
  /** The model's full name for the footnote; default: the model id that the value carries. */
  readonly modelName?: string;
  /** Gives a clip the opaque id by which renderers may ask the engine for its sound. */
  readonly clipId?: ClipNamer;
  /** Gives a report the opaque id by which renderers may ask the engine for its rankings; without it they cannot. */
  readonly reportId?: (report: Report) => string;
  /** Gives a batch or a training the opaque id by which renderers may ask for more of it. */
  readonly lossId?: (value: ContrastiveLoss | Training) => string;
  /** Store up to this much of a clip's sound in its figure, in seconds; 0 (default) stores none. */
  readonly storeAudioSec?: number | undefined;
}
