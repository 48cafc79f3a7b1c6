import { measureText } from "./measureText.ts";
import type { FontWeight } from "./textRuns.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The text, cut in the middle where it is wider than `maxWidthPx`: both ends tell clips apart. */
export function fitText(
  text: string,
  maxWidthPx: number,
  sizePx: number,
  weight: FontWeight = 400,
): string {
  if (measureText(text, sizePx, weight) <= maxWidthPx) return text;
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const cut = (kept: number): string => {
    const head = Math.ceil(kept / 2);
    const tail = parts.slice(parts.length - (kept - head)).join("");
    return `${parts.slice(0, head).join("").trimEnd()}…${kept > head ? tail.trimStart() : ""}`;
  };
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measureText(cut(middle), sizePx, weight) <= maxWidthPx) low = middle;
    else high = middle - 1;
  }
  const fitted = low > 0 ? cut(low) : "…";
  return measureText(fitted, sizePx, weight) <= maxWidthPx ? fitted : "";
}

/** Words set into at most `maxLines` lines; the last one is cut where even that is too little. */
export function wrapText(
  text: string,
  maxWidthPx: number,
  sizePx: number,
  maxLines: number,
): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(" ");
  for (const [i, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measureText(longer, sizePx) > maxWidthPx) {
      if (lines.length === maxLines - 1) {
        line = [line, ...words.slice(i)].join(" ");
        break;
      }
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each) => fitText(each, maxWidthPx, sizePx));
}
