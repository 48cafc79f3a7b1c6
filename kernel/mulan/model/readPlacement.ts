import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Placement } from "./inferenceProtocol.ts";

interface ProfileEvent {
  readonly cat?: string;
  readonly name?: string;
  readonly args?: { readonly provider?: string };
}

/** Counts the nodes of each execution provider in the profile that ONNX Runtime wrote into a folder. */
export async function readPlacement(folder: string): Promise<Placement> {
  const [file] = await readdir(folder);
  if (file === undefined) return {};
  const events = JSON.parse(await readFile(join(folder, file), "utf8")) as ProfileEvent[];
  const nodes = new Map<string, string>();
  for (const { cat, name, args } of events) {
    if (cat === "Node" && name && args?.provider) nodes.set(name, args.provider);
  }
  const counts: Record<string, number> = {};
  for (const provider of nodes.values()) counts[provider] = (counts[provider] ?? 0) + 1;
  return counts;
}
