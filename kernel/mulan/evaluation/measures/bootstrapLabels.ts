import { ambientSignal, type Progress, reportProgress } from "../../foundation/ambient.ts";
import { countDraws } from "./clusters.ts";
import { checkMatrices, rankAllPairs, rankColumn } from "./labelMeasures.ts";
import { measureRanked, type RankedLabel } from "./rankedLabel.ts";
import { asResampled, centredOn, RESAMPLES, type Resampled } from "./resample.ts";
import { measureResampled, packing } from "./resampleLabel.ts";
import { checkShape } from "./scores.ts";

export interface BootstrapLabelsOptions {
  /** Default 0. The same seed and number of items draw the same resamples: what `pairedDifference` needs. */
  readonly seed?: number;
  /** Default 1000. */
  readonly nResamples?: number;
  /** `[n]`: the number of each item's cluster; clusters are drawn whole, as in `bootstrap`. Default: each item alone. */
  readonly clusters?: ArrayLike<number> | undefined;
  /** By default the running cell's. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface ResampledMeasures {
  readonly rocAuc: Resampled;
  readonly averagePrecision: Resampled;
}

/** How long the event loop may wait for an interrupt to be heard. */
const TURN_MS = 50;

/**
 * Bootstrap 95 % intervals, over items or their clusters, of the figures that `labelMeasures` calls macro and micro. A label
 * that has no positives or no negatives left in a resample is left out of that resample's mean. Resamples of average
 * precision lean upwards and are moved onto the figure (`centredOn`). Each label is sorted once, whatever the number of resamples.
 * @param scores `[n, nLabels]`, row-major
 * @param truth `[n, nLabels]` of 0 and 1
 * @throws MulanError `measures.nan`, `measures.shape` (of the matrices, or not a cluster for each item),
 * `measures.undefined` (no label has positives and negatives); the signal's reason
 */
export async function bootstrapLabels(
  scores: Float32Array,
  truth: Uint8Array,
  nLabels: number,
  options: BootstrapLabelsOptions = {},
): Promise<{ readonly macro: ResampledMeasures; readonly micro: ResampledMeasures }> {
  checkMatrices(scores, truth, nLabels);
  const nItems = scores.length / nLabels;
  const { clusters } = options;
  if (clusters) checkShape("clusters", clusters.length, nItems, "one for each item");
  const ranked = Array.from({ length: nLabels }, (_, label) =>
    rankColumn(scores, truth, nLabels, label),
  ).filter(({ nPositive }) => nPositive > 0 && nPositive < nItems);
  const macro = await resampleRankings(ranked, nItems, 1, "resampling labels", options);
  const pairs = rankAllPairs(scores, truth);
  for (const list of [pairs.order, pairs.positives]) toItems(list, nLabels);
  const micro = await resampleRankings([pairs], nItems, nLabels, "resampling pairs", options);
  return { macro, micro };
}

/**
 * Means, over the rankings, of their figures on each resample.
 * @param timesEach how often an item stands in a ranking
 */
async function resampleRankings(
  rankings: readonly RankedLabel[],
  nItems: number,
  timesEach: number,
  label: string,
  { seed = 0, nResamples = RESAMPLES, clusters, signal, onProgress }: BootstrapLabelsOptions,
): Promise<ResampledMeasures> {
  const obeyed = signal ?? ambientSignal();
  const tell = onProgress ?? reportProgress;
  const { draw, most } = countDraws(nItems, seed, clusters);
  const { base, atOnce } = packing(most * timesEach);
  const counts = new Uint16Array(nItems);
  const packed = new Float64Array(nItems);
  const rocAuc = new Float64Array(nResamples).fill(Number.NaN);
  const averagePrecision = rocAuc.slice();
  let turnBegan = performance.now();
  for (let done = 0; done < nResamples; done += atOnce) {
    const n = Math.min(atOnce, nResamples - done);
    packed.fill(0);
    for (let r = 0, digit = 1; r < n; r++, digit *= base) {
      draw(counts);
      for (let item = 0; item < nItems; item++) packed[item]! += counts[item]! * digit;
    }
    const aucs: Float64Array[] = [];
    const precisions: Float64Array[] = [];
    for (const ranked of rankings) {
      const measured = measureResampled(ranked, { packed, base, nResamples: n });
      aucs.push(measured.rocAuc);
      precisions.push(measured.averagePrecision);
      if (performance.now() - turnBegan < TURN_MS) continue;
      tell({ label, done, total: nResamples });
      await new Promise((resolve) => setImmediate(resolve));
      obeyed?.throwIfAborted();
      turnBegan = performance.now();
    }
    for (let r = 0; r < n; r++) {
      rocAuc[done + r] = definedMean(aucs, r);
      averagePrecision[done + r] = definedMean(precisions, r);
    }
  }
  const precisions = rankings.map((ranked) => measureRanked(ranked).averagePrecision!);
  const value = precisions.reduce((sum, one) => sum + one, 0) / precisions.length;
  return { rocAuc: asResampled(rocAuc), averagePrecision: centredOn(value, averagePrecision) };
}

function definedMean(lists: readonly Float64Array[], at: number): number {
  let sum = 0;
  let n = 0;
  for (const list of lists) {
    if (Number.isNaN(list[at]!)) continue;
    sum += list[at]!;
    n++;
  }
  return n > 0 ? sum / n : Number.NaN;
}

function toItems(pairs: Uint32Array, nLabels: number): void {
  for (let i = 0; i < pairs.length; i++) pairs[i] = Math.floor(pairs[i]! / nLabels);
}
