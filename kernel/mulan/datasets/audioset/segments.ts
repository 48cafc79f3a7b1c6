import type { Failure } from "../../foundation/errors.ts";
import { rowFailure, shown, wrongColumn } from "../list/rowErrors.ts";

export interface Segment {
  /** YouTube's id of the video, 11 characters. */
  readonly ytid: string;
  readonly startSec: number;
  readonly endSec: number;
  /** Ids of classes. */
  readonly labelIds: readonly string[];
  readonly line: number;
}

const COLUMNS = ["YTID", "start_seconds", "end_seconds", "positive_labels"];

/** AudioSet's segments CSV: lines that begin with # are comments, then YTID, start_seconds, end_seconds, "labels". */
export function readSegments(text: string, path: string) {
  const segments: Segment[] = [];
  const failures: Failure[] = [];
  const lines = text.split(/\r\n?|\n/);
  lines.forEach((content, i) => {
    if (content.trim() === "" || content.startsWith("#")) return;
    const line = i + 1;
    const [ytid, start, end, labels] = fieldsOf(content);
    // Some derivatives carry a header without the mark of a comment.
    if (ytid?.toLowerCase() === "ytid") return;
    if (!ytid || start === undefined || end === undefined || labels === undefined) {
      failures.push(
        rowFailure(path, line, "this is no segment", {
          expected: 'YTID, start_seconds, end_seconds, "label,label"',
          got: shown(content),
        }),
      );
      return;
    }
    const startSec = Number(start || Number.NaN);
    const endSec = Number(end || Number.NaN);
    if (!(startSec >= 0) || !(endSec > startSec)) {
      const [column, expected, got] =
        startSec >= 0
          ? ([2, `a time after ${startSec}`, end] as const)
          : ([1, "seconds, 0 or more", start] as const);
      const problem = wrongColumn(column, COLUMNS[column]!);
      failures.push(rowFailure(path, line, problem, { expected, got: shown(got) }));
      return;
    }
    const labelIds = labels
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== "");
    segments.push({ ytid, startSec, endSec, labelIds, line });
  });
  return { segments, failures };
}

/** Fields are parted by a comma and a space before the opening quotation mark, which no CSV parser takes as one. */
function fieldsOf(content: string): (string | undefined)[] {
  const [ytid = "", start = "", end = "", ...labels] = content.split(",");
  if (labels.length === 0) return [];
  return [ytid, start, end, labels.join(",")].map(unquoted);
}

/** undefined where a quotation mark stands inside. */
function unquoted(field: string): string | undefined {
  const text = field.trim().replace(/^"/, "").replace(/"$/, "").trim();
  return text.includes('"') ? undefined : text;
}
