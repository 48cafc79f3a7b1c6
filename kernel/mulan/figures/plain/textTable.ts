/** Terminal cells that a text takes: East Asian wide characters and emoji take two, marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200c|\u200d/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Rows of cells as aligned lines; columns named in `right` (by index) are right-aligned. */
export function textTable(
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean = (column) => column > 0,
): string[] {
  const nColumns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: nColumns }, (_, j) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[j] ?? ""))),
  );
  return rows.map((row) =>
    widths
      .map((width, j) => pad(row[j] ?? "", width, right(j)))
      .join("  ")
      .trimEnd(),
  );
}

/** Labels inside a reading line; the whole label stands in the figure and its JSON. */
export const readingLabelWidth = 36;

/** At most `width` terminal cells, cut in the middle. */
export function shortenPlain(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = [...text];
  let head = "";
  let tail = "";
  while (displayWidth(head) + displayWidth(tail) < width - 1 && characters.length > 0) {
    const fromHead = displayWidth(head) <= displayWidth(tail);
    const next = (fromHead ? characters.shift() : characters.pop())!;
    if (displayWidth(head) + displayWidth(tail) + displayWidth(next) > width - 1) break;
    if (fromHead) head += next;
    else tail = next + tail;
  }
  return `${head}…${tail}`;
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? space + text : text + space;
}
