import { MulanError } from "../foundation/errors.ts";

/** The embeddings of the windows whose mean is a clip's row; row `i` owns windows `offsets[i]` to `offsets[i + 1]`. */
export interface WindowRows {
  /** `[nWindows, dim]`, row-major. */
  readonly data: Float32Array;
  /** `[n + 1]`, ascending from 0 to nWindows. */
  readonly offsets: Uint32Array;
  /** `[nWindows]`, from the start of the file. */
  readonly startSec: Float32Array;
  /** `[nWindows]`. */
  readonly durationSec: Float32Array;
}

/** @throws MulanError `embeddings.shape`, `embeddings.not-finite` */
export function checkWindowRows(windows: WindowRows, n: number, dim: number): void {
  const { data, offsets, startSec, durationSec } = windows;
  const nWindows = offsets[n] ?? 0;
  const ascending = offsets.every((offset, i) => i === 0 || offset >= offsets[i - 1]!);
  const fits =
    offsets.length === n + 1 &&
    offsets[0] === 0 &&
    ascending &&
    data.length === nWindows * dim &&
    startSec.length === nWindows &&
    durationSec.length === nWindows;
  if (!fits) {
    throw new MulanError("embeddings.shape", "the window rows do not fit the embeddings", {
      expected: `${n + 1} ascending offsets from 0, and data [nWindows, ${dim}], startSec and durationSec [nWindows]`,
      got: `${offsets.length} offsets up to ${nWindows}, ${data.length} numbers, ${startSec.length} starts, ${durationSec.length} durations`,
    });
  }
  if (!data.every(Number.isFinite)) {
    throw new MulanError("embeddings.not-finite", "a window's embedding has NaN or infinity in it");
  }
}

/** The windows of some rows, in the order of `indices`. */
export function selectWindowRows(
  windows: WindowRows,
  indices: readonly number[],
  dim: number,
): WindowRows {
  return joinWindowRows(
    indices.map((i) => {
      const from = windows.offsets[i]!;
      const to = windows.offsets[i + 1]!;
      return {
        data: windows.data.subarray(from * dim, to * dim),
        offsets: Uint32Array.of(0, to - from),
        startSec: windows.startSec.subarray(from, to),
        durationSec: windows.durationSec.subarray(from, to),
      };
    }),
  );
}

/** Window rows one after the other. */
export function joinWindowRows(parts: readonly WindowRows[]): WindowRows {
  const offsets = [0];
  for (const part of parts) {
    const base = offsets.at(-1)!;
    for (const offset of part.offsets.subarray(1)) offsets.push(base + offset);
  }
  return {
    data: joinFloats(parts.map((part) => part.data)),
    offsets: Uint32Array.from(offsets),
    startSec: joinFloats(parts.map((part) => part.startSec)),
    durationSec: joinFloats(parts.map((part) => part.durationSec)),
  };
}

export function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
