import { dotOfRows } from "../embedding/dot.ts";
import type { Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";
import { embedMembers, MEMBERS, type TripletEncoder } from "./tripletMembers.ts";
import { type TripletResult, Triplets } from "./tripletsResult.ts";
import type { EmbeddableClip } from "./twoTowers.ts";

/** A text or a clip. */
export type TripletMember = string | EmbeddableClip;

export interface TripletRow {
  readonly anchor: TripletMember;
  readonly positive: TripletMember;
  readonly negative: TripletMember;
}

export interface TripletsOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Is each anchor nearer to its positive than to its negative? Members are texts or clips, in any mix; each
 * is embedded once. A tie counts as wrong. A text encoder will do where all are texts.
 * @throws MulanError `triplets.empty`, `triplets.member`, `triplets.no-audio`; what the first member that cannot be embedded failed with
 */
export async function triplets(
  model: TripletEncoder,
  rows: readonly TripletRow[],
  options: TripletsOptions = {},
): Promise<Triplets> {
  assertNotPromise(model, "triplets(await load(), …)");
  assertNotPromise(rows, "triplets(model, await …)");
  checkRows(rows);
  const { vectors, failures } = await embedMembers(model, rows, options);
  if (failures[0]) throw failures[0].error;
  return new Triplets(
    rows.map((row) => judge(row, vectors)),
    model.id,
    rows.map(({ anchor, positive, negative }) => ({ anchor, positive, negative })),
  );
}

/** What a model's vectors make of a triplet. */
export function judge(
  row: TripletRow,
  vectors: ReadonlyMap<TripletMember, Float32Array>,
): TripletResult {
  const cosine = (a: TripletMember, b: TripletMember) => {
    return Math.max(-1, Math.min(1, dotOfRows(vectors.get(a)!, vectors.get(b)!)));
  };
  const cosinePositive = cosine(row.anchor, row.positive);
  const cosineNegative = cosine(row.anchor, row.negative);
  return {
    anchor: labelOf(row.anchor),
    positive: labelOf(row.positive),
    negative: labelOf(row.negative),
    cosinePositive,
    cosineNegative,
    margin: cosinePositive - cosineNegative,
    correct: cosinePositive > cosineNegative,
  };
}

function labelOf(member: TripletMember): string {
  return typeof member === "string" ? member : member.label;
}

export function checkRows(rows: readonly TripletRow[]): void {
  if (rows.length === 0) {
    throw new MulanError("triplets.empty", "there are no triplets", {
      expected: "rows of { anchor, positive, negative }",
    });
  }
  for (const [i, row] of rows.entries()) {
    const odd = MEMBERS.find((name) => !isMember(row[name]));
    if (odd === undefined) continue;
    throw new MulanError("triplets.member", `row ${i} has no usable ${odd}`, {
      expected: "a text that is not empty, or a clip",
      got: row[odd] === "" ? "an empty text" : String(row[odd]),
    });
  }
}

function isMember(member: unknown): boolean {
  if (typeof member === "string") return member.trim() !== "";
  return typeof member === "object" && member !== null && "resampled" in member;
}
