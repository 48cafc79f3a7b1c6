import { criticLoss } from "../../evaluation/loss/criticLoss.ts";
import { decodeFloat16 } from "../contract.ts";
import type { LossFigure } from "../contractLoss.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatFixed } from "../scale/numbers.ts";

const shownPairs = 12;
const shownSnapshots = 6;

/** The hardest pairs; of a training its course as well. */
export function plainLoss(figure: LossFigure): string[] {
  const { batchSize, form, temperature, training } = figure;
  const logits = Array.from(decodeFloat16(figure.cosines), (cosine) => cosine / temperature);
  const { perPair } = criticLoss(logits, batchSize, form);
  const hardest = Array.from(perPair, (loss, i) => ({ loss, i })).sort((a, b) => b.loss - a.loss);
  const rows = hardest
    .slice(0, shownPairs)
    .map(({ loss, i }) => [
      formatFixed(loss, 2),
      shortenPlain(figure.audio.labels[i]!, 32),
      shortenPlain(figure.text.labels[i]!, 40),
    ]);
  const lines = textTable([["loss", "audio", "text"], ...rows]);
  const rest = batchSize - shownPairs;
  if (rest > 0) lines.push(`… and ${countOf(rest, "easier pair")}`);
  return training ? [...course(training), ...lines] : lines;
}

function course({ snapshots }: NonNullable<LossFigure["training"]>): string[] {
  const last = snapshots.length - 1;
  const n = Math.min(shownSnapshots, snapshots.length);
  const chosen = Array.from({ length: n }, (_, i) =>
    Math.round((i * last) / Math.max(1, n - 1)),
  ).map((at) => snapshots[at]!);
  return textTable([
    ["step", "loss", "gap", "alignment", "temperature"],
    ...chosen.map(({ step, loss, gap, alignment, temperature }) => [
      String(step),
      formatFixed(loss, 2),
      formatFixed(gap, 2),
      formatFixed(alignment, 2),
      temperature.toPrecision(2),
    ]),
  ]);
}
