import { ambientSignal } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { type Failure, MulanError } from "../foundation/errors.ts";
import { Clip } from "./clip.ts";
import { Clips } from "./clips.ts";
import type { Probe } from "./decode/protocol.ts";
import { aboutFile } from "./decodeSource.ts";
import { distinctLabels } from "./labels.ts";
import { listFiles } from "./listFiles.ts";
import { probeFiles } from "./probeFiles.ts";

export interface ReadAudioOptions {
  /** Seconds into each file; 0 when left out. */
  readonly startSec?: number;
  /** Seconds of each file; all of it when left out. */
  readonly durationSec?: number;
  /** Where relative paths start; the working folder when left out. */
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Clips of files, of the audio files in folders and below, and of globs; nothing is decoded yet.
 * One bad file never rejects a batch: what failed stands in the result's `failures`.
 * @throws MulanError `argument.sources`; AbortError
 */
export async function readAudio(
  sources: string | readonly string[],
  options: ReadAudioOptions = {},
): Promise<Clips> {
  assertNotPromise(sources, "await … before the paths");
  const list = typeof sources === "string" ? [sources] : [...sources];
  for (const source of list) {
    if (typeof source === "string" && source !== "") continue;
    throw new MulanError("argument.sources", "readAudio takes paths, folders or globs", {
      got: source === "" ? "an empty path" : typeof source,
    });
  }
  const signal = options.signal ?? ambientSignal();
  signal?.throwIfAborted();
  const { paths, failures } = await listFiles(list, options.cwd ?? process.cwd());
  const outcomes = await probeFiles(paths, signal);
  const found: { path: string; probe: Probe }[] = [];
  outcomes.forEach((outcome, i) => {
    const path = paths[i]!;
    if ("probe" in outcome) found.push({ path, probe: outcome.probe });
    else failures.push({ source: path, error: outcome.error });
  });
  const labels = distinctLabels(found.map(({ path }) => path));
  const clips = found.flatMap(({ path, probe }, i) =>
    toClip(path, probe, labels[i]!, options, failures),
  );
  return Clips.create(clips, failures);
}

function toClip(
  path: string,
  probe: Probe,
  label: string,
  { startSec, durationSec }: ReadAudioOptions,
  failures: Failure[],
): Clip[] {
  try {
    if (probe.nFrames === 0) {
      throw new MulanError("audio.empty", "the file holds no samples", { subject: path });
    }
    const excerpt = {
      ...(startSec !== undefined && { startSec }),
      ...(durationSec !== undefined && { durationSec }),
    };
    return [Clip.fromProbe(path, probe, label, excerpt)];
  } catch (error) {
    failures.push({ source: path, error: aboutFile(error, path) });
    return [];
  }
}
