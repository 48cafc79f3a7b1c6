import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { checkInside } from "./checkInside.ts";
import { unusedVariants } from "./choosePrecision.ts";
import { neededFiles } from "./neededFiles.ts";
import type { ModelFolder } from "./readManifest.ts";

/**
 * Compares size and sha256 of every file that the model needs with its manifest. Unchanged files are not read
 * again (their hashes are remembered by path, size and mtime).
 * @throws MulanError `model.file-missing`, `model.file-outside`, `model.file-changed`
 */
export async function verifyFiles(model: ModelFolder, signal?: AbortSignal): Promise<void> {
  const unused = unusedVariants(model.manifest);
  const listed = Object.keys(model.manifest.files).filter((name) => !unused.has(name));
  const names = new Set([...neededFiles(model.manifest), ...listed]);
  await Promise.all([...names].map((name) => verifyFile(model, name, signal)));
}

async function verifyFile({ folder, manifest }: ModelFolder, name: string, signal?: AbortSignal) {
  const path = join(folder, name);
  const listed = manifest.files[name];
  if (!listed) {
    throw new MulanError("model.manifest", `the manifest uses "${name}" but does not list it`, {
      subject: folder,
      expected: `"${name}" with its sha256 and bytes under "files"`,
    });
  }
  const found = await lstat(path).catch(() => undefined);
  if (!found) {
    throw new MulanError("model.file-missing", "a file of the model is missing", {
      subject: path,
      expected: `${listed.bytes} bytes, as mulan.json lists it`,
      remedy: "Copy the whole model folder again",
    });
  }
  await checkInside(folder, path);
  const sha256 = await fileSha256(path, { signal });
  if (sha256 !== listed.sha256) {
    throw new MulanError(
      "model.file-changed",
      "a file of the model is not the one its manifest names",
      {
        subject: path,
        expected: `sha256 ${listed.sha256.slice(0, 12)}…, ${listed.bytes} bytes`,
        got: `sha256 ${sha256.slice(0, 12)}…, ${found.size} bytes`,
        remedy:
          "Copy the model again; if you changed the file on purpose, put its new sha256 into mulan.json",
      },
    );
  }
}
