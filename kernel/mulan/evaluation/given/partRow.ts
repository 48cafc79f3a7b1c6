/** A stretch of a file; all of it where nothing is said. */
export interface Part {
  readonly startSec?: number | undefined;
  readonly durationSec?: number | undefined;
}

export type PartRow =
  /** `certain`: the row says that it is this part, or no part was asked for. */
  { readonly row: number; readonly certain: boolean } | "several" | "another part";

interface Timed {
  readonly row: number;
  readonly startSec: number;
  readonly endSec: number;
}

/** Times pass through float32 and through lists with two decimals. */
const START_TOLERANCE_SEC = 0.01;
/** Decoders disagree about a file's last moment. */
const END_TOLERANCE_SEC = 0.1;

/**
 * Which of one file's rows a part of that file has. A row that knows no times is taken for the whole file, and for a
 * part only where it is the file's only row.
 * @param rows of one file, with the stretches that they were made of
 */
export function partRow(rows: readonly ({ readonly row: number } & Part)[], part: Part): PartRow {
  const startSec = part.startSec ?? 0;
  const isPart = startSec > 0 || part.durationSec !== undefined;
  if (rows.length === 1 && (!isPart || isUntimed(rows[0]!))) {
    return { row: rows[0]!.row, certain: !isPart };
  }
  if (isPart && rows.every(isUntimed)) return "several";
  const timed = rows.map(({ row, ...stretch }) => asTimed(row, stretch));
  const lastEndSec = Math.max(...timed.map(({ endSec }) => endSec));
  const began = timed.filter((row) => Math.abs(row.startSec - startSec) <= START_TOLERANCE_SEC);
  const endSec = part.durationSec === undefined ? lastEndSec : startSec + part.durationSec;
  const fits = began.filter((row) => isSame(row.endSec, endSec));
  // A part that runs past its file's end comes out shorter, and nothing of the file ends behind it.
  const cut = began.filter((row) => row.endSec < endSec && isSame(row.endSec, lastEndSec));
  const found = fits.length > 0 ? fits : cut;
  if (found.length > 1) return "several";
  return found[0] ? { row: found[0].row, certain: true } : "another part";
}

/** Whether a row says that it was made of another part than the one asked for. */
export function isAnotherPart(row: Part, part: Part): boolean {
  return !isUntimed(row) && partRow([{ ...row, row: 0 }], part) === "another part";
}

function isUntimed({ startSec, durationSec }: Part): boolean {
  return startSec === undefined && durationSec === undefined;
}

function asTimed(row: number, { startSec = 0, durationSec = Number.POSITIVE_INFINITY }: Part) {
  return { row, startSec, endSec: startSec + durationSec } satisfies Timed;
}

/** Two ends without a bound are the same, too. */
function isSame(oneSec: number, otherSec: number): boolean {
  return oneSec === otherSec || Math.abs(oneSec - otherSec) <= END_TOLERANCE_SEC;
}
