import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { claimPart } from "./claimPart.ts";
import { type HubCall, hubEndpoint, hubFetch } from "./hubFetch.ts";
import type { HubFile } from "./hubListing.ts";

/** A connection that brings nothing for this long is given up and taken up again. */
const IDLE_LIMIT_MS = 60_000;
/** Broken connections of one file without a byte of progress between them. */
const MAX_BREAKS = 5;

/**
 * Brings one file into `folder`, its hash checked. What an earlier attempt left is continued.
 * @param onBytes hears how many bytes came, those of earlier attempts included
 * @throws MulanError `hub.interrupted`, `hub.hash`, `hub.*`; AbortError
 */
export async function downloadFile(
  call: HubCall,
  commit: string,
  file: HubFile,
  folder: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const target = join(folder, file.path);
  if ((await sizeOf(target)) === file.bytes) return onBytes(file.bytes);
  await mkdir(dirname(target), { recursive: true });
  const claimed = await claimPart(target);
  try {
    await downloadPart(call, commit, file, claimed.path, onBytes);
    await rename(claimed.path, target);
  } finally {
    await claimed.release();
  }
}

/** Brings the whole file into `part` and checks its hash. */
async function downloadPart(
  call: HubCall,
  commit: string,
  file: HubFile,
  part: string,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const had = Math.min((await sizeOf(part)) ?? 0, file.bytes);
  onBytes(had);
  let here = had;
  for (let breaks = 0; here < file.bytes; ) {
    const before = here;
    try {
      here = await continueFile(call, commit, file, part, here, onBytes);
      if (here < file.bytes) throw new Error(`the connection ended after ${here} bytes`);
    } catch (cause) {
      if (call.signal?.aborted) throw call.signal.reason;
      if (cause instanceof MulanError) throw cause;
      here = (await sizeOf(part)) ?? 0;
      breaks = here > before ? 0 : breaks + 1;
      if (breaks >= MAX_BREAKS) throw interrupted(call, file, here, cause);
    }
  }
  if (file.bytes === 0) await (await open(part, "w")).close();
  await checkHash(call, file, part);
}

/** Appends what comes from byte `from` on; the size of the file then. */
async function continueFile(
  call: HubCall,
  commit: string,
  file: HubFile,
  part: string,
  from: number,
  onBytes: (bytes: number) => void,
): Promise<number> {
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), IDLE_LIMIT_MS);
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const url = `${hubEndpoint()}/${call.source.repo}/resolve/${commit}/${path}`;
  try {
    const response = await hubFetch(call)(url, {
      signal: idle.signal,
      headers: from > 0 ? { range: `bytes=${from}-` } : {},
    });
    const isContinued = response.status === 206;
    if (response.status === 416 || !response.body) {
      await rm(part, { force: true });
      throw new Error("the server does not continue this file");
    }
    let at = isContinued ? from : 0;
    if (!isContinued && from > 0) onBytes(-from);
    await using out = await open(part, isContinued ? "a" : "w");
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), IDLE_LIMIT_MS);
      const bytes = chunk as Uint8Array;
      await out.write(bytes);
      at += bytes.byteLength;
      onBytes(bytes.byteLength);
      if (at > file.bytes) throw wrongFile(call, file, `more than ${file.bytes} bytes`, part);
    }
    return at;
  } finally {
    clearTimeout(timer);
  }
}

async function checkHash(call: HubCall, file: HubFile, part: string): Promise<void> {
  const { sha256, gitSha1, bytes } = file;
  if (sha256 === undefined && gitSha1 === undefined) return;
  const hash = createHash(sha256 === undefined ? "sha1" : "sha256");
  // Git hashes a file together with its kind and length.
  if (sha256 === undefined) hash.update(`blob ${bytes}\0`);
  for await (const chunk of createReadStream(part, {
    highWaterMark: 1 << 20,
    signal: call.signal,
  })) {
    hash.update(chunk as Buffer);
  }
  const got = hash.digest("hex");
  if (got === (sha256 ?? gitSha1)) return;
  await rm(part, { force: true });
  throw wrongFile(call, file, `hash ${got.slice(0, 12)}…`, part);
}

function wrongFile({ source }: HubCall, file: HubFile, got: string, part: string): MulanError {
  void rm(part, { force: true });
  const expected = (file.sha256 ?? file.gitSha1 ?? "").slice(0, 12);
  return new MulanError("hub.hash", "what came is not the file that the hub lists", {
    subject: `${source.repo}: ${file.path}`,
    expected: `hash ${expected}…, ${file.bytes} bytes`,
    got,
    remedy: "Load it again; when it stays so, a proxy or mirror (HF_ENDPOINT) changes files",
  });
}

function interrupted({ source }: HubCall, file: HubFile, here: number, cause: unknown): MulanError {
  return new MulanError(
    "hub.interrupted",
    "the download broke off",
    {
      subject: `${source.repo}: ${file.path}`,
      expected: `${file.bytes} bytes`,
      got: `${here} bytes`,
      remedy: "Load it again: it goes on where it broke off",
    },
    { cause },
  );
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
