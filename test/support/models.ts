import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";

export const TINY = join(packageRoot, "test/fixtures/models/tiny");
export const WAVE = join(packageRoot, "test/fixtures/models/wave");
const BROKEN = join(packageRoot, "test/fixtures/models/broken");

/** A manifest as JSON: tests break it in ways that its type forbids. */
export type LooseManifest = Record<string, Record<string, unknown>> & {
  files: Record<string, unknown>;
};

/** A copy of a fixture model in a temporary folder, for breaking it. */
export class ModelCopy implements AsyncDisposable {
  readonly folder: string;

  static async of(fixture: string): Promise<ModelCopy> {
    const folder = await mkdtemp(join(tmpdir(), "mulan-model-test-"));
    await cp(fixture, folder, { recursive: true });
    return new ModelCopy(folder);
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async put(file: string, name: string): Promise<void> {
    await cp(file, this.path(name));
  }

  async remove(name: string): Promise<void> {
    await rm(this.path(name));
  }

  async edit(change: (manifest: LooseManifest) => void): Promise<void> {
    const manifest = JSON.parse(await readFile(this.path("mulan.json"), "utf8")) as LooseManifest;
    change(manifest);
    await writeFile(this.path("mulan.json"), JSON.stringify(manifest));
  }

  /** Puts other bytes in a file's place and lists them, so that only what they mean is wrong. */
  async replace(name: string, bytes: Uint8Array): Promise<void> {
    await writeFile(this.path(name), bytes);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await this.edit((manifest) => {
      manifest.files[name] = { sha256, bytes: bytes.byteLength };
    });
  }

  /** @param tower a file of fixtures/models/broken */
  async replaceText(tower: string): Promise<void> {
    await this.replace("text.onnx", await readFile(join(BROKEN, tower)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Points the cache folder of this test process at an empty one. */
export async function useOwnCacheFolder(): Promise<AsyncDisposable & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "mulan-test-cache-"));
  const before = process.env.MULAN_CACHE_DIR;
  process.env.MULAN_CACHE_DIR = folder;
  return {
    folder,
    async [Symbol.asyncDispose]() {
      if (before === undefined) delete process.env.MULAN_CACHE_DIR;
      else process.env.MULAN_CACHE_DIR = before;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
