import { rankLabels } from "../../kernel/mulan/figures/contractLook.ts";
import { type MeasureText, middleCut } from "../shared/look/middleCut.ts";
import { softmaxShares } from "./softmax.ts";
import { type State, usualTemperature } from "./state.ts";

export interface Bar {
  /** Index of the label. */
  readonly label: number;
  readonly text: string;
  /** Of the panel's corner, px. */
  readonly y: number;
  readonly from: number;
  readonly to: number;
  /** What it is compared with: the label's mean over the clips, or chance. */
  readonly baseline: number | null;
  readonly score: number;
  readonly share: number;
}

/** One clip's ranking. */
export interface Panel {
  readonly clip: number;
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly bars: readonly Bar[];
}

export interface RankingLayout {
  readonly width: number;
  readonly height: number;
  readonly panelWidth: number;
  /** Px from a panel's corner: where bars begin (0), where labels and values end. */
  readonly zero: number;
  readonly labelEnd: number;
  readonly valueEnd: number;
  readonly barsTop: number;
  readonly panels: readonly Panel[];
  readonly note: string;
}

export const labelSize = 13;
export const barHeight = 12;
const barPitch = 20;
const headHeight = 24;
const panelGap = 24;
const panelTail = 16;
/** Titles and the best label are bold: in the widest of usual fonts by so much. */
const boldWider = 1.16;
const narrowest = 300;
const most = { alone: 50, each: 8 };

export function layoutRankings(state: State, widthPx: number, measure: MeasureText): RankingLayout {
  const { figure, scores, mode, temperature, nPanels } = state;
  const { labels } = figure;
  const nClips = figure.clips.labels.length;
  const nColumns = columnsFor(nPanels, widthPx);
  const roomWidth = (widthPx - panelGap * (nColumns - 1)) / nColumns;
  const panelWidth = Math.floor(Math.min(nClips === 1 ? 640 : 480, roomWidth));
  const widest = Math.max(0, ...labels.map((label) => measure(label, labelSize)));
  const labelEnd = Math.ceil(Math.min(boldWider * widest, panelWidth * 0.42));
  const valueRoom = mode === "softmax" ? 84 : 44;
  const barsLeft = labelEnd + 8;
  const barsRoom = panelWidth - barsLeft - valueRoom;
  const shares = softmaxShares(scores, labels.length, temperature);
  const values = mode === "softmax" ? shares : scores;
  const { low, high } = rangeOf(values, mode);
  const place = (value: number): number => barsLeft + ((value - low) / (high - low)) * barsRoom;
  const means = mode === "cosine" && nClips >= 3 ? labelMeans(scores, nClips, labels.length) : null;
  const nBars = Math.min(labels.length, nClips === 1 ? most.alone : most.each);
  const panelHeight = headHeight + nBars * barPitch + panelTail;

  const panels = Array.from({ length: nPanels }, (_, clip): Panel => {
    const bars = rankLabels(scores, clip, labels.length)
      .slice(0, nBars)
      .map(({ index, score }, rank): Bar => {
        const value = values[clip * labels.length + index]!;
        const baseline = mode === "softmax" ? 1 / labels.length : (means?.[index] ?? null);
        return {
          label: index,
          text: middleCut(labels[index]!, labelEnd / boldWider, labelSize, measure),
          y: headHeight + rank * barPitch,
          from: Math.min(place(0), place(value)),
          to: Math.max(place(0), place(value)),
          baseline: baseline === null ? null : place(baseline),
          score,
          share: shares[clip * labels.length + index]!,
        };
      });
    return {
      clip,
      x: (clip % nColumns) * (panelWidth + panelGap),
      y: Math.floor(clip / nColumns) * panelHeight,
      title: middleCut(
        figure.clips.labels[clip]!,
        (panelWidth - 24) / boldWider,
        labelSize,
        measure,
      ),
      bars,
    };
  });
  const nRows = Math.ceil(nPanels / nColumns);
  return {
    width: widthPx,
    height: Math.max(40, nRows * panelHeight - panelTail + 4),
    panelWidth,
    zero: place(0),
    labelEnd,
    valueEnd: panelWidth,
    barsTop: headHeight,
    panels,
    note: noteOf(state, nBars, means !== null),
  };
}

/** As few rows as the width allows, and no more columns than these rows need: four panels stand two by two. */
function columnsFor(nPanels: number, widthPx: number): number {
  const fitting = Math.max(1, Math.min(3, Math.floor(widthPx / narrowest)));
  return Math.max(1, Math.ceil(nPanels / Math.ceil(nPanels / fitting)));
}

function rangeOf(values: Float32Array, mode: State["mode"]): { low: number; high: number } {
  if (mode === "softmax") return { low: 0, high: 1 };
  let low = 0;
  let high = 0.05;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function labelMeans(scores: Float32Array, nClips: number, nLabels: number): number[] {
  return Array.from({ length: nLabels }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < nClips; i++) sum += scores[i * nLabels + j]!;
    return sum / nClips;
  });
}

/** What the bars are, and why neither is a percentage. */
function noteOf(
  { figure, mode, temperature, nPanels }: State,
  nBars: number,
  means: boolean,
): string {
  const nClips = figure.clips.labels.length;
  const nLabels = figure.labels.length;
  const isOwn = figure.temperature !== null && figure.temperatureIsLearned !== false;
  const isMoved = temperature !== (figure.temperature ?? usualTemperature);
  const unlearned =
    isOwn || isMoved
      ? ""
      : " The temperature that the model learned is not in its files, so this is another: the order holds, the shares do not.";
  const what =
    mode === "softmax"
      ? `Shares of softmax(cosine / ${temperature.toPrecision(2)}): they add up to 1 among these ${nLabels} labels, whether one of them fits or none does. Tick: chance, 1/${nLabels}. Beside it the cosine.${unlearned}`
      : `A cosine measures closeness from −1 to 1 and is not a percentage: compare it with other labels and clips.${means ? ` Tick: the label's mean over ${nClips} clips.` : ""}`;
  const rest = [
    nLabels > nBars && `Best ${nBars} of ${nLabels} labels.`,
    nClips > nPanels && `First ${nPanels} of ${nClips} clips.`,
  ].filter((part) => part !== false);
  return [what, ...rest].join(" ");
}
