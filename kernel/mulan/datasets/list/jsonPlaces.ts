/** Where a value stands, both from 1; columns count UTF-16 units, as editors do. */
export interface JsonPlace {
  readonly line: number;
  readonly column: number;
}

/** A text in quotes, a bracket or mark, or a number or word; the text is known to be JSON. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;
/** Far enough for { playlists: [{ tracks: [{ path }] }] }. */
const MAX_DEPTH = 6;

interface Level {
  readonly isList: boolean;
  readonly path: string;
  index: number;
  key: string;
  /** In an object: whether a key comes next. */
  atKey: boolean;
}

/**
 * Where the values of a JSON text stand, by paths such as ".playlists[3].tracks[0]"; JSON.parse does not tell.
 * @param text that JSON.parse takes
 */
export function jsonPlaces(text: string): (path: string) => JsonPlace | undefined {
  const offsets = new Map<string, number>();
  const levels: Level[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const level = levels.at(-1);
    if (token === "]" || token === "}") levels.pop();
    else if (token === ",") nextIn(level!);
    else if (token === ":") level!.atKey = false;
    else if (level?.atKey) level.key = JSON.parse(token) as string;
    else {
      const path = level ? pathIn(level) : "";
      if (levels.length <= MAX_DEPTH) offsets.set(path, match.index);
      const isList = token === "[";
      if (isList || token === "{") levels.push({ isList, path, index: 0, key: "", atKey: !isList });
    }
  }
  const starts = lineStarts(text);
  return (path) => {
    const offset = offsets.get(path);
    return offset === undefined ? undefined : placeOfOffset(starts, offset);
  };
}

function nextIn(level: Level): void {
  level.index += 1;
  level.atKey = !level.isList;
}

function pathIn({ isList, path, index, key }: Level): string {
  return isList ? `${path}[${index}]` : `${path}.${key}`;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** By halving: the last line that starts at or before the offset. */
function placeOfOffset(starts: readonly number[], offset: number): JsonPlace {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}
