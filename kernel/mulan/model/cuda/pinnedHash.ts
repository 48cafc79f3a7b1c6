import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { MulanError } from "../../foundation/errors.ts";
import type { CudaPackage } from "./cudaPackages.ts";

/** sha256 of a file's bytes as they are now, never from a memo. */
export async function hashOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest("hex");
}

export function wrongHash({ sha256 }: CudaPackage, subject: string, got: string): MulanError {
  return new MulanError("cuda.hash", "this is not the file that was pinned", {
    subject,
    expected: `sha256 ${sha256}`,
    got: `sha256 ${got}`,
    remedy:
      "Nothing of it was used. Fetch it again; when it stays so, a proxy or mirror changes files",
  });
}
