import { MulanError } from "../../foundation/errors.ts";

/** A repository on the hub at a revision. */
export interface HubSource {
  /** "owner/name" */
  readonly repo: string;
  /** Branch, tag or commit. */
  readonly revision: string;
}

export const HUB_PREFIX = "hf:";

/** Reads "hf:owner/name" or "hf:owner/name@revision". @throws MulanError `hub.source` */
export function parseHubSource(source: string): HubSource {
  const [, repo, revision = "main"] =
    /^hf:([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(source.trim()) ?? [];
  const isSafe = [repo, revision].every((part) => part && !part.split("/").includes(".."));
  if (repo !== undefined && isSafe) return { repo, revision };
  throw new MulanError("hub.source", "this names no repository of the hub", {
    expected: 'hf:owner/name or hf:owner/name@revision, for example "hf:Xenova/clap-htsat-unfused"',
    got: JSON.stringify(source),
  });
}
