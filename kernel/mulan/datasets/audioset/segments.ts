import type { Failure } from "../../foundation/errors.ts";
import { rowFailure, shown } from "../list/rowErrors.ts";

export interface Segment {
  /** YouTube's id of the video, 11 characters. */
  readonly ytid: string;
  readonly startSec: number;
  readonly endSec: number;
  /** Ids of classes. */
  readonly labelIds: readonly string[];
  readonly line: number;
}

/** Fields are parted by a comma and a space before the opening quotation mark, which no CSV parser takes as one. */
const ROW = /^\s*"?([^",]*)"?\s*,\s*([^,]*?)\s*,\s*([^,]*?)\s*,\s*"?([^"]*)"?\s*$/;

/** AudioSet's segments CSV: lines that begin with # are comments, then YTID, start_seconds, end_seconds, "labels". */
export function readSegments(text: string, path: string) {
  const segments: Segment[] = [];
  const failures: Failure[] = [];
  const lines = text.split(/\r\n?|\n/);
  lines.forEach((content, i) => {
    if (content.trim() === "" || content.startsWith("#")) return;
    const line = i + 1;
    const [, ytid, start, end, labels] = ROW.exec(content) ?? [];
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
      failures.push(
        rowFailure(path, line, "the segment's times are wrong", {
          expected: "0 ≤ start_seconds < end_seconds",
          got: `${shown(start)} and ${shown(end)}`,
        }),
      );
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
