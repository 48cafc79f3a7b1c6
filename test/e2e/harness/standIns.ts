import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync } from "fflate";
import { CUDA_RELEASE, fileName } from "../../../kernel/mulan/model/cuda/cudaPackages.ts";
import { noise, sha256 } from "../../support/cudaServer.ts";

/** Small files in the place of the pinned ones, under their names; no library in them is one. */
export const standIns: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  CUDA_RELEASE.packages.map((pinned, i) => {
    const libraries: Record<string, Uint8Array> = pinned.name.startsWith("onnxruntime")
      ? {
          "onnxruntime/capi/libonnxruntime_providers_cuda.so": noise(200_000, 1),
          "onnxruntime/capi/libonnxruntime_providers_shared.so": noise(100, 2),
        }
      : { [`nvidia/stand_in/lib/libstandin${i}.so.1`]: noise(10_000, i) };
    return [fileName(pinned), zipSync(libraries)];
  }),
);

/**
 * Puts the stand-ins' hashes and sizes in the place of the pinned ones in an installed extension, for engines that
 * start from now on. Nothing else can: the list is part of the program.
 * @throws Error when a pinned hash is not found
 */
export async function pinStandIns(runFolder: string): Promise<void> {
  const extensions = join(runFolder, "extensions");
  const scripts = (await readdir(extensions, { recursive: true })).filter((path) =>
    /mulan[^/]*\/dist\/.*\.js$/.test(path),
  );
  let nPinned = 0;
  for (const path of scripts) {
    const text = await readFile(join(extensions, path), "utf8");
    let changed = text;
    for (const pinned of CUDA_RELEASE.packages) {
      const data = standIns[fileName(pinned)]!;
      changed = changed
        .replace(pinned.sha256, sha256(data))
        .replace(`bytes: ${pinned.bytes},`, `bytes: ${data.length},`);
      if (changed.includes(sha256(data))) nPinned += 1;
    }
    if (changed !== text) await writeFile(join(extensions, path), changed);
  }
  const nExpected = CUDA_RELEASE.packages.length;
  if (nPinned < nExpected) throw new Error(`only ${nPinned} of ${nExpected} hashes were found`);
}
