import { Embeddings } from "../embedding/embeddings.ts";
import { similarity } from "../embedding/similarity.ts";
import type { Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { embedLabels } from "./labelTexts.ts";
import { asTemplates, checkLabels } from "./prompts.ts";
import type { EmbeddableClip, TwoTowers } from "./twoTowers.ts";
import { ZeroShot } from "./zeroShotResult.ts";

export interface ZeroShotOptions {
  /** How a label is said: a template, or several whose text embeddings are averaged. Default "{}". */
  readonly prompts?: string | readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Scores clips against labels that the model was never trained to tell apart: the cosine of each clip with
 * each label's text, `[nClips, nLabels]`. With several prompts a label's vector is the mean of its prompts'
 * unit vectors, scaled to length 1.
 * @param clips clips, or embeddings that were made before (of this model)
 * @throws MulanError `labels.empty`, `labels.blank`, `labels.duplicate`, `prompts.empty`, `prompts.no-place`,
 * `embeddings.model-mismatch`, and what embedding throws
 */
export async function zeroShot(
  model: TwoTowers,
  clips: EmbeddableClip | readonly EmbeddableClip[] | Embeddings,
  labels: readonly string[],
  { prompts = "{}", ...options }: ZeroShotOptions = {},
): Promise<ZeroShot> {
  assertNotPromise(model, "zeroShot(await load(), …)");
  assertNotPromise(clips, "zeroShot(model, await readAudio(…), …)");
  checkLabels(labels);
  const templates = asTemplates(prompts);
  const texts = await embedLabels(model, labels, templates, options);
  const audio = clips instanceof Embeddings ? clips : await model.embedAudio(clips, options);
  const { values } = similarity(audio, texts);
  return new ZeroShot(audio, labels, templates, values, model);
}
