import { join } from "node:path";
import { type ElasticAudio, elasticAudio, elasticText } from "../device/elasticRuns.ts";
import { badGraph } from "../inference/badGraph.ts";
import { ChainedSession } from "../inference/chainedSession.ts";
import type { GraphSession, InferenceProcess, Session } from "../inference/inference.ts";
import type { Placement, Provider, ProviderShare } from "../inference/inferenceProtocol.ts";
import { minBytes } from "../inference/optimizedGraph.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ModelFolder } from "../manifest/readManifest.ts";
import { type AudioSide, AudioTower } from "./audioTower.ts";
import { graphHash } from "./identity.ts";
import { type TextSide, TextTower } from "./textTower.ts";
import type { TextTokenizer } from "./tokenizer.ts";

/** Where towers run: on a device of the inference process, in a person's own Python, or on a server. */
export type RunsOn = Provider | "python" | "server";

/** A model's two towers, open somewhere. */
export interface Towers {
  readonly manifest: Manifest;
  /** Missing where the text tower has one of its own. */
  readonly tokenizer?: TextTokenizer | undefined;
  readonly audio: AudioSide;
  readonly text: TextSide;
  readonly provider: RunsOn;
  /** Windows a run; missing where nothing is known: one on the CPU, 8 elsewhere. */
  readonly batchSize?: number;
  /** Of ONNX Runtime, Python or the server. */
  readonly runtimeVersion: string;
  release(): Promise<void>;
}

/** Towers that are graphs in the inference process. */
export interface GraphTowers extends Towers {
  readonly audio: ElasticAudio;
  readonly provider: Provider;
  /** Which nodes ran where, of both towers; only when they were opened with `profile`. */
  placement(): Promise<Placement>;
}

export interface TowerOptions {
  readonly provider: Provider;
  /** Which of several cards. */
  readonly card?: number;
  readonly profile?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens both graphs and compares them with the manifest.
 * @param tokenizer may still be on its way: parsing it takes as long as opening a graph
 * @throws MulanError `model.graph`, `model.tensor-name`, `model.tensor-shape`, `model.tensor-type`, `model.dim`;
 * AbortError; on another device than the CPU what ONNX Runtime says against it
 */
export async function openTowers(
  inference: InferenceProcess,
  { folder, manifest }: ModelFolder,
  tokenizer: TextTokenizer | Promise<TextTokenizer>,
  { provider, card, profile = false, signal }: TowerOptions,
): Promise<GraphTowers> {
  const { audio, text, files } = manifest;
  const { melGraph } = audio;
  const open = async (graph: Pick<Manifest["audio"], "file" | "external">): Promise<Session> => {
    const path = join(folder, graph.file);
    const key = graphHash(files, graph);
    try {
      const options = {
        provider,
        ...(card !== undefined && { card }),
        ...(profile && { profile }),
        ...(isLarge(manifest, graph) && { contents: key }),
      };
      return await inference.open(key, path, options, signal);
    } catch (error) {
      throw provider === "cpu" ? badGraph(path, error) : error;
    }
  };
  const outcomes = await Promise.allSettled(
    [audio, text, ...(melGraph ? [melGraph] : [])].map((graph) => open(graph)),
  );
  const opened = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const release = async () => {
    for (const session of opened) await session.release();
  };
  try {
    const failed = outcomes.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    const [audioSession, textSession, melSession] = opened as [Session, Session, Session?];
    const { runtimeVersion } = audioSession;
    return {
      manifest,
      tokenizer: await tokenizer,
      audio: elasticAudio(
        new AudioTower(chained(manifest, audioSession, melSession), manifest),
        `${audio.file} on ${provider}`,
      ),
      text: elasticText(
        new TextTower(textSession, manifest, await tokenizer),
        `${text.file} on ${provider}`,
      ),
      provider,
      runtimeVersion,
      // Towers of one graph share its session, which is profiled once.
      placement: async () =>
        sum(
          await Promise.all(
            [...new Set(opened.map(({ graph }) => graph))].map((graph) => graph.placement()),
          ),
        ),
      release,
    };
  } catch (error) {
    await release().catch(() => {});
    throw error;
  }
}

function chained({ audio }: Manifest, tower: Session, mel: Session | undefined): GraphSession {
  const { melGraph, input } = audio;
  if (!melGraph || !mel) return tower;
  return new ChainedSession(mel, tower, { output: melGraph.output.name, input: input.name });
}

/** Known to the last byte, and so large that its optimised form is worth keeping. */
function isLarge(
  { files }: Manifest,
  { file, external = [] }: Pick<Manifest["audio"], "file" | "external">,
): boolean {
  const listed = [file, ...external].map((name) => files[name]);
  if (listed.some((entry) => !entry?.sha256)) return false;
  return listed.reduce((total, entry) => total + (entry?.bytes ?? 0), 0) >= minBytes();
}

function sum(placements: readonly Placement[]): Placement {
  const total: Record<string, ProviderShare> = {};
  for (const [provider, share] of placements.flatMap((one) => Object.entries(one))) {
    const before = total[provider] ?? { nodes: 0, timeMs: 0, ops: {} };
    const ops = { ...before.ops };
    for (const [op, nodes] of Object.entries(share.ops)) ops[op] = (ops[op] ?? 0) + nodes;
    const { nodes, timeMs } = before;
    total[provider] = { nodes: nodes + share.nodes, timeMs: timeMs + share.timeMs, ops };
  }
  return total;
}
