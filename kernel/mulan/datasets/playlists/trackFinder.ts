import { relative, sep } from "node:path";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { AudioRef } from "../dataset.ts";
import { Folders, missing } from "../list/foundAudio.ts";
import type { RawTrack } from "./rawPlaylist.ts";
import { trackPaths } from "./trackPaths.ts";

/** Finds tracks on disk, and gives a sound that stands in several playlists one id. */
export class TrackFinder {
  readonly #root: string;
  readonly #keepsLost: boolean;
  readonly #folders = new Folders();
  readonly #known = new Map<string, AudioRef>();
  readonly #lost = new Map<string, Failure>();

  /**
   * @param root ids are paths below it
   * @param keepsLost a track that is not there stays, at its likeliest place
   */
  constructor(root: string, keepsLost = false) {
    this.#root = root;
    this.#keepsLost = keepsLost;
  }

  /** What was not there, each once. */
  get failures(): readonly Failure[] {
    return [...this.#lost.values()];
  }

  get nFound(): number {
    return this.#known.size;
  }

  /** The tracks that are there, each once, in order. */
  async find(tracks: readonly RawTrack[], folder: string): Promise<AudioRef[]> {
    const found = new Set<AudioRef>();
    for (const track of tracks) {
      const candidates = trackPaths(track.location, folder);
      const [likeliest] = this.#keepsLost ? candidates : [];
      const path = (await this.#folders.first(candidates)) ?? likeliest;
      if (path !== undefined) found.add(this.#refOf(path, track));
      else this.#lose(candidates[0], track);
    }
    return [...found];
  }

  #refOf(path: string, { startSec, durationSec }: RawTrack): AudioRef {
    const stretch = [startSec ?? 0, durationSec ?? ""].join("+").replace(/^0\+$/, "");
    const id = `${relative(this.#root, path).split(sep).join("/")}${stretch && `@${stretch}`}`;
    const known = this.#known.get(id);
    if (known) return known;
    const ref = {
      id,
      path,
      ...(startSec !== undefined && { startSec }),
      ...(durationSec !== undefined && { durationSec }),
    };
    this.#known.set(id, ref);
    return ref;
  }

  #lose(path: string | undefined, { location, place }: RawTrack): void {
    const name = path ?? location;
    if (!this.#lost.has(name)) {
      this.#lost.set(name, path === undefined ? notAFile(location, place) : missing(path, place));
    }
  }
}

function notAFile(location: string, place: string): Failure {
  return {
    source: location,
    error: new MulanError("dataset.row", "the track is no file", {
      subject: place,
      expected: "a path, or a file: URL",
      got: location,
    }),
  };
}
