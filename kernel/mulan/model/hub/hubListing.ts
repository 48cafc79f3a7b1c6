import { readFile } from "node:fs/promises";
import { listFiles, modelInfo } from "@huggingface/hub";
import { z } from "zod";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { MulanError } from "../../foundation/errors.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import { type HubCall, hubEndpoint, hubFetch, isOffline, offline } from "./hubFetch.ts";
import type { HubSource } from "./hubSource.ts";

const listingSchema = z.object({
  /** The commit that the revision stands for. */
  commit: z.string().regex(/^[0-9a-f]{7,64}$/),
  files: z.array(
    z.object({
      path: z.string(),
      bytes: z.int().nonnegative(),
      /** Of large files; small ones have git's own hash. */
      sha256: z.string().optional(),
      gitSha1: z.string().optional(),
    }),
  ),
});

/** What lies in a repository. */
export type HubListing = z.infer<typeof listingSchema>;
export type HubFile = HubListing["files"][number];

/**
 * The files of a repository at its revision; without a network what was seen last.
 * @throws MulanError `hub.*`; AbortError
 */
export async function listHubFiles(call: HubCall): Promise<HubListing> {
  const memo = memoPath(call.source);
  if (isOffline()) return (await recall(memo)) ?? fail(offline(call.source));
  try {
    const listing = await ask(call);
    await writeAtomically(memo, JSON.stringify(listing)).catch(() => {});
    return listing;
  } catch (error) {
    if (!(error instanceof MulanError) || error.code !== "hub.offline") throw error;
    return (await recall(memo)) ?? fail(error);
  }
}

async function ask(call: HubCall): Promise<HubListing> {
  const { repo, revision } = call.source;
  const common = { revision, hubUrl: hubEndpoint(), fetch: hubFetch(call) };
  const { sha } = await modelInfo({ name: repo, additionalFields: ["sha"], ...common });
  const files: HubFile[] = [];
  const at = { ...common, revision: sha };
  for await (const entry of listFiles({
    repo: { type: "model", name: repo },
    recursive: true,
    ...at,
  })) {
    if (entry.type !== "file" || !isSafe(entry.path)) continue;
    files.push({
      path: entry.path,
      bytes: entry.lfs?.size ?? entry.size,
      ...(entry.lfs
        ? { sha256: entry.lfs.oid }
        : entry.oid !== undefined && { gitSha1: entry.oid }),
    });
  }
  return listingSchema.parse({ commit: sha, files });
}

function memoPath({ repo, revision }: HubSource): string {
  return cacheFolder(
    "hub",
    repo.replace("/", "--"),
    "refs",
    `${revision.replaceAll("/", "--")}.json`,
  );
}

async function recall(path: string): Promise<HubListing | undefined> {
  try {
    return listingSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}

function fail(error: Error): never {
  throw error;
}

/** A listing is somebody else's text: a name that leads out of the folder is none. */
function isSafe(path: string): boolean {
  return (
    !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes("..") && !path.includes("\\")
  );
}
