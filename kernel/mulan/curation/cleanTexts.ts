import { similarity } from "../embedding/similarity.ts";
import type { Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import type { Failure } from "../foundation/errors.ts";
import { MulanError } from "../foundation/errors.ts";
import type { JointModel } from "../model/jointModel.ts";
import { conceptRows } from "./concepts.ts";

export interface CleanTextsOptions {
  /** Of a two-tower model, or any other that embeds texts. */
  readonly model: Pick<JointModel, "embedText">;
  /** Texts whose nearest concept has at least this cosine are kept. Default 0.6, measured for mulan-mini. */
  readonly threshold?: number;
  /** Default: the names of the library's own music concepts. */
  readonly concepts?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface JudgedText {
  readonly text: string;
  /** Its place in the list that was given. */
  readonly index: number;
  /** The nearest concept. */
  readonly concept: string;
  readonly cosine: number;
}

export interface CleanedTexts {
  readonly kept: readonly JudgedText[];
  /** Those that came nearest to staying first. */
  readonly dropped: readonly JudgedText[];
  readonly threshold: number;
  /** Texts that could not be embedded, empty ones among them. */
  readonly failures: readonly Failure[];
}

/**
 * Keeps the texts that are near to a music concept, as MuLan's classifier keeps those that speak of music. It judges
 * by likeness only: "piano removal service" is near to "piano".
 * @throws MulanError `curation.threshold`, `curation.concepts`, and what embedding throws
 */
export async function cleanTexts(
  texts: readonly string[],
  { model, threshold = 0.6, concepts, ...options }: CleanTextsOptions,
): Promise<CleanedTexts> {
  assertNotPromise(texts, "cleanTexts(await …, { model })");
  assertNotPromise(model, "cleanTexts(texts, { model: await load() })");
  if (!(threshold >= -1 && threshold <= 1)) {
    throw new MulanError("curation.threshold", "the threshold is a cosine", {
      expected: "a number from −1 to 1",
      got: String(threshold),
    });
  }
  if (texts.length === 0) return { kept: [], dropped: [], threshold, failures: [] };
  const names = await conceptRows(model, concepts, options);
  const said = await model.embedText([...new Set(texts)], { ...options, allowNone: true });
  const nearest = new Map<string, { concept: string; cosine: number }>();
  if (said.n > 0) {
    const { values } = similarity(said, names);
    said.labels.forEach((text, i) => {
      const row = values.subarray(i * names.n, (i + 1) * names.n);
      const cosine = row.reduce((best, value) => Math.max(best, value), -1);
      nearest.set(text, { concept: names.labels[row.indexOf(cosine)]!, cosine });
    });
  }
  const judged = texts.flatMap((text, index): JudgedText[] => {
    const found = nearest.get(text);
    return found ? [{ text, index, ...found }] : [];
  });
  return {
    kept: judged.filter(({ cosine }) => cosine >= threshold),
    dropped: judged
      .filter(({ cosine }) => cosine < threshold)
      .sort((a, b) => b.cosine - a.cosine || a.index - b.index),
    threshold,
    failures: said.failures,
  };
}
