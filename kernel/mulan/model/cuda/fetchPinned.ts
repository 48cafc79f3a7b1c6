import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { claimPart } from "../hub/claimPart.ts";
import type { CudaPackage } from "./cudaPackages.ts";
import { hashOf, wrongHash } from "./pinnedHash.ts";

/** A connection that brings nothing for this long is given up. */
const IDLE_LIMIT_MS = 60_000;

/**
 * Brings a pinned file to `target`; what an earlier attempt left beside it is continued.
 * @param onBytes hears how many bytes are there
 * @throws MulanError `cuda.offline`, `cuda.http`, `cuda.interrupted`, `cuda.hash`; what the file system throws; AbortError
 */
export async function fetchPinned(
  source: string,
  pinned: CudaPackage,
  target: string,
  signal: AbortSignal | undefined,
  onBytes: (here: number) => void,
): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const part = await claimPart(target);
  try {
    const had = (await stat(part.path).catch(() => undefined))?.size ?? 0;
    if (had > pinned.bytes) await rm(part.path);
    const from = had > pinned.bytes ? 0 : had;
    if (from < pinned.bytes) {
      await continueFile(`${source}${pinned.path}`, pinned, part.path, from, signal, onBytes);
    }
    const got = await hashOf(part.path, signal);
    if (got !== pinned.sha256) {
      await rm(part.path, { force: true });
      throw wrongHash(pinned, `${source}${pinned.path}`, got);
    }
    await rename(part.path, target);
  } finally {
    await part.release();
  }
}

async function continueFile(
  url: string,
  pinned: CudaPackage,
  part: string,
  from: number,
  signal: AbortSignal | undefined,
  onBytes: (here: number) => void,
): Promise<void> {
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), IDLE_LIMIT_MS);
  let here = from;
  try {
    const response = await request(url, from, signal, idle.signal);
    const isContinued = response.status === 206;
    if (!isContinued) here = 0;
    await using out = await open(part, isContinued ? "a" : "w");
    for await (const chunk of response.body!) {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), IDLE_LIMIT_MS);
      const bytes = chunk as Uint8Array;
      await out.write(bytes);
      here += bytes.byteLength;
      onBytes(here);
      if (here > pinned.bytes) break;
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof MulanError || isOfDisk(cause)) throw cause;
    throw interrupted(url, pinned, here, cause);
  } finally {
    clearTimeout(timer);
  }
  if (here < pinned.bytes) throw interrupted(url, pinned, here, undefined);
}

async function request(
  url: string,
  from: number,
  signal: AbortSignal | undefined,
  idle: AbortSignal,
): Promise<Response> {
  const both = signal ? AbortSignal.any([signal, idle]) : idle;
  const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
  const response = await fetch(url, { signal: both, headers }).catch((cause: unknown) => {
    if (signal?.aborted) throw signal.reason;
    throw new MulanError(
      "cuda.offline",
      "the server cannot be reached",
      {
        subject: url,
        remedy:
          "Fetch the file on another machine and give it with --from, or name a mirror of PyPI's files in MULAN_CUDA_SOURCE",
      },
      { cause },
    );
  });
  if (response.ok && response.body) return response;
  throw new MulanError("cuda.http", "the server does not give this file", {
    subject: url,
    got: `status ${response.status}`,
    remedy: "Try again later, or give the file with --from",
  });
}

function interrupted(
  url: string,
  { bytes }: CudaPackage,
  here: number,
  cause: unknown,
): MulanError {
  return new MulanError(
    "cuda.interrupted",
    "the download broke off",
    {
      subject: url,
      expected: `${bytes} bytes`,
      got: `${here} bytes`,
      remedy: "Run it again: it goes on where it broke off",
    },
    { cause },
  );
}

function isOfDisk(error: unknown): boolean {
  return /^(ENOSPC|EACCES|EROFS|EPERM|EDQUOT|EIO)$/.test(
    (error as NodeJS.ErrnoException).code ?? "",
  );
}
