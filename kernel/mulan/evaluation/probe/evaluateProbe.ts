import type { Split, TaggedDataset } from "../../datasets/dataset.ts";
import type { EmbeddingCache } from "../../embedding/cache.ts";
import { ambientProgress, ambientSignal, type Progress } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { asReport } from "../asReport.ts";
import { checkEntry } from "../entryArguments.ts";
import { asModel, type EvaluatedModel } from "../given/asModel.ts";
import { groupNumbers } from "../groups.ts";
import { labelFigures } from "../labelFigures.ts";
import { C_GRID, chooseC, type ProbeSplit } from "../logistic/chooseC.ts";
import {
  fitLogistic,
  type LogisticModel,
  logitsOf,
  type ProbeWork,
} from "../logistic/fitLogistic.ts";
import type { ProbeReport } from "../report.ts";
import { reportFacts } from "../reportFacts.ts";
import { reportModel } from "../seenLabels.ts";
import { itemRows } from "../sounds/itemRows.ts";
import { chosenLabels, truthOf } from "../tagging/chosenItems.ts";
import { fewShotCurve, N_DRAWS } from "./fewShot.ts";
import { pickRows } from "./pickRows.ts";
import { splitItems } from "./splitRows.ts";

export interface EvaluateProbeOptions {
  /** Some of the data set's labels. Default: all. */
  readonly labels?: readonly string[];
  /** Strengths of L2 to choose from, as scikit-learn's C; a single one is taken as it is. Default 1e-4 to 100. */
  readonly c?: number | readonly number[];
  /** Numbers of positives a label to learn from as well; true: 1, 2, 5, 10, 20, 50. Default: none. */
  readonly fewShot?: readonly number[] | boolean;
  /** Of the split where the data set has none, of few-shot draws and of the bootstrap. Default 0. */
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

const FEW_SHOT_SIZES: readonly number[] = [1, 2, 5, 10, 20, 50];

/**
 * Linear-probe transfer: one logistic regression a label on frozen audio embeddings (standardised, L2), fitted on the
 * training items, its C chosen by macro ROC-AUC on the validation items, its figures taken on the test items. A data set
 * without a split gets a seeded one of 12:1:3. Labels that all training items have, or none, are left out of every figure. Items of one group (excerpts of a recording) stay together: in what is
 * drawn here, splits and few-shot draws, and in the resamples of the intervals; a given split that tears one is refused.
 * @param model a model, or embeddings made elsewhere: `{ audio, ids }`
 * @throws MulanError `evaluation.model`, `evaluation.dataset` (of another kind), `evaluation.unknown-label`, `evaluation.no-split`, `evaluation.torn-group`, `evaluation.one-group`,
 * `evaluation.no-audio`, `evaluation.no-figures`, `evaluation.few-shot`, `probe.*`; what the model itself fails with; AbortError
 */
export async function evaluateProbe(
  model: EvaluatedModel,
  dataset: TaggedDataset,
  options: EvaluateProbeOptions = {},
): Promise<ProbeReport> {
  assertNotPromise(model, "evaluateProbe(await load(), …)");
  assertNotPromise(dataset, "evaluateProbe(model, await …)");
  checkEntry("evaluateProbe", model, dataset, ["tagged"]);
  const { seed = 0, nResamples, cache } = options;
  const signal = options.signal ?? ambientSignal();
  const onProgress = options.onProgress ?? ambientProgress();
  const work: ProbeWork = { signal, ...(onProgress && { onProgress }) };
  const labels = chosenLabels(dataset, options.labels);
  const towers = await asModel(model);
  const { splits, convention } = splitItems(withTagsAmong(dataset.items, labels), seed);
  const used = dataset.items.filter((_, i) => splits[i] !== undefined);
  const splitOf = new Map(dataset.items.map((item, i) => [item, splits[i]]));

  const rows = await itemRows(towers, used, { signal, onProgress, cache });
  const part = (wanted: Split) => partOf(rows, splitOf, labels, wanted);
  const [train, validation, test] = [part("train"), part("validation"), part("test")];
  const nLabels = labels.length;
  const constant = labelsOfOneClass(train.y, nLabels);
  if (constant.length === nLabels) {
    throw new MulanError("evaluation.no-figures", "there is nothing to learn", {
      subject: dataset.name,
      expected: "a label that some training items have and others have not",
      got: `${train.places.length} training items and ${nLabels} labels`,
    });
  }
  const fitted = await fitProbe(train, validation, { nLabels, constant }, options.c, work);
  const scores = logitsOf(fitted.model, test.x);
  const named = reportModel(towers, dataset.name, labels);
  const figures = await labelFigures(scores, test.y, labels, named.seenLabels, {
    seed,
    nResamples,
    leftOut: constant,
    groups: test.groups,
    signal,
    onProgress,
  });
  const sizes = options.fewShot === true ? FEW_SHOT_SIZES : options.fewShot || [];
  const fewShot = await fewShotCurve(train, test, nLabels, sizes, { c: fitted.c, seed, ...work });
  const byGroup = sizes.length > 0 && train.groups !== undefined;
  return asReport({
    kind: "report",
    task: "probe",
    ...reportFacts(dataset, { n: test.places.length, seed, failures: rows.failures }),
    model: named,
    conventions: [
      "linear probe: one logistic regression a label on frozen embeddings, columns standardised by the training items, L2",
      `${convention}: ${train.places.length} train, ${validation.places.length} validation, ${test.places.length} test items`,
      fitted.convention,
      ...(constant.length > 0 ? [constantConvention(constant, labels)] : []),
      ...(sizes.length > 0
        ? [
            `few-shot: ${byGroup ? "groups with a positive a label, each drawn whole; " : ""}mean of ${N_DRAWS} draws with its 95 % t interval, at the same C`,
          ]
        : []),
      ...(fewShot.length < sizes.length
        ? [
            `few-shot: ${sizes.length - fewShot.length} of ${sizes.length} sizes left out, whose draws have no negatives`,
          ]
        : []),
      ...figures.conventions,
      ...rows.conventions,
    ],
    measures: figures.measures,
    items: test.places.map((place) => rows.items[place]!),
    labels: figures.labels,
    nLabelsLeftOut: figures.nLabelsLeftOut,
    scores,
    truth: test.y,
    chosenC: fitted.c,
    triedC: fitted.tried,
    fewShot,
    ...(constant.length > 0 && { constantLabels: constant.map((label) => labels[label]!) }),
    ...(byGroup && { fewShotBy: "group" as const }),
  });
}

/** A drawn split spreads the labels that are learnt. */
function withTagsAmong(items: readonly Item[], labels: readonly string[]): Item[] {
  const known = new Set(labels);
  return items.map((item) => ({ ...item, tags: item.tags.filter((tag) => known.has(tag)) }));
}

interface Part extends ProbeSplit {
  /** Among the rows of all items. */
  readonly places: readonly number[];
  /** `[places]`: of `groupNumbers`. */
  readonly groups: readonly number[] | undefined;
}

type Item = TaggedDataset["items"][number];

function partOf(
  rows: Awaited<ReturnType<typeof itemRows<Item>>>,
  splitOf: ReadonlyMap<Item, Split | undefined>,
  labels: readonly string[],
  wanted: Split,
): Part {
  const places = rows.refs.flatMap((ref, place) => (splitOf.get(ref) === wanted ? [place] : []));
  if (places.length === 0 && wanted !== "validation") {
    throw new MulanError("evaluation.no-split", `no ${wanted} item could be used`, {
      got: `${rows.refs.length} items that have an embedding`,
    });
  }
  const refs = places.map((place) => rows.refs[place]!);
  const groups = groupNumbers(refs);
  return { places, groups, x: pickRows(rows, places), y: truthOf(refs, labels) };
}

interface Fitted {
  readonly model: LogisticModel;
  readonly c: number;
  readonly tried: ProbeReport["triedC"];
  readonly convention: string;
}

async function fitProbe(
  train: Part,
  validation: Part,
  { nLabels, constant }: { readonly nLabels: number; readonly constant: readonly number[] },
  asked: EvaluateProbeOptions["c"],
  work: ProbeWork,
): Promise<Fitted> {
  const grid = typeof asked === "number" ? [asked] : (asked ?? C_GRID);
  const single = grid.length === 1 ? grid[0] : undefined;
  const c = single ?? (canRank(validation, nLabels, constant) ? undefined : 1);
  if (c !== undefined) {
    const model = await fitLogistic({ ...train, nLabels, c, ...work });
    const why =
      single === undefined ? ": validation has no label that was learnt and divides its items" : "";
    return { model, c, tried: [], convention: `C ${c}, not chosen${why}` };
  }
  const chosen = await chooseC({ train, validation, nLabels, grid, ...work });
  return {
    ...chosen,
    convention: `C ${chosen.c}, chosen by macro ROC-AUC on the validation items among ${grid.join(", ")}`,
  };
}

function canRank({ y }: Part, nLabels: number, constant: readonly number[]): boolean {
  return new Set([...constant, ...labelsOfOneClass(y, nLabels)]).size < nLabels;
}

/** Labels that all rows have, or none. */
function labelsOfOneClass(y: Uint8Array, nLabels: number): number[] {
  const nRows = y.length / nLabels;
  return Array.from({ length: nLabels }, (_, label) => label).filter((label) => {
    let nPositive = 0;
    for (let at = label; at < y.length; at += nLabels) nPositive += y[at]!;
    return nPositive === 0 || nPositive === nRows;
  });
}

const NAMED = 5;

function constantConvention(constant: readonly number[], labels: readonly string[]): string {
  const names = constant.slice(0, NAMED).map((label) => labels[label]!);
  const more = constant.length > NAMED ? `, and ${constant.length - NAMED} more` : "";
  const are = constant.length === 1 ? "label" : "labels";
  return `${constant.length} ${are} left out of every figure that all training items have, or none: ${names.join(", ")}${more}`;
}
