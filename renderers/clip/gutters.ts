import {
  type ColorScale,
  decimalsOf,
  formatFixed,
  formatFrequency,
} from "../../kernel/mulan/figures/contractLook.ts";
import { svg } from "../shared/dom.ts";
import { cssColor } from "../shared/look/colorScales.ts";
import type { Theme } from "../shared/look/theme.ts";
import { type FrequencyAxis, frequencyTicks } from "./frequencyAxis.ts";
import type { ClipLayout } from "./layout.ts";

export interface GutterContent {
  /** Amplitude at the edge of the waveform. */
  readonly limit: number;
  readonly axis: FrequencyAxis | undefined;
  readonly scale: ColorScale;
  readonly dbMax: number;
  readonly rangeDb: number;
}

type Ink = Pick<Theme, "quiet" | "border">;

const tickGapPx = 16;
const barSteps = 32;
const barWidth = 12;

/** Amplitudes and frequencies, right-aligned before the picture. */
export function leftGutter(layout: ClipLayout, content: GutterContent, ink: Ink): SVGElement[] {
  const { leftGutter: width, waveHeight, spectrogramTop, spectrogramHeight } = layout;
  const marks: SVGElement[] = [];
  const tick = (y: number, text: string, shift = 4): void => {
    marks.push(svg("line", { x1: width - 4, x2: width, y1: y, y2: y, stroke: ink.quiet }));
    marks.push(label(width - 8, y + shift, text, ink, "end"));
  };
  if (waveHeight > 0) {
    const digits = decimalsOf(content.limit);
    tick(0.5, formatFixed(content.limit, digits), 9);
    tick(waveHeight / 2, "0");
    tick(waveHeight - 0.5, formatFixed(-content.limit, digits), 0);
  }
  if (content.axis) {
    for (const { hz, position } of frequencyTicks(content.axis, tickGapPx / spectrogramHeight)) {
      const y = spectrogramTop + spectrogramHeight * (1 - position);
      const last = spectrogramTop + spectrogramHeight;
      tick(
        Math.min(y, last - 0.5),
        formatFrequency(hz),
        y > last - 5 ? 0 : y < spectrogramTop + 5 ? 9 : 4,
      );
    }
  }
  return marks;
}

/** The colour bar with its unit, as high as the spectrogram. */
export function rightGutter(layout: ClipLayout, content: GutterContent, ink: Ink): SVGElement[] {
  const { spectrogramTop, spectrogramHeight, leftGutter: left, plotWidth } = layout;
  if (!content.axis) return [];
  const x = left + plotWidth + 8;
  const top = spectrogramTop + 20;
  const height = spectrogramHeight - 20;
  const marks: SVGElement[] = [label(x, spectrogramTop + 10, "dB", ink, "start")];
  for (let i = 0; i < barSteps; i++) {
    marks.push(
      svg("rect", {
        x,
        y: top + (height * i) / barSteps,
        width: barWidth,
        height: height / barSteps + 0.5,
        fill: cssColor(content.scale, 1 - (i + 0.5) / barSteps),
      }),
    );
  }
  marks.push(
    svg("rect", {
      x: x + 0.5,
      y: top + 0.5,
      width: barWidth - 1,
      height: height - 1,
      fill: "none",
      stroke: ink.border,
    }),
  );
  for (let db = 0; db <= content.rangeDb; db += 20) {
    const y = top + (height * db) / content.rangeDb;
    marks.push(
      label(
        x + barWidth + 4,
        y > top + height - 4 ? y : y + 6,
        formatFixed(content.dbMax - db, 0),
        ink,
        "start",
      ),
    );
  }
  return marks;
}

function label(x: number, y: number, text: string, ink: Ink, anchor: "start" | "end"): SVGElement {
  return svg(
    "text",
    { x, y, "text-anchor": anchor, "font-size": 11, style: `fill: ${ink.quiet}` },
    text,
  );
}
