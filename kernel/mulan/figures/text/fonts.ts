import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { type FontMetrics, readFontMetrics } from "./fontFile.ts";

/** One bundled font file: its name inside SVG and when to ask it for a character. */
interface FontSource {
  readonly family: string;
  readonly weight: 400 | 600;
  readonly file: string;
}

export interface Font extends FontSource {
  readonly bytes: Uint8Array;
  readonly metrics: FontMetrics;
}

const regular = (family: string, file: string): FontSource => ({ family, weight: 400, file });

export const uiFont = regular("Inter", "Inter-Regular.otf");
export const titleFont: FontSource = { family: "Inter", weight: 600, file: "Inter-SemiBold.otf" };
export const emojiFont = regular("Noto Emoji", "NotoEmoji-Regular.ttf");

/** Asked in this order for what the UI font lacks. */
export const fallbackFonts: readonly FontSource[] = [
  regular("Noto Sans CJK JP", "NotoSansCJKjp-Regular.otf"),
  emojiFont,
  regular("Noto Sans Arabic", "NotoSansArabic-Regular.ttf"),
  regular("Noto Sans Hebrew", "NotoSansHebrew-Regular.ttf"),
  regular("Noto Sans Thai", "NotoSansThai-Regular.ttf"),
  regular("Noto Sans Devanagari", "NotoSansDevanagari-Regular.ttf"),
  regular("Noto Sans Symbols", "NotoSansSymbols-Regular.ttf"),
  regular("Noto Sans Symbols2", "NotoSansSymbols2-Regular.ttf"),
  regular("Noto Music", "NotoMusic-Regular.ttf"),
];

/** Families whose words are shaped as a whole or run from right to left. */
export const joinedFamilies: ReadonlySet<string> = new Set([
  "Noto Sans Arabic",
  "Noto Sans Hebrew",
  "Noto Sans Thai",
  "Noto Sans Devanagari",
]);

const loaded = new Map<string, Font>();

/** Reads a font at its first use and keeps it for the life of the process. */
export function loadFont(source: FontSource): Font {
  const known = loaded.get(source.file);
  if (known) return known;
  const bytes = readFileSync(join(fontFolder(), source.file));
  const font = { ...source, bytes, metrics: readFontMetrics(bytes) };
  loaded.set(source.file, font);
  return font;
}

/** dist/fonts in a package, the source folder in a checkout. */
function fontFolder(): string {
  const built = join(packageRoot, "dist", "fonts");
  return existsSync(built) ? built : join(packageRoot, "kernel", "mulan", "figures", "fonts");
}
