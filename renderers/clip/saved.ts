import {
  type ClipFigure,
  decodeBase64,
  decodeInt8,
  type SpectrogramData,
} from "../../kernel/mulan/figures/contract.ts";
import { timeTicks } from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { paper } from "../shared/look/paper.ts";
import type { FigureImage } from "../shared/save/frameImage.ts";
import type { ClipView } from "./clipView.ts";
import { colourMaps } from "./colourMaps.ts";
import { frequencyAxis } from "./frequencyAxis.ts";
import { leftGutter, rightGutter } from "./gutters.ts";
import { type ClipLayout, clipLayout } from "./layout.ts";
import { gutterContent, limitOf, waveColor } from "./picture.ts";
import { spectrogramPixels } from "./spectrogramPixels.ts";

const widthPx = 800;

/** The whole clip on paper, with the axis, colours and ranges that are set now. */
export function savedImage(
  figure: ClipFigure,
  spectrogram: SpectrogramData | null,
  view: ClipView,
): FigureImage {
  const layout = clipLayout(widthPx, {
    waveform: figure.waveform !== null,
    spectrogram: spectrogram !== null,
  });
  const content = gutterContent(figure, spectrogram, view);
  const picture = [
    ...(figure.waveform ? [wavePath(figure, layout, limitOf(figure, view))] : []),
    ...(spectrogram ? [spectrogramImage(figure, spectrogram, view, layout)] : []),
  ];
  return {
    title: figure.title,
    reading: figure.reading,
    model: figure.model,
    width: layout.width,
    height: layout.height,
    content: [
      ...leftGutter(layout, content, paper),
      svg("g", { transform: `translate(${layout.leftGutter} 0)` }, ...picture),
      ...timeMarks(figure, layout),
      ...rightGutter(layout, content, paper),
    ],
  };
}

/** Time, lowest and highest sample of each piece; without a waveform the cells of the spectrogram. */
export function savedTable(
  figure: ClipFigure,
  spectrogram: SpectrogramData | null,
): (string | number)[][] {
  const { waveform, startSec, durationSec } = figure;
  if (waveform) {
    const peaks = decodeInt8(waveform.peaks, waveform.peakLimit);
    const rows = Array.from({ length: waveform.n }, (_, i) => [
      Number((startSec + (i / waveform.n) * durationSec).toFixed(4)),
      Number(peaks[2 * i]!.toFixed(4)),
      Number(peaks[2 * i + 1]!.toFixed(4)),
    ]);
    return [["time_sec", "lowest", "highest"], ...rows];
  }
  if (!spectrogram) return [["time_sec"]];
  const { nFrames, nMels, hopSec, dbMin, dbMax } = spectrogram;
  const bytes = decodeBase64(spectrogram.values);
  const bands = Array.from({ length: nMels }, (_, mel) => `mel_${mel + 1}_dB`);
  const rows = Array.from({ length: nFrames }, (_, frame) => [
    Number((startSec + frame * hopSec).toFixed(4)),
    ...Array.from(bytes.subarray(frame * nMels, (frame + 1) * nMels), (value) =>
      Number((dbMin + ((dbMax - dbMin) * value) / 255).toFixed(1)),
    ),
  ]);
  return [["time_sec", ...bands], ...rows];
}

function wavePath({ waveform }: ClipFigure, layout: ClipLayout, limit: number): SVGElement {
  const { n, peaks: encoded, peakLimit } = waveform!;
  const peaks = decodeInt8(encoded, peakLimit);
  const { plotWidth, waveHeight } = layout;
  const y = (value: number): string =>
    Math.min(waveHeight, Math.max(0, (waveHeight / 2) * (1 - value / limit))).toFixed(1);
  const x = (i: number): string => ((i / Math.max(1, n - 1)) * plotWidth).toFixed(1);
  const there = Array.from({ length: n }, (_, i) => `${x(i)} ${y(peaks[2 * i + 1]!)}`);
  const back = Array.from({ length: n }, (_, i) => `${x(n - 1 - i)} ${y(peaks[2 * (n - 1 - i)]!)}`);
  const color = waveColor(paper);
  // The stroke keeps silent stretches visible.
  return svg("path", {
    d: n > 0 ? `M${there.join("L")}L${back.join("L")}Z` : "",
    fill: color,
    stroke: color,
    "stroke-width": 0.5,
  });
}

function spectrogramImage(
  { durationSec }: ClipFigure,
  data: SpectrogramData,
  view: ClipView,
  { plotWidth, spectrogramTop, spectrogramHeight }: ClipLayout,
): SVGElement {
  const look = {
    axis: frequencyAxis(view.axis, data),
    rangeDb: view.rangeDb,
    scale: colourMaps[view.colours],
  };
  const { width, height, rgba } = spectrogramPixels(
    data,
    decodeBase64(data.values),
    look,
    2 * spectrogramHeight,
  );
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  const pxPerSec = plotWidth / durationSec;
  const image = svg("image", {
    href: canvas.toDataURL(),
    x: (-data.hopSec / 2) * pxPerSec,
    y: 0,
    width: data.nFrames * data.hopSec * pxPerSec,
    height: spectrogramHeight,
    preserveAspectRatio: "none",
    "image-rendering": "pixelated",
  });
  // An inner svg cuts off the half frames beyond both ends.
  const frame = { y: spectrogramTop, width: plotWidth, height: spectrogramHeight };
  return svg("svg", { x: 0, ...frame, overflow: "hidden" }, image);
}

function timeMarks({ startSec, durationSec }: ClipFigure, layout: ClipLayout): SVGElement[] {
  const { leftGutter: left, plotWidth } = layout;
  const y = layout.windowsTop;
  return timeTicks(startSec, durationSec, plotWidth).flatMap(({ value, label }) => {
    const x = left + ((value - startSec) / durationSec) * plotWidth;
    return [
      svg("line", { x1: x, x2: x, y1: y, y2: y + 4, stroke: paper.quiet }),
      svg(
        "text",
        { x, y: y + 16, "text-anchor": "middle", "font-size": 11, style: `fill: ${paper.quiet}` },
        label,
      ),
    ];
  });
}
