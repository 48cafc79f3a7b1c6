import { Clip } from "../audio/clip.ts";
import { Embeddings } from "../embedding/embeddings.ts";
import { Projection } from "../embedding/projection/projection.ts";
import { Similarity } from "../embedding/similarity.ts";
import { ContrastiveLoss } from "../evaluation/loss/lossResult.ts";
import { Training } from "../evaluation/loss/training.ts";
import { Timeline } from "../evaluation/timelineResult.ts";
import { Triplets } from "../evaluation/tripletsResult.ts";
import { ZeroShot } from "../evaluation/zeroShotResult.ts";
import { type Bundle, bundleOf } from "./bundle.ts";
import { figureOfClip, isSpectrogram, isWaveform } from "./clip/readClip.ts";
import type { FigureContext } from "./context.ts";
import type { Figure } from "./contract.ts";
import { embeddingsFigure } from "./embeddings/figure.ts";
import { lossFigure } from "./loss/figure.ts";
import { mapFigure } from "./map/figure.ts";
import { describeSettings } from "./map/settings.ts";
import { isReport, reportFigure } from "./report/figure.ts";
import { similarityFigure } from "./similarity/figure.ts";
import { figureOfTimeline } from "./timeline/figure.ts";
import { tripletsFigure } from "./triplets/figure.ts";
import { zeroShotFigure } from "./zeroshot/figure.ts";

export interface BundleOptions extends FigureContext {
  /** Ends the decoding of a clip that is to be drawn. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * How a value of this library shows itself: `application/vnd.mulan.<family>.v1+json` (contract.ts),
 * `image/png` (base64, twice the size in px) and `text/plain`. Undefined for every other value.
 * @throws MulanError `audio.*` when a clip's sound cannot be read
 */
export async function toBundle(
  value: unknown,
  options: BundleOptions = {},
): Promise<Bundle | undefined> {
  const figure = await toFigure(value, options);
  return figure && bundleOf(figure);
}

/** The custom JSON alone. */
export async function toFigure(
  value: unknown,
  options: BundleOptions = {},
): Promise<Figure | undefined> {
  if (value instanceof Clip || isWaveform(value) || isSpectrogram(value)) {
    return figureOfClip(value, options);
  }
  if (value instanceof Similarity) return similarityFigure(value, options);
  if (value instanceof ZeroShot) return zeroShotFigure(value, options);
  if (value instanceof Triplets) return tripletsFigure(value, options);
  if (value instanceof Timeline) return figureOfTimeline(value, options);
  if (value instanceof ContrastiveLoss || value instanceof Training)
    return lossFigure(value, options);
  if (isReport(value)) return reportFigure(value, options);
  if (value instanceof Embeddings) {
    const { data, n, dim, labels, modality, modelId, sources, windows, failures } = value;
    const nWindows = windows?.startSec.length;
    const input = { data, n, dim, labels, modality, modelId, sources, nWindows };
    return embeddingsFigure({ ...input, nFailures: failures.length }, options);
  }
  if (value instanceof Projection) {
    const { method, points, labels, modality, modelId, sources, explained } = value;
    const input = { method, points, labels, modality, modelId, sources, explained };
    const note = value.notes.join("; ");
    return mapFigure({ ...input, settings: describeSettings(value), note }, options);
  }
  return undefined;
}
