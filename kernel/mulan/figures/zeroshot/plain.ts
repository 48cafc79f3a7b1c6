import { decodeFloat16, type ZeroShotFigure } from "../contract.ts";
import { shortenPlain, textTable } from "../plain/textTable.ts";
import { countOf, formatCosine } from "../scale/numbers.ts";
import { rankLabels } from "./rankLabels.ts";

const shownClips = 24;
const shownLabels = 3;
const shownLabelsAlone = 20;

/** One clip: its ranking, one label a line. Several: one line a clip with its best labels. */
export function plainZeroShot(figure: ZeroShotFigure): string[] {
  const clips = figure.clips.labels;
  const scores = decodeFloat16(figure.scores);
  const entry = ({ index, score }: { index: number; score: number }): string =>
    `${shortenPlain(figure.labels[index]!, 28)} ${formatCosine(score)}`;
  if (clips.length === 1) {
    const ranking = rankLabels(scores, 0, figure.labels.length);
    const rows = ranking
      .slice(0, shownLabelsAlone)
      .map(({ index, score }) => [shortenPlain(figure.labels[index]!, 48), formatCosine(score)]);
    const lines = [clips[0]!, ...textTable(rows)];
    const rest = ranking.length - shownLabelsAlone;
    return rest > 0 ? [...lines, `… and ${countOf(rest, "more label")}`] : lines;
  }
  const rows = clips.slice(0, shownClips).map((clip, i) => {
    const best = rankLabels(scores, i, figure.labels.length).slice(0, shownLabels);
    return [shortenPlain(clip, 32), ...best.map(entry)];
  });
  const lines = textTable(rows, () => false);
  const rest = clips.length - shownClips;
  return rest > 0 ? [...lines, `… and ${countOf(rest, "more clip")}`] : lines;
}
