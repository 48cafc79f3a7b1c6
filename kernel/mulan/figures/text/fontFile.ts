/** What layout needs of a TrueType or OpenType file: which characters it has and how wide they are. */
export interface FontMetrics {
  /** Advance in ems, or undefined where the font lacks the character. */
  advance(codePoint: number): number | undefined;
  readonly ascent: number;
  readonly descent: number;
}

/** Reads `cmap` (formats 4 and 12), `hmtx` and `hhea` of the OpenType specification. */
export function readFontMetrics(file: Uint8Array): FontMetrics {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = tableOffsets(view);
  const unitsPerEm = view.getUint16(tables("head") + 18);
  const hhea = tables("hhea");
  const nMetrics = view.getUint16(hhea + 34);
  const hmtx = tables("hmtx");
  const glyphOf = characterMap(view, tables("cmap"));
  return {
    ascent: view.getInt16(hhea + 4) / unitsPerEm,
    descent: -view.getInt16(hhea + 6) / unitsPerEm,
    advance(codePoint) {
      const glyph = glyphOf(codePoint);
      if (glyph === 0) return undefined;
      // Glyphs after the last entry share its advance.
      return view.getUint16(hmtx + 4 * Math.min(glyph, nMetrics - 1)) / unitsPerEm;
    },
  };
}

function tableOffsets(view: DataView): (tag: string) => number {
  const offsets = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const entry = 12 + 16 * i;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(entry + offset)));
    offsets.set(tag, view.getUint32(entry + 8));
  }
  return (tag) => {
    const offset = offsets.get(tag);
    if (offset === undefined) throw new Error(`font file without a ${tag} table`);
    return offset;
  };
}

function characterMap(view: DataView, cmap: number): (codePoint: number) => number {
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => {
    const offset = cmap + view.getUint32(cmap + 8 + 8 * i);
    return { offset, format: view.getUint16(offset) };
  });
  const full = subtables.find(({ format }) => format === 12);
  if (full) return (codePoint) => lookUpSegmented(view, full.offset, codePoint);
  const basic = subtables.find(({ format }) => format === 4);
  if (basic) return (codePoint) => lookUpBasic(view, basic.offset, codePoint);
  throw new Error("font file without a Unicode character map");
}

function lookUpSegmented(view: DataView, table: number, codePoint: number): number {
  let low = 0;
  let high = view.getUint32(table + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = table + 16 + 12 * middle;
    const start = view.getUint32(group);
    if (codePoint < start) high = middle - 1;
    else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
    else return view.getUint32(group + 8) + codePoint - start;
  }
  return 0;
}

function lookUpBasic(view: DataView, table: number, codePoint: number): number {
  if (codePoint > 0xffff) return 0;
  const doubleCount = view.getUint16(table + 6);
  const ends = table + 14;
  const starts = ends + doubleCount + 2;
  for (let i = 0; i < doubleCount; i += 2) {
    if (view.getUint16(ends + i) < codePoint) continue;
    const start = view.getUint16(starts + i);
    if (start > codePoint) return 0;
    const delta = view.getUint16(starts + doubleCount + i);
    const rangeAt = starts + 2 * doubleCount + i;
    const rangeOffset = view.getUint16(rangeAt);
    if (rangeOffset === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + rangeOffset + 2 * (codePoint - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
