import type { Split, TaggedDataset } from "../../datasets/dataset.ts";
import type { EmbeddingCache } from "../../embedding/cache.ts";
import { checkSameSpace } from "../../embedding/compatible.ts";
import { dotProducts } from "../../embedding/dotProducts.ts";
import { ambientProgress, ambientSignal, type Progress } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { asReport } from "../asReport.ts";
import { checkEntry } from "../entryArguments.ts";
import { asModel, type EvaluatedModel } from "../given/asModel.ts";
import { groupNumbers } from "../groups.ts";
import { labelFigures } from "../labelFigures.ts";
import { embedLabels } from "../labelTexts.ts";
import { asTemplates } from "../prompts.ts";
import type { TaggingReport } from "../report.ts";
import { reportFacts } from "../reportFacts.ts";
import { reportModel } from "../seenLabels.ts";
import { itemRows } from "../sounds/itemRows.ts";
import { chosenLabels, itemsOfSplit, truthOf } from "./chosenItems.ts";

export interface EvaluateTaggingOptions {
  /** How a label is said: a template, or several whose text embeddings are averaged. Default "{}". */
  readonly prompts?: string | readonly string[];
  /** Some of the data set's labels. Default: all. */
  readonly labels?: readonly string[];
  /** Which items. Default: the test items, or all where the data set names no splits. */
  readonly split?: Split | "all";
  /** Of the bootstrap. Default 0. */
  readonly seed?: number;
  /** Of the bootstrap. Default 1000. */
  readonly nResamples?: number;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Default: the cache in the user's cache folder, by which an interrupted run goes on where it was. */
  readonly cache?: EmbeddingCache | false | undefined;
}

/**
 * Zero-shot tagging: the score of a clip and a label is the cosine of the clip's embedding and the label's text. Clips
 * are opened and embedded in small groups, so that a data set may be larger than memory; files that fail are listed in
 * the report and the rest goes on. Labels that the model's training saw are marked. Where items have groups, intervals
 * resample groups.
 * @param model a model, or embeddings made elsewhere: `{ audio, text, ids }`
 * @throws MulanError `evaluation.model`, `evaluation.dataset` (of another kind), `evaluation.unknown-label`,
 * `evaluation.no-split`, `evaluation.no-audio`, `evaluation.no-figures`, `evaluation.no-text-tower`, `labels.*`, `prompts.*`; what the model itself fails with; AbortError
 */
export async function evaluateTagging(
  model: EvaluatedModel,
  dataset: TaggedDataset,
  options: EvaluateTaggingOptions = {},
): Promise<TaggingReport> {
  assertNotPromise(model, "evaluateTagging(await load(), …)");
  assertNotPromise(dataset, "evaluateTagging(model, await …)");
  checkEntry("evaluateTagging", model, dataset, ["tagged"]);
  const { prompts = "{}", seed = 0, nResamples, cache } = options;
  const signal = options.signal ?? ambientSignal();
  const onProgress = options.onProgress ?? ambientProgress();
  const labels = chosenLabels(dataset, options.labels);
  const templates = asTemplates(prompts);
  const chosen = itemsOfSplit(dataset, options.split);
  const towers = await asModel(model);

  const texts = await embedLabels(towers, labels, templates, { signal, onProgress, cache });
  const rows = await itemRows(towers, chosen.items, { signal, onProgress, cache });
  checkSameSpace(texts, { dim: rows.dim, modelId: towers.id });
  const scores = dotProducts(rows.data, texts.data, rows.dim);
  const truth = truthOf(rows.refs, labels);
  const named = reportModel(towers, dataset.name, labels);
  const figures = await labelFigures(scores, truth, labels, named.seenLabels, {
    seed,
    nResamples,
    groups: groupNumbers(rows.items),
    signal,
    onProgress,
  });
  return asReport({
    kind: "report",
    task: "tagging",
    ...reportFacts(dataset, { n: rows.items.length, seed, failures: rows.failures }),
    model: named,
    conventions: [
      "zero-shot: cosine of a clip's embedding and a label's text embedding",
      ...(templates.length > 1
        ? ["several prompts: mean of their unit vectors, scaled to length 1"]
        : []),
      chosen.convention,
      ...figures.conventions,
      ...rows.conventions,
    ],
    measures: figures.measures,
    items: rows.items,
    labels: figures.labels,
    nLabelsLeftOut: figures.nLabelsLeftOut,
    scores,
    truth,
    prompts: templates,
  });
}
