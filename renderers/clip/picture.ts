import type { ClipFigure, SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import { categoryColors, niceStep } from "../../kernel/mulan/figures/contractLook.ts";
import type { Theme } from "../shared/look/theme.ts";
import type { ClipView } from "./clipView.ts";
import { colourMaps } from "./colourMaps.ts";
import { frequencyAxis } from "./frequencyAxis.ts";
import type { GutterContent } from "./gutters.ts";
import { amplitudeLimit } from "./layout.ts";

/** Amplitude at the waveform's edge. */
export function limitOf({ waveform }: ClipFigure, { gain }: ClipView): number {
  if (!waveform) return 1;
  return amplitudeLimit(waveform.peakDb === null ? 0 : waveform.peakLimit, niceStep) / gain;
}

/** What the axes beside the picture say. */
export function gutterContent(
  figure: ClipFigure,
  spectrogram: SpectrogramData | null,
  view: ClipView,
): GutterContent {
  return {
    limit: limitOf(figure, view),
    axis: spectrogram ? frequencyAxis(view.axis, spectrogram) : undefined,
    scale: colourMaps[view.colours],
    dbMax: spectrogram?.dbMax ?? 0,
    rangeDb: view.rangeDb,
  };
}

/** Blue of Okabe and Ito; its lighter sister where the page is dark. */
export function waveColor(theme: Pick<Theme, "kind">): string {
  return theme.kind === "dark" ? categoryColors[4] : categoryColors[0];
}
