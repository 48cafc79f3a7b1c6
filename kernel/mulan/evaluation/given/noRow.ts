import type { AudioRef } from "../../datasets/dataset.ts";
import type { Embeddings } from "../../embedding/embeddings.ts";
import { isClipSource } from "../../embedding/source.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { NoRow } from "./matchRefs.ts";

const NAME_ROWS = "Name each row by the data set's id: { ids }, on the command line --ids FILE";
const NAME_TEXTS = "Name each row by its text: { texts }, on the command line --texts FILE";

/** Why an item has no row, in words. */
export function noRow(ref: AudioRef, reason: NoRow, embeddings: Embeddings): Failure {
  return { source: ref.path, error: errorOf(ref, reason, embeddings) };
}

function errorOf(ref: AudioRef, reason: NoRow, embeddings: Embeddings): MulanError {
  const subject = ref.id;
  const called = (row: number) => nameOf(embeddings, row);
  switch (reason.why) {
    case "several": {
      const others = reason.n > 1 ? ` and ${reason.n - 1} more` : "";
      return new MulanError("evaluation.no-row", "several rows could be it", {
        subject,
        expected: "one row that is called as its id, or whose path ends as its own",
        got: `${called(reason.row)}${others}`,
        remedy: NAME_ROWS,
      });
    }
    case "taken":
      return new MulanError("evaluation.no-row", "the row that could be it may be another's", {
        subject,
        expected: "a row of its own",
        got: `${called(reason.row)}, which could be ${JSON.stringify(reason.other)}`,
        remedy: NAME_ROWS,
      });
    case "another part":
      return new MulanError("evaluation.no-row", "the rows of its file are of other parts", {
        subject,
        expected: stretch(ref.startSec, ref.durationSec),
      });
    case "none":
      return new MulanError("evaluation.no-row", "the embeddings have no row for it", {
        subject,
        expected: `an id such as ${called(0)}`,
      });
  }
}

/** @throws MulanError `evaluation.ids` where nothing says which row is which */
export function checkRowsAreNamed(
  { labelled, sources, n }: Embeddings,
  subject: string,
  part: "audio" | "text",
): void {
  if (labelled || n === 0 || sources.some((source) => source !== undefined)) return;
  throw new MulanError("evaluation.ids", "the rows of the embeddings have no names", {
    subject,
    expected: `a column or array called ${part === "text" ? "text, texts, label" : "id, ids, track_id, clip_id, label"} or labels, or names beside the file`,
    got: `${n} rows that only their places tell apart`,
    remedy: part === "text" ? NAME_TEXTS : NAME_ROWS,
  });
}

function nameOf({ labels, sources }: Embeddings, row: number): string {
  const source = sources[row];
  const path = isClipSource(source) ? source.path : source;
  return JSON.stringify(path || labels[row] || "");
}

function stretch(startSec = 0, durationSec?: number): string {
  return durationSec === undefined
    ? startSec === 0
      ? "all of it"
      : `${startSec} s to its end`
    : `${startSec} s to ${Number((startSec + durationSec).toFixed(3))} s`;
}
