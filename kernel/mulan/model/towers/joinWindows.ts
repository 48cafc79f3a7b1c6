import { joinFloats, type WindowRows } from "../../embedding/windowRows.ts";

export interface ClipWindows {
  /** `[nWindows, dim]` */
  readonly data: Float32Array;
  /** `[nWindows]`, from the start of the clip. */
  readonly startSec: Float32Array;
  readonly durationSec: Float32Array;
  /** From the start of the file. */
  readonly clipStartSec: number;
}

/** The windows of clips one after the other, their times from the start of each file. */
export function joinWindows(clips: readonly ClipWindows[]): WindowRows {
  const offsets = new Uint32Array(clips.length + 1);
  clips.forEach(({ startSec }, i) => {
    offsets[i + 1] = offsets[i]! + startSec.length;
  });
  return {
    data: joinFloats(clips.map(({ data }) => data)),
    offsets,
    startSec: joinFloats(
      clips.map(({ startSec, clipStartSec }) => startSec.map((sec) => sec + clipStartSec)),
    ),
    durationSec: joinFloats(clips.map(({ durationSec }) => durationSec)),
  };
}
