import { randomUUID } from "node:crypto";
import { Clip } from "../../mulan/audio/clip.ts";
import { readAudio } from "../../mulan/audio/readAudio.ts";
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
  /** Clips, and the places of those that a report names without holding them open. */
  readonly #clips = new Map<ClipId, ClipSource>();
  readonly #idsOfSamples = new WeakMap<Clip, ClipId>();

  /** The id of a clip; from now on it can be asked for. */
  readonly idOf = (source: ClipSource): ClipId => {
    const isClip = source instanceof Clip;
    if (!isClip && source.path === undefined) return defaultClipId(source);
    const inMemory = isClip && source.path === undefined;
    const id = inMemory ? this.#idOfSamples(source) : defaultClipId(source);
    // An open clip is worth more than its place.
    if (!isClip && this.#clips.get(id) instanceof Clip) return id;
    // The latest stands last, so that the first one goes first.
    this.#clips.delete(id);
    this.#clips.set(id, source);
    this.#forgetOldest();
    return id;
  };

  has(id: ClipId): boolean {
    return this.#clips.has(id);
  }

  /** Opens its file where a report named it. @throws MulanError `live.no-clip`, `audio.*` */
  async open(id: ClipId): Promise<Clip> {
    const known = this.#clips.get(id);
    if (known instanceof Clip) return known;
    if (known) {
      const clip = await openPlace(known);
      this.#clips.set(id, clip);
      return clip;
    }
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

function sampleBytes(source: ClipSource): number {
  if (!(source instanceof Clip) || source.path !== undefined) return 0;
  return source.durationSec * source.sampleRateHz * source.nChannels * 4;
}

async function openPlace({ path, label, startSec, durationSec }: ClipSource): Promise<Clip> {
  const files = await readAudio([path!], { signal: new AbortController().signal });
  const [file] = files;
  if (!file) {
    throw (
      files.failures[0]?.error ??
      new MulanError("live.no-clip", "the file is gone", { subject: label })
    );
  }
  const isWhole = startSec === 0 && !(durationSec < file.durationSec);
  return (isWhole ? file : file.excerpt({ startSec, durationSec })).labelled(label);
}

/** One engine runs one notebook. */
export const shownClips = new ShownClips();
