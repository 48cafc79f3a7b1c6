import {
  emojiFont,
  type Font,
  fallbackFonts,
  joinedFamilies,
  loadFont,
  titleFont,
  uiFont,
} from "./fonts.ts";
import type { FontWeight } from "./fontWeight.ts";

export type { FontWeight };

/** A stretch of text that one font draws. */
export interface TextRun {
  readonly text: string;
  readonly font: Font;
  /** In ems. */
  readonly advance: number;
}

const replacement = "\ufffd";
/** Joiners, variation selectors, skin tones and the keycap ring: the bundled emoji are single signs. */
const emojiGlue = /[\u200d\ufe00-\ufe0f\u20e3]|[\u{1f3fb}-\u{1f3ff}]/gu;
const mark = /^[\p{Mark}\u200c\u200d]$/u;
/** Between words of a joined script these belong to the words' run, so that its order stays right. */
const separator = /^[\s\p{Punctuation}]$/u;
/** Emoji by default, unlike ♥ or ☀, which text fonts draw too. */
const isEmoji = /^\p{Emoji_Presentation}$/u;

/**
 * Cuts text into runs of one font each. resvg's own fallback merges glyphs by position, which loses whole
 * lines around ligatures, so every run becomes a text element of its own.
 * What no bundled font has is drawn as �.
 */
export function textRuns(text: string, weight: FontWeight = 400): TextRun[] {
  const base = loadFont(weight === 600 ? titleFont : uiFont);
  const runs: { text: string; font: Font; advance: number }[] = [];
  for (const character of dropGlue(text)) {
    const previous = runs.at(-1);
    const { font, drawn, advance } = fontFor(character, base, previous?.font);
    if (previous?.font === font) {
      previous.text += drawn;
      previous.advance += advance;
    } else {
      runs.push({ text: drawn, font, advance });
    }
  }
  return runs;
}

function dropGlue(text: string): string {
  // U+200C and U+200D shape Arabic and Indic words: only between emoji they are glue.
  return /\p{Extended_Pictographic}|\u20e3/u.test(text) ? text.replace(emojiGlue, "") : text;
}

function staysWithRun(character: string, previous: Font): boolean {
  return mark.test(character) || (joinedFamilies.has(previous.family) && separator.test(character));
}

function fontFor(
  character: string,
  base: Font,
  previous: Font | undefined,
): { font: Font; drawn: string; advance: number } {
  const codePoint = character.codePointAt(0)!;
  const candidates = [];
  if (previous && staysWithRun(character, previous)) candidates.push(previous);
  if (isEmoji.test(character)) candidates.push(loadFont(emojiFont));
  candidates.push(base);
  for (const font of candidates) {
    const advance = font.metrics.advance(codePoint);
    if (advance !== undefined) return { font, drawn: character, advance };
  }
  for (const source of fallbackFonts) {
    const font = loadFont(source);
    const advance = font.metrics.advance(codePoint);
    if (advance !== undefined) return { font, drawn: character, advance };
  }
  if (/^\p{Default_Ignorable_Code_Point}$/u.test(character)) {
    return { font: previous ?? base, drawn: "", advance: 0 };
  }
  return { font: base, drawn: replacement, advance: base.metrics.advance(0xfffd) ?? 0.6 };
}
