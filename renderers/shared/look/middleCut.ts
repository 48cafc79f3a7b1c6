/** Width of a text in px in the figure's font. */
export type MeasureText = (text: string, sizePx: number) => number;

let context: CanvasRenderingContext2D | null | undefined;

/** Measures with a canvas: no layout of the page is forced. */
export function textMeasure(fontFamily: string): MeasureText {
  context ??= document.createElement("canvas").getContext("2d");
  return (text, sizePx) => {
    if (!context) return text.length * sizePx * 0.55;
    context.font = `${sizePx}px ${fontFamily}`;
    return context.measureText(text).width;
  };
}

/** A text that fits into `widthPx`, its middle left out where it does not: both ends tell names apart. */
export function middleCut(
  text: string,
  widthPx: number,
  sizePx: number,
  measure: MeasureText,
): string {
  if (measure(text, sizePx) <= widthPx) return text;
  // By grapheme: half an emoji or a letter without its accent is another text.
  const parts = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const cut = (kept: number): string =>
    `${parts.slice(0, Math.ceil(kept / 2)).join("")}…${parts.slice(parts.length - Math.floor(kept / 2)).join("")}`;
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(middle), sizePx) <= widthPx) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}
