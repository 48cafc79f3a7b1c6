import { access, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Failure, MulanError } from "../../foundation/errors.ts";

/** An item whose file has not been looked for yet. */
export interface Wanted<T> {
  readonly item: T;
  /** Absolute paths where its file may be, most likely first. */
  readonly candidates: readonly string[];
  /** Where the list names it: "tags.csv:14". */
  readonly place: string;
}

export interface Found<T> {
  readonly items: (T & { readonly path: string })[];
  readonly failures: Failure[];
}

/**
 * Keeps the items whose file is there. Folders are listed once each and no file is opened, so that 20,000 rows take
 * well under a second.
 * @param options.withoutAudio keeps all, at the likeliest place
 * @throws MulanError `dataset.no-audio` where not one is there
 */
export async function keepFound<T>(
  wanted: readonly Wanted<T>[],
  {
    list,
    remedy,
    withoutAudio = false,
  }: {
    readonly list: string;
    readonly remedy: string;
    readonly withoutAudio?: boolean | undefined;
  },
): Promise<Found<T>> {
  const files = new Folders();
  const items: Found<T>["items"] = [];
  const failures: Failure[] = [];
  for (const { item, candidates, place } of wanted) {
    const path = (await files.first(candidates)) ?? (withoutAudio ? candidates[0] : undefined);
    if (path === undefined) failures.push(missing(candidates[0]!, place));
    else items.push({ ...item, path });
  }
  if (items.length === 0 && wanted.length > 0) {
    throw new MulanError("dataset.no-audio", "not one of its audio files is there", {
      subject: list,
      expected: wanted[0]!.candidates[0]!,
      got: `${wanted.length} rows without a file`,
      remedy,
    });
  }
  return { items, failures };
}

export function missing(path: string, place: string): Failure {
  return {
    source: path,
    error: new MulanError(
      "dataset.audio-missing",
      `the audio file named in ${place} is not there`,
      {
        subject: path,
      },
    ),
  };
}

/** What lies in folders, each read once. */
export class Folders {
  /** Folder → composed name → name on disk. */
  readonly #names = new Map<string, Promise<ReadonlyMap<string, string>>>();

  /** The first path that is there, as the disk spells it. */
  async first(candidates: readonly string[]): Promise<string | undefined> {
    for (const path of candidates) {
      const found = await this.#find(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #find(path: string): Promise<string | undefined> {
    const folder = dirname(path);
    const names = await this.#list(folder);
    // macOS writes accents as letter and mark, lists often as one character.
    const name = names.get(basename(path).normalize("NFC"));
    if (name !== undefined) return join(folder, name);
    // Windows and macOS find a name in other capitals too; only the disk knows.
    const asks = names.size > 0 && process.platform !== "linux";
    return asks && (await exists(path)) ? path : undefined;
  }

  #list(folder: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#names.get(folder);
    if (known) return known;
    const names = readdir(folder).then(
      (entries) => new Map(entries.map((name) => [name.normalize("NFC"), name])),
      () => new Map<string, string>(),
    );
    this.#names.set(folder, names);
    return names;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
