import { clampUnit, type Rgb } from "./rgb.ts";

type Oklab = readonly [lightness: number, a: number, b: number];

interface Diverging {
  readonly negativeEnd: Oklab;
  readonly middle: Oklab;
  readonly positiveEnd: Oklab;
}

/** Blue for negative, near-white at 0, red for positive; both ends equally dark, in Oklab (Ottosson 2020). */
const onLight: Diverging = {
  negativeEnd: [0.42, -0.03, -0.14],
  middle: [0.97, 0, 0],
  positiveEnd: [0.42, 0.16, 0.085],
};

/** Near-black at 0 and both ends equally light, so that what is far from 0 stands out of a dark page too. */
const onDark: Diverging = {
  negativeEnd: [0.74, -0.05, -0.12],
  middle: [0.24, 0, 0],
  positiveEnd: [0.74, 0.15, 0.07],
};

/** For signed values: 0.5 is the value 0. */
export function signedScale(position: number): Rgb {
  return diverge(onLight, position);
}

/** The same on a dark page. */
export function signedScaleOnDark(position: number): Rgb {
  return diverge(onDark, position);
}

function diverge({ negativeEnd, middle, positiveEnd }: Diverging, position: number): Rgb {
  const signed = 2 * clampUnit(position) - 1;
  const end = signed < 0 ? negativeEnd : positiveEnd;
  const share = Math.abs(signed);
  const mix = (i: 0 | 1 | 2): number => middle[i] + (end[i] - middle[i]) * share;
  return oklabToRgb([mix(0), mix(1), mix(2)]);
}

function oklabToRgb([lightness, a, b]: Oklab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** sRGB transfer function, to 0–255. */
function gamma(linear: number): number {
  const value = clampUnit(linear);
  return Math.round(
    255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055),
  );
}
