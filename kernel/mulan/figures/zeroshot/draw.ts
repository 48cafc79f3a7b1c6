import { categoryColors } from "../colour/categories.ts";
import { decodeFloat16, type ZeroShotFigure } from "../contract.ts";
import { countOf, formatCosine } from "../scale/numbers.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing } from "../scene/frame.ts";
import { ink, line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { rankLabels } from "./rankLabels.ts";

const barPitch = 20;
const barHeight = 12;
const headHeight = 24;
const panelGap = 32;
const maxPanels = 12;
/** Bars of one clip alone, and of each of several. */
const maxBarsAlone = 50;
const maxBarsEach = 8;
const valueRoom = 44;
const lighter = "#9ecae1";
const baselineColor = "#1f2328";

/** One panel of bars a clip, best label first, all on one scale with a line at 0. */
export function drawZeroShot(figure: ZeroShotFigure): Drawing {
  const clips = figure.clips.labels;
  const { labels } = figure;
  if (clips.length === 0 || labels.length === 0) {
    return emptyDrawing(
      "There is nothing to rank: no clips or no labels.",
      'await zeroShot(model, clips, ["piano", "rock"], { prompts: "{} music" })',
    );
  }
  const scores = decodeFloat16(figure.scores);
  const alone = clips.length === 1;
  const nPanels = Math.min(maxPanels, clips.length);
  const nBars = Math.min(alone ? maxBarsAlone : maxBarsEach, labels.length);
  const nPanelColumns = alone ? 1 : Math.min(nPanels, 3);
  const labelLimit = alone ? 240 : 132;
  const widest = Math.max(...labels.map((label) => measureText(label, 13)));
  const labelRoom = Math.ceil(Math.min(widest, labelLimit)) + 8;
  const barRoom = alone ? 360 : 144;
  const panelWidth = labelRoom + barRoom + valueRoom;
  const panelHeight = headHeight + nBars * barPitch + 16;
  const means = clips.length >= 3 ? labelMeans(scores, clips.length, labels.length) : undefined;
  const hasClipMeans = !means && labels.length >= 3;
  const low = Math.min(0, ...scores.filter(Number.isFinite));
  const high = Math.max(0.05, ...scores.filter(Number.isFinite));
  const marks: Mark[] = [];
  for (let panel = 0; panel < nPanels; panel++) {
    const left = drawingLeft + (panel % nPanelColumns) * (panelWidth + panelGap);
    const top = drawingTop + Math.floor(panel / nPanelColumns) * panelHeight;
    const barLeft = left + labelRoom;
    const place = (value: number): number => barLeft + ((value - low) / (high - low)) * barRoom;
    marks.push(text(left, top + 14, fitText(clips[panel]!, panelWidth, 13, 600), { weight: 600 }));
    const bottom = top + headHeight + nBars * barPitch;
    marks.push(line(place(0), top + headHeight - 2, place(0), bottom, ink.axis));
    rankLabels(scores, panel, labels.length)
      .slice(0, nBars)
      .forEach(({ index, score }, rank) => {
        const y = top + headHeight + rank * barPitch;
        const label = fitText(labels[index]!, labelLimit, 13);
        marks.push(text(left + labelRoom - 8, y + 14, label, { anchor: "end" }));
        const mean = means?.[index] ?? Number.NaN;
        marks.push(...bar(place, score, mean, y + 4, rank === 0));
        marks.push(
          text(left + panelWidth, y + 14, formatCosine(score), {
            size: tickSize,
            anchor: "end",
            weight: rank === 0 ? 600 : 400,
          }),
        );
      });
    if (hasClipMeans) {
      const mean = place(clipMean(scores, panel, labels.length));
      marks.push(line(mean, top + headHeight - 2, mean, bottom, baselineColor, 1, "3 3"));
    }
  }
  const nPanelRows = Math.ceil(nPanels / nPanelColumns);
  let height = nPanelRows * panelHeight - 16;
  const notes = notesOf(figure, nPanels, nBars, hasClipMeans);
  for (const note of notes) {
    height += 20;
    const style = { size: tickSize, color: ink.quiet };
    marks.push(text(drawingLeft, drawingTop + height - 4, note, style));
  }
  const width = nPanelColumns * panelWidth + (nPanelColumns - 1) * panelGap;
  return { width, height, marks };
}

/** The bar and a tick at the label's mean. */
function bar(
  place: (value: number) => number,
  score: number,
  mean: number,
  y: number,
  best: boolean,
): Mark[] {
  const marks: Mark[] = [];
  if (Number.isFinite(score)) {
    const from = Math.min(place(0), place(score));
    const width = Math.max(0.5, Math.abs(place(score) - place(0)));
    marks.push(rect(from, y, width, barHeight, best ? categoryColors[0] : lighter));
  }
  if (Number.isFinite(mean)) {
    marks.push(line(place(mean), y - 2, place(mean), y + barHeight + 2, baselineColor, 1.5));
  }
  return marks;
}

function notesOf(
  figure: ZeroShotFigure,
  nPanels: number,
  nBars: number,
  hasClipMeans: boolean,
): string[] {
  const nClips = figure.clips.labels.length;
  const scale = "bars start at cosine 0";
  const overClips =
    nClips >= 3 ? `; black tick: the label's mean over all ${countOf(nClips, "clip")}` : "";
  const overLabels = hasClipMeans ? "; dashed line: mean of all labels" : "";
  const hiddenLabels = figure.labels.length - nBars;
  const rest = [
    hiddenLabels > 0 && `best ${nBars} of ${countOf(figure.labels.length, "label")} shown`,
    nClips > nPanels && `first ${nPanels} of ${countOf(nClips, "clip")} shown`,
  ].filter((part) => part !== false);
  return [[scale + overClips + overLabels, ...rest].join("; ")];
}

function labelMeans(scores: Float32Array, nClips: number, nLabels: number): number[] {
  return Array.from({ length: nLabels }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < nClips; i++) sum += scores[i * nLabels + j]!;
    return sum / nClips;
  });
}

function clipMean(scores: Float32Array, clip: number, nLabels: number): number {
  const row = scores.subarray(clip * nLabels, (clip + 1) * nLabels).filter(Number.isFinite);
  return row.reduce((sum, score) => sum + score, 0) / Math.max(1, row.length);
}
