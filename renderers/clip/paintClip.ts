import type { ClipFigure, SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import type { ClipDetail } from "../../kernel/mulan/figures/contractLive.ts";
import type { Theme } from "../shared/look/theme.ts";
import type { ClipView } from "./clipView.ts";
import { leftGutter, rightGutter } from "./gutters.ts";
import type { ClipLayout } from "./layout.ts";
import { gutterContent, waveColor } from "./picture.ts";
import type { SpectrogramLayer } from "./spectrogramLayer.ts";
import type { Stage } from "./stage.ts";
import { drawTimeAxis } from "./timeAxis.ts";
import type { WaveDetailLayer } from "./waveDetail.ts";

/** What a picture of a clip is painted on. */
export interface Canvases {
  readonly stage: Stage;
  readonly left: SVGElement;
  readonly right: SVGElement;
  readonly axis: HTMLElement;
  readonly spectrogram: SpectrogramLayer;
  readonly waveDetail: WaveDetailLayer;
}

export interface Painted {
  readonly figure: ClipFigure;
  /** The whole clip's, the figure's own or the model's. */
  readonly shown: SpectrogramData | null;
  /** What zooming has fetched. */
  readonly part: ClipDetail | undefined;
  readonly view: ClipView;
}

/** A browser's canvases end somewhere. */
const maxDetailPx = 4000;

export function paintClip(
  { stage, left, right, axis, spectrogram, waveDetail }: Canvases,
  { figure, shown, part, view }: Painted,
  layout: ClipLayout,
  theme: Theme,
): void {
  const { startSec, durationSec } = figure;
  const content = gutterContent(figure, shown, view);
  for (const gutter of [left, right]) {
    gutter.setAttribute("width", String(layout.width));
    gutter.setAttribute("height", String(layout.height));
  }
  left.replaceChildren(...leftGutter(layout, content, theme));
  right.replaceChildren(...rightGutter(layout, content, theme));
  const color = waveColor(theme);
  stage.layout(layout, {
    wave: color,
    cursor: theme.foreground,
    region: `color-mix(in srgb, ${theme.accent} ${theme.highContrast ? 8 : 22}%, transparent)`,
    scrollbar: theme.quiet,
    limit: content.limit,
  });
  if (shown && content.axis) {
    const tiles = [{ data: shown, startSec: 0 }];
    if (part) tiles.push({ data: part.spectrogram, startSec: part.startSec });
    const look = { axis: content.axis, rangeDb: view.rangeDb, scale: content.scale };
    spectrogram.draw(tiles, look, durationSec, layout.spectrogramHeight);
  }
  const pictureWidth = layout.plotWidth * stage.zoom;
  const partWidth = part ? (part.durationSec / durationSec) * pictureWidth : 0;
  waveDetail.draw(
    layout.waveHeight > 0 ? part : undefined,
    { color, ground: theme.background, limit: content.limit },
    durationSec,
    { width: Math.min(partWidth, maxDetailPx), height: layout.waveHeight },
  );
  drawTimeAxis(axis, startSec, durationSec, pictureWidth);
}
