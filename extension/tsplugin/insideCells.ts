// Answers of the language service, without what lies in the text that was added behind a cell.

interface Span {
  readonly start: number;
  readonly length: number;
}

/** Length of a cell's own text; undefined for a file that is no cell. */
export type LengthOf = (fileName: string) => number | undefined;

/**
 * Drops the places behind the end of a cell from an answer and shortens those that reach over it.
 * @param fileName the file that was asked about; places that name a file of their own are in that one
 */
export function insideCells<T>(answer: T, fileName: string, lengthOf: LengthOf): T {
  return trim(answer, lengthOf(fileName), lengthOf) as T;
}

const OUTSIDE = Symbol("outside");

function trim(value: unknown, limit: number | undefined, lengthOf: LengthOf): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => trim(item, limit, lengthOf)).filter((item) => item !== OUTSIDE);
  }
  if (typeof value !== "object" || value === null) return value;
  const record = value as Readonly<Record<string, unknown>>;
  const own = typeof record.fileName === "string" ? lengthOf(record.fileName) : limit;
  if (isSpan(record)) return trimSpan(record, own);
  const entries = Object.entries(record).map(([key, inner]) => [key, trim(inner, own, lengthOf)]);
  if (entries.some(([key, inner]) => isPlace(String(key)) && isGone(inner))) return OUTSIDE;
  return Object.fromEntries(entries.filter(([, inner]) => inner !== OUTSIDE));
}

/** Under these names an answer says where the thing itself is; an outline's entry has several places. */
function isPlace(key: string): boolean {
  return key === "textSpan" || key === "span" || key === "spans";
}

function isGone(place: unknown): boolean {
  return place === OUTSIDE || (Array.isArray(place) && place.length === 0);
}

function isSpan(value: object): value is Span {
  return "start" in value && "length" in value && Object.keys(value).length === 2;
}

function trimSpan({ start, length }: Span, limit: number | undefined): Span | typeof OUTSIDE {
  if (limit === undefined) return { start, length };
  if (start > limit || (start === limit && length > 0 && limit > 0)) return OUTSIDE;
  return { start, length: Math.min(length, limit - start) };
}
