import { abortable } from "../foundation/abortable.ts";
import { errorFromData, type MulanError } from "../foundation/errors.ts";
import { decodePool } from "./decode/decodePool.ts";
import type { Probe, ProbeResult } from "./decode/protocol.ts";
import { aboutFile } from "./decodeSource.ts";
import { probeWithFfmpeg } from "./ffmpeg/probeWithFfmpeg.ts";

export type ProbeOutcome = { readonly probe: Probe } | { readonly error: MulanError };

/** Enough to make the round trip cheap, little enough to be probed again one by one after a crash. */
const BATCH_FILES = 64;

/** Reads the headers of many files in the decode processes; what ours cannot read is offered to ffmpeg. */
export async function probeFiles(
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ProbeOutcome[]> {
  const batches: (readonly string[])[] = [];
  for (let at = 0; at < paths.length; at += BATCH_FILES)
    batches.push(paths.slice(at, at + BATCH_FILES));
  const work = Promise.all(batches.map((batch) => probeBatch(batch, signal)));
  const outcomes = (await abortable(work, signal)).flat();
  for (const [i, outcome] of outcomes.entries()) {
    if ("probe" in outcome || outcome.error.code !== "audio.unsupported") continue;
    signal?.throwIfAborted();
    outcomes[i] = await probeWithFfmpeg(paths[i]!, outcome.error, signal);
  }
  return outcomes;
}

async function probeBatch(
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ProbeOutcome[]> {
  let results: ProbeResult[];
  try {
    const reply = await decodePool().request({ kind: "probe", paths }, () => {}, signal);
    results = reply.json as ProbeResult[];
  } catch (error) {
    signal?.throwIfAborted();
    if (paths.length === 1) return [{ error: aboutFile(error, paths[0]!) }];
    // One of them took the process with it: find out which.
    return (await Promise.all(paths.map((path) => probeBatch([path], signal)))).flat();
  }
  return results.map((result, i) =>
    "probe" in result ? result : { error: aboutFile(errorFromData(result.error), paths[i]!) },
  );
}
