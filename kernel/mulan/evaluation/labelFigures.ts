import type { Progress } from "../foundation/ambient.ts";
import { MulanError } from "../foundation/errors.ts";
import { intervalConvention } from "./groups.ts";
import { measured } from "./measured.ts";
import { bootstrapLabels } from "./measures/bootstrapLabels.ts";
import { labelMeasures } from "./measures/labelMeasures.ts";
import { pickColumns } from "./measures/pickColumns.ts";
import type { LabelMeasures, Measured } from "./report.ts";

export interface LabelFigures {
  readonly measures: readonly Measured[];
  readonly labels: readonly LabelMeasures[];
  readonly nLabelsLeftOut: number;
  readonly conventions: readonly string[];
}

export interface LabelFiguresOptions {
  readonly seed: number;
  /** Of the bootstrap. Default 1000. */
  readonly nResamples?: number | undefined;
  /** Columns of labels that no figure may count, such as those that a probe could not learn. Default: none. */
  readonly leftOut?: readonly number[];
  /** `[n]`: what clips hang together by, of `groupNumbers`. */
  readonly groups: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

const NO_FIGURES = "evaluation.no-figures";

/**
 * What a matrix of scores says of its truth: per label, macro and micro, with intervals.
 * @param scores `[n, labels]`, row-major
 * @param truth `[n, labels]` of 0 and 1
 * @throws MulanError `evaluation.no-figures` where no label has both positives and negatives
 */
export async function labelFigures(
  scores: Float32Array,
  truth: Uint8Array,
  labels: readonly string[],
  seenLabels: readonly string[],
  { seed, nResamples = 1000, leftOut = [], groups, signal, onProgress }: LabelFiguresOptions,
): Promise<LabelFigures> {
  const judged = [...labels.keys()].filter((column) => !leftOut.includes(column));
  const nItems = scores.length / labels.length;
  if (judged.length === 0) throw noFigures(nItems, labels.length);
  const [judgedScores, judgedTruth] = [
    pickColumns(scores, labels.length, judged),
    pickColumns(truth, labels.length, judged),
  ];
  const summary = labelMeasures(judgedScores, judgedTruth, judged.length);
  const { macro, micro, perLabel, nLabels } = summary;
  if (macro.rocAuc === null || macro.averagePrecision === null) {
    throw noFigures(nItems, labels.length);
  }
  const nUndivided = judged.length - nLabels;
  const ofColumn = new Map(judged.map((column, place) => [column, perLabel[place]!]));
  const options = { seed, nResamples, clusters: groups, signal, ...(onProgress && { onProgress }) };
  const resampled = await bootstrapLabels(judgedScores, judgedTruth, judged.length, options);
  const defined = perLabel.filter(({ rocAuc }) => rocAuc !== null);
  const prevalence = mean(defined.map(({ nPositive }) => nPositive / nItems));
  const nPairs = judgedScores.length;
  const pairPrevalence = perLabel.reduce((sum, { nPositive }) => sum + nPositive, 0) / nPairs;
  const seen = new Set(seenLabels);
  return {
    measures: [
      measured("rocAuc", macro.rocAuc, {
        n: nLabels,
        interval: resampled.macro.rocAuc.interval,
        chance: 0.5,
      }),
      measured("averagePrecision", macro.averagePrecision, {
        n: nLabels,
        interval: resampled.macro.averagePrecision.interval,
        chance: prevalence,
      }),
      measured("rocAucMicro", micro.rocAuc!, {
        n: nPairs,
        interval: resampled.micro.rocAuc.interval,
        chance: 0.5,
      }),
      measured("averagePrecisionMicro", micro.averagePrecision!, {
        n: nPairs,
        interval: resampled.micro.averagePrecision.interval,
        chance: pairPrevalence,
      }),
    ],
    labels: labels.map((label, column) => {
      const { nPositive, rocAuc, averagePrecision } = ofColumn.get(column) ?? {
        nPositive: countPositives(truth, labels.length, column),
        rocAuc: null,
        averagePrecision: null,
      };
      return { label, nPositive, rocAuc, averagePrecision, seen: seen.has(label) };
    }),
    nLabelsLeftOut: labels.length - nLabels,
    conventions: [
      `macro: mean over the ${nLabels === 1 ? "1 label that has clips with and without it" : `${nLabels} labels that have clips with and without them`}${nUndivided > 0 ? `; ${nUndivided} of ${labels.length} labels left out` : ""}`,
      "micro: all pairs of clip and label as one list",
      "ties: ROC-AUC counts them half; average precision takes all clips of one score together",
      intervalConvention("clips", groups, { nResamples, seed }),
      "intervals of average precision: resamples moved so that their mean is the figure, since a clip that is drawn twice helps itself",
      "chance: ROC-AUC 0.5; average precision the labels' share of positives",
    ],
  };
}

function countPositives(truth: Uint8Array, nLabels: number, column: number): number {
  let n = 0;
  for (let at = column; at < truth.length; at += nLabels) if (truth[at] !== 0) n++;
  return n;
}

function noFigures(nItems: number, nLabels: number): MulanError {
  return new MulanError(NO_FIGURES, "no label has both clips with it and clips without it", {
    expected: "at least one label that divides the clips",
    got: `${nItems} clips and ${nLabels} labels`,
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
