import { randomUUID } from "node:crypto";
import { Clip } from "../../mulan/audio/clip.ts";
import type { ClipSource } from "../../mulan/embedding/source.ts";
import type { ClipId } from "../../mulan/figures/contract.ts";
import { defaultClipId } from "../../mulan/figures/items/clipId.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";

/** Clips of files are small; those of samples in memory keep their samples alive. */
const maxClips = 20_000;
const maxSampleBytes = 256 * 2 ** 20;

/**
 * The clips that this engine has shown, under the ids that figures carry. An output is untrusted input: what it
 * names is served only when this engine put it there.
 */
export class ShownClips {
  readonly #clips = new Map<ClipId, Clip>();
  readonly #idsOfSamples = new WeakMap<Clip, ClipId>();

  /** The id of a clip; from now on it can be asked for. */
  readonly idOf = (source: ClipSource): ClipId => {
    if (!(source instanceof Clip)) return defaultClipId(source);
    const id = source.path === undefined ? this.#idOfSamples(source) : defaultClipId(source);
    // The latest stands last, so that the first one goes first.
    this.#clips.delete(id);
    this.#clips.set(id, source);
    this.#forgetOldest();
    return id;
  };

  has(id: ClipId): boolean {
    return this.#clips.has(id);
  }

  /** @throws MulanError `live.no-clip` */
  get(id: ClipId): Clip {
    const clip = this.#clips.get(id);
    if (clip) return clip;
    throw new MulanError("live.no-clip", "this engine has not shown that clip", {
      remedy: "Run the cell again",
    });
  }

  /** Samples in memory have neither a path nor a name of their own: their id is as good as this engine. */
  #idOfSamples(clip: Clip): ClipId {
    const known = this.#idsOfSamples.get(clip);
    if (known) return known;
    const id = `clip-${randomUUID()}`;
    this.#idsOfSamples.set(clip, id);
    return id;
  }

  #forgetOldest(): void {
    let bytes = 0;
    for (const clip of this.#clips.values()) bytes += sampleBytes(clip);
    for (const [id, clip] of this.#clips) {
      const tooMany = this.#clips.size > maxClips;
      const tooLarge = bytes > maxSampleBytes && clip.path === undefined && this.#clips.size > 1;
      if (!tooMany && bytes <= maxSampleBytes) return;
      if (!tooMany && !tooLarge) continue;
      bytes -= sampleBytes(clip);
      this.#clips.delete(id);
    }
  }
}

function sampleBytes({ path, durationSec, sampleRateHz, nChannels }: Clip): number {
  return path === undefined ? durationSec * sampleRateHz * nChannels * 4 : 0;
}

/** One engine runs one notebook. */
export const shownClips = new ShownClips();
