import { MulanError } from "../foundation/errors.ts";
import { measured } from "./measured.ts";
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

/** @throws MulanError `compare.quoted` for a figure that cannot be one */
export function quotedRow({ id, from, measures, n = 0 }: Quoted): ComparedModel {
  const figures = Object.entries(measures) as [MeasureName, number][];
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
