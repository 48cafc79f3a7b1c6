import { formatCount } from "../scale/numbers.ts";
import { fitText } from "../text/fitText.ts";
import { measureText } from "../text/measureText.ts";
import { ink, labelSize, type TextMark, text, tickSize } from "./scene.ts";

/** Labels of one axis whose places are `pitch` px apart, and the room they take beside it. */
export interface CategoryAxis {
  readonly marks: readonly TextMark[];
  /** Away from the axis. */
  readonly extent: number;
  /** To the left of the first place (turned column labels). */
  readonly overhang: number;
  /** Labels gave way to their numbers (1, 20, 40, …). */
  readonly numbered: boolean;
}

/** A name every `maxStride` places still guides; beyond, numbers say more. */
const maxStride = 4;
const gap = 8;

/** Row labels, right-aligned to the left of `x`; the first place starts at `y`. */
export function rowAxis(
  labels: readonly string[],
  x: number,
  y: number,
  pitch: number,
  maxLabelWidth: number,
): CategoryAxis {
  const size = pitch >= 16 ? labelSize : tickSize;
  const { shown, numbered } = thin(labels, pitch, size + 2, maxLabelWidth, size);
  const marks = shown.map(({ index, label }) =>
    text(x - gap, y + (index + 0.5) * pitch + 0.36 * size, label, { size, anchor: "end" }),
  );
  const widest = Math.max(0, ...marks.map((mark) => measureText(mark.text, mark.size)));
  return { marks, extent: widest > 0 ? Math.ceil(widest) + gap : 0, overhang: 0, numbered };
}

/**
 * Column labels below `y`: horizontal where all fit, else turned by 45°, else upright; then thinned out, then
 * numbered. Names are turned before they are thinned: a name that is left out is lost, a turned one is not.
 */
export function columnAxis(
  labels: readonly string[],
  x: number,
  y: number,
  pitch: number,
  maxLabelWidth: number,
): CategoryAxis {
  const widest = Math.max(0, ...labels.map((label) => measureText(label, labelSize)));
  const center = (index: number): number => x + (index + 0.5) * pitch;
  if (widest + gap <= pitch) {
    const marks = labels.map((label, i) =>
      text(center(i), y + gap + 10, label, { anchor: "middle" }),
    );
    return { marks, extent: gap + 14, overhang: 0, numbered: false };
  }
  const slanted = pitch >= 22;
  const size = pitch >= 16 ? labelSize : tickSize;
  const spacing = slanted ? (size + 2) * Math.SQRT2 : size + 3;
  const { shown, numbered } = thin(labels, pitch, spacing, maxLabelWidth, size);
  if (numbered) {
    const style = { size: tickSize, anchor: "middle", color: ink.quiet } as const;
    const marks = shown.map(({ index, label }) => text(center(index), y + gap + 10, label, style));
    return { marks, extent: gap + 14, overhang: 0, numbered };
  }
  const rotate = slanted ? -45 : -90;
  const marks = shown.map(({ index, label }) =>
    text(center(index) + (slanted ? 5 : 0.36 * size), y + gap + (slanted ? 5 : 0), label, {
      size,
      anchor: "end",
      rotate,
    }),
  );
  const lengths = marks.map((mark) => measureText(mark.text, mark.size));
  const longest = Math.max(0, ...lengths);
  if (!slanted) return { marks, extent: gap + Math.ceil(longest) + 4, overhang: 0, numbered };
  const overhang = Math.max(
    0,
    ...marks.map((mark, i) => x - (mark.x - lengths[i]! * Math.SQRT1_2 - size)),
  );
  return {
    marks,
    extent: gap + Math.ceil(longest * Math.SQRT1_2 + size),
    overhang: Math.ceil(overhang),
    numbered,
  };
}

function thin(
  labels: readonly string[],
  pitch: number,
  spacing: number,
  maxLabelWidth: number,
  size: number,
): { shown: { index: number; label: string }[]; numbered: boolean } {
  const stride = Math.ceil(spacing / pitch);
  const every = (step: number): number[] =>
    [...labels.keys()].filter((index) => index % step === 0);
  if (stride <= maxStride) {
    const shown = every(stride).map((index) => ({
      index,
      label: fitText(labels[index]!, maxLabelWidth, size),
    }));
    return { shown, numbered: false };
  }
  // Numbers count from 1 and fall on round ones: 1, 20, 40, …
  const widestNumber = measureText(formatCount(labels.length), tickSize) + 12;
  const step = roundStride(Math.max(widestNumber, 2 * spacing) / pitch);
  const shown = [...labels.keys()]
    .filter((index) => (index + 1) % step === 0 || (index === 0 && step > 1))
    .map((index) => ({ index, label: formatCount(index + 1) }));
  return { shown, numbered: true };
}

function roundStride(wanted: number): number {
  for (let power = 1; ; power *= 10) {
    for (const factor of [1, 2, 5]) if (factor * power >= wanted) return factor * power;
  }
}
