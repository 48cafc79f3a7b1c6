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
 * The files of a repository at its revision; what was seen last where the hub cannot be asked or answers badly, even
 * where it refuses: what is downloaded belongs to this machine.
 * @throws MulanError `hub.*`; AbortError
 */
export async function listHubFiles(call: HubCall): Promise<HubListing> {
  const memo = memoPath(call.source);
  if (isOffline()) return (await recall(memo)) ?? fail(offline(call.source));
  try {
    const listing = await ask(call);
    await writeAtomically(memo, JSON.stringify(listing)).catch(() => {});
    return listing;
  } catch (cause) {
    if (call.signal?.aborted) throw call.signal.reason;
    const error = cause instanceof MulanError ? cause : noHub(call.source, cause as Error);
    if (error.code === "hub.endpoint") throw error;
    const stored = (await recall(memo)) ?? fail(error);
    // Without a network that is what anybody expects; a refusal or a login page is worth a word.
    if (error.code !== "hub.offline") {
      console.warn(`load: ${headOf(error)}; the files listed last time are used`);
    }
    return stored;
  }
}

/** Something answered with success and with what is no answer of a hub: a network's login page, a broken mirror. */
function noHub({ repo }: HubSource, cause: Error): MulanError {
  return new MulanError(
    "hub.answer",
    "what answered is not the hub",
    {
      subject: repo,
      expected: `a list of the model's files from ${hubEndpoint()}`,
      got: cause.message.slice(0, 120),
      remedy:
        "Open a web page: the network may want you to log in first; then load it again. HF_ENDPOINT names a mirror",
    },
    { cause },
  );
}

function headOf({ problem, parts: { subject, got } }: MulanError): string {
  return `${subject ?? "the hub"}: ${problem}${got ? ` (${got})` : ""}`;
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
