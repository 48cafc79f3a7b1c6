import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wavBytes } from "../../../test/support/wavBytes.ts";
import type { TaggedDataset, TaggedItem } from "../datasets/dataset.ts";

/** Tiny sound files by name in a folder of their own, for a model that hears only names. */
export class SoundFolder implements AsyncDisposable {
  readonly path: string;

  static async of(...names: readonly string[]): Promise<SoundFolder> {
    const folder = new SoundFolder(await mkdtemp(join(tmpdir(), "mulan-sounds-")));
    await mkdir(folder.path, { recursive: true });
    for (const [i, name] of names.entries()) {
      const samples = new Uint8Array(1600).fill(i + 1);
      await writeFile(folder.file(name), wavBytes(samples));
    }
    return folder;
  }

  private constructor(path: string) {
    this.path = path;
  }

  file(name: string): string {
    return join(this.path, `${name}.wav`);
  }

  /** "piano: piano, quiet" as an item of that file with those tags. */
  item(line: string): TaggedItem {
    const [name = "", tags = ""] = line.split(":").map((part) => part.trim());
    return {
      id: name,
      path: this.file(name),
      tags: tags
        .split(",")
        .map((tag) => tag.trim())
        .filter(Boolean),
    };
  }

  tagged(...lines: readonly string[]): TaggedDataset {
    const items = lines.map((line) => this.item(line));
    return taggedDataset(items);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

export function taggedDataset(items: readonly TaggedItem[]): TaggedDataset {
  return {
    kind: "tagged",
    name: "a test",
    sha256: "0".repeat(64),
    conventions: ["made by hand"],
    failures: [],
    labels: [...new Set(items.flatMap(({ tags }) => tags))],
    items,
  };
}
