import type { Clip } from "../audio/clip.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";

export interface ExcerptOptions {
  /** Default 30. */
  readonly startSec?: number;
  /** Default 30. */
  readonly durationSec?: number;
}

/**
 * MuLan's training excerpt: half a minute from the 30th second on, past the introduction. A recording that ends before
 * the excerpt does gives its last `durationSec` seconds, and one that is shorter than that is taken whole, so that
 * every recording gives as much as it has.
 * @throws MulanError `audio.range`
 */
export function excerpt(
  clip: Clip,
  { startSec = 30, durationSec = 30 }: ExcerptOptions = {},
): Clip {
  assertNotPromise(clip, "excerpt((await readAudio(…))[0])");
  if (!(startSec >= 0) || !(durationSec > 0)) {
    throw new MulanError("audio.range", "an excerpt needs startSec of 0 or more and a duration", {
      subject: clip.label,
      got: `startSec ${startSec}, durationSec ${durationSec}`,
    });
  }
  const latestStart = Math.max(0, clip.durationSec - durationSec);
  return clip.excerpt({ startSec: Math.min(startSec, latestStart), durationSec });
}
