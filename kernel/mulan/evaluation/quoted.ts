import { MulanError } from "../foundation/errors.ts";
import { nameOf } from "./entryArguments.ts";
import { isMeasureName, MEASURE_NAMES, measured } from "./measured.ts";
import type { ComparedModel, MeasureName } from "./report.ts";

/** A figure that somebody else measured, for a comparison's reference rows. */
export interface Quoted {
  readonly id: string;
  /** Where it stands, and on what it was measured where that is not the same. */
  readonly from: string;
  /** By the names that reports use; shares, not percent: `{ rocAuc: 0.782 }`. */
  readonly measures: Readonly<Partial<Record<MeasureName, number>>>;
  /** Labels, queries or triplets that the figures are of; 0 where that was not given. */
  readonly n?: number;
}

const RANK: MeasureName = "medianRank";

/** @throws MulanError `compare.quoted` for a figure that cannot be one, or has a name that no report knows */
export function quotedRow(quoted: Quoted): ComparedModel {
  const { id, from, measures, n = 0 } = checkQuoted(quoted);
  const figures = Object.entries(measures) as [MeasureName, number][];
  const unknown = figures.find(([name]) => !isMeasureName(name));
  if (unknown) {
    throw new MulanError(
      "compare.quoted",
      `what is quoted of ${id} has a name that no report knows`,
      {
        expected: MEASURE_NAMES.join(", "),
        got: unknown[0],
      },
    );
  }
  const wrong = figures.find(([name, value]) => !(value >= 0 && (name === RANK || value <= 1)));
  if (wrong || figures.length === 0) {
    throw new MulanError("compare.quoted", `what is quoted of ${id} is no figure`, {
      expected: "shares from 0 to 1 by name, such as { recallAt1: 0.4 }; medianRank counts places",
      got: wrong ? `${wrong[0]}: ${wrong[1]}` : "none",
    });
  }
  return {
    id,
    kind: "quoted",
    from,
    measures: figures.map(([name, value]) => measured(name, value, { n })),
    seenLabels: [],
  };
}

/** @throws MulanError `compare.quoted` where `published` is neither yes, no nor a list of figures */
export function checkPublished(published: unknown): void {
  if (published === undefined || typeof published === "boolean") return;
  if (!Array.isArray(published)) throw noQuotation(nameOf(published));
  for (const one of published) quotedRow(one as Quoted);
}

function checkQuoted(quoted: Quoted): Quoted {
  const { id, from, measures } = (quoted ?? {}) as Partial<Quoted>;
  const whole = typeof id === "string" && typeof from === "string";
  if (whole && typeof measures === "object" && measures !== null) return quoted;
  throw noQuotation(nameOf(quoted));
}

function noQuotation(got: string): MulanError {
  return new MulanError("compare.quoted", "this quotes nothing", {
    expected:
      'published: true, or [{ id: "baseline", from: "where it stands", measures: { rocAuc: 0.78 } }]',
    got,
  });
}
