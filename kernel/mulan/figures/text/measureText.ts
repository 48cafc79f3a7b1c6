import { type FontWeight, textRuns } from "./textRuns.ts";

const widthsInEms = new Map<string, number>();
const rememberedTexts = 20_000;

/**
 * Width in px as resvg will draw it: the bundled fonts carry no kerning, so it is the sum of advances.
 * Joined scripts (Arabic, Devanagari) come out a little narrower than this.
 */
export function measureText(text: string, sizePx: number, weight: FontWeight = 400): number {
  const key = `${weight} ${text}`;
  let ems = widthsInEms.get(key);
  if (ems === undefined) {
    ems = textRuns(text, weight).reduce((sum, run) => sum + run.advance, 0);
    if (widthsInEms.size >= rememberedTexts) widthsInEms.clear();
    widthsInEms.set(key, ems);
  }
  return ems * sizePx;
}
