import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Placement } from "../inference/inferenceProtocol.ts";

interface ProfileEvent {
  readonly cat?: string;
  readonly name?: string;
  /** Microseconds. */
  readonly dur?: number;
  readonly args?: { readonly provider?: string; readonly op_name?: string };
}

interface Node {
  readonly provider: string;
  readonly op: string;
  readonly durationsUs: number[];
}

const CPU = "CPUExecutionProvider";

/** Adds up what ran on each execution provider in the profile that ONNX Runtime wrote into a folder. */
export async function readPlacement(folder: string): Promise<Placement> {
  const [file] = await readdir(folder);
  if (file === undefined) return {};
  return placementOf(JSON.parse(await readFile(join(folder, file), "utf8")) as ProfileEvent[]);
}

/**
 * A node's time is what the host spent on it. On a GPU that is the time to send it off, so that what the profile has of
 * the card's own clock ("Api", "Kernel") is taken where it is more.
 */
export function placementOf(events: readonly ProfileEvent[]): Placement {
  const nodes = nodesOf(events);
  const onCard = new Map<string, number[]>();
  for (const { cat, name = "", dur = 0 } of events) {
    if (cat === "Api" || cat === "Kernel") append(onCard, name, dur);
  }
  const cardUs = sum([...onCard.values()].map(afterFirst));
  const placement: Record<string, { nodes: number; timeMs: number; ops: Record<string, number> }> =
    {};
  for (const { provider, op, durationsUs } of nodes) {
    placement[provider] ??= { nodes: 0, timeMs: 0, ops: {} };
    const share = placement[provider];
    share.nodes += 1;
    share.timeMs += afterFirst(durationsUs) / 1000;
    share.ops[op] = (share.ops[op] ?? 0) + 1;
  }
  const [device] = Object.entries(placement).filter(([provider]) => provider !== CPU);
  if (device) device[1].timeMs = Math.max(device[1].timeMs, cardUs / 1000);
  return placement;
}

function nodesOf(events: readonly ProfileEvent[]): Iterable<Node> {
  const nodes = new Map<string, Node>();
  for (const { cat, name, dur = 0, args } of events) {
    if (cat !== "Node" || !name || !args?.provider) continue;
    const node = nodes.get(name) ?? {
      provider: args.provider,
      op: args.op_name ?? "?",
      durationsUs: [],
    };
    node.durationsUs.push(dur);
    nodes.set(name, node);
  }
  return nodes.values();
}

/** The sum without the first, which is not like the others; with one there is nothing else to go by. */
function afterFirst(durations: readonly number[]): number {
  return sum(durations.length > 1 ? durations.slice(1) : durations);
}

function append(lists: Map<string, number[]>, name: string, value: number): void {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
