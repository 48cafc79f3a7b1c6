import type { Failure } from "../foundation/errors.ts";
import type { Clip } from "./clip.ts";

/** The clips that could be read, with what could not beside them; `map` and `filter` give plain arrays. */
export class Clips extends Array<Clip> {
  failures: readonly Failure[] = [];

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  static create(clips: Iterable<Clip>, failures: readonly Failure[]): Clips {
    const made = new Clips();
    for (const clip of clips) made.push(clip);
    made.failures = failures;
    return made;
  }
}
