/** Several texts in one cell: a JSON or Python list, or "rock; slow", or "rock|slow"; without those marks it is one. */
export function splitTexts(cell: string, separator?: string): string[] {
  const trimmed = cell.trim();
  const listed =
    trimmed.startsWith("[") && trimmed.endsWith("]") && separator === undefined
      ? listOf(trimmed)
      : undefined;
  const parts = listed ?? trimmed.split(separator ?? (trimmed.includes(";") ? ";" : "|"));
  return distinctTexts(parts);
}

/** Without blanks and repetitions, in order. */
export function distinctTexts(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ""))];
}

function listOf(text: string): string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : undefined;
  } catch {
    return pythonList(text);
  }
}

/** One text of a Python list: in either kind of quotes, with backslashes. */
const PYTHON_TEXT = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|$)/sy;

/** What Python's repr() writes, which pandas leaves in CSV files: ['it\'s', "it's"]. */
function pythonList(text: string): string[] | undefined {
  const inside = text.slice(1, -1).trim().replace(/,$/, "");
  const found: string[] = [];
  PYTHON_TEXT.lastIndex = 0;
  while (PYTHON_TEXT.lastIndex < inside.length) {
    const match = PYTHON_TEXT.exec(inside);
    if (!match) return undefined;
    found.push((match[1] ?? match[2]!).replace(/\\(.)/gs, "$1"));
  }
  return found;
}
