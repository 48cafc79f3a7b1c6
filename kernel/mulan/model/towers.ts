import { join } from "node:path";
import { MulanError } from "../foundation/errors.ts";
import { AudioTower } from "./audioTower.ts";
import type { InferenceProcess, Session } from "./inference.ts";
import type { Placement, Provider } from "./inferenceProtocol.ts";
import type { Manifest } from "./manifest.ts";
import type { ModelFolder } from "./readManifest.ts";
import { TextTower } from "./textTower.ts";
import type { TextTokenizer } from "./tokenizer.ts";

/** A model's two towers, open on one device. */
export interface Towers {
  readonly manifest: Manifest;
  readonly tokenizer: TextTokenizer;
  readonly audio: AudioTower;
  readonly text: TextTower;
  readonly provider: Provider;
  readonly runtimeVersion: string;
  /** Which nodes ran where, of both towers; only when they were opened with `profile`. */
  placement(): Promise<Placement>;
  release(): Promise<void>;
}

export interface TowerOptions {
  readonly provider: Provider;
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
  { provider, profile = false, signal }: TowerOptions,
): Promise<Towers> {
  const open = async (file: string): Promise<Session> => {
    const path = join(folder, file);
    const { sha256 } = manifest.files[file]!;
    try {
      return await inference.open(sha256, path, { provider, ...(profile && { profile }) }, signal);
    } catch (error) {
      throw provider === "cpu" ? badGraph(path, error) : error;
    }
  };
  const outcomes = await Promise.allSettled(
    [manifest.audio, manifest.text].map(({ file }) => open(file)),
  );
  const opened = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const release = async () => {
    for (const session of opened) await session.release();
  };
  try {
    const failed = outcomes.find((one) => one.status === "rejected");
    if (failed) throw failed.reason;
    const [audioSession, textSession] = opened as [Session, Session];
    return {
      manifest,
      tokenizer: await tokenizer,
      audio: new AudioTower(audioSession, manifest),
      text: new TextTower(textSession, manifest, await tokenizer),
      provider,
      runtimeVersion: audioSession.runtimeVersion,
      placement: async () => sum(await Promise.all(opened.map((session) => session.placement()))),
      release,
    };
  } catch (error) {
    await release().catch(() => {});
    throw error;
  }
}

function badGraph(path: string, cause: unknown): unknown {
  const isOurs = cause instanceof MulanError || (cause as Error | undefined)?.name === "AbortError";
  if (isOurs) return cause;
  const got = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
  return new MulanError(
    "model.graph",
    "ONNX Runtime cannot open this graph",
    { subject: path, expected: "a whole ONNX file", got, remedy: "Copy or export the model again" },
    { cause },
  );
}

function sum(placements: readonly Placement[]): Placement {
  const total: Record<string, number> = {};
  for (const placement of placements) {
    for (const [provider, nodes] of Object.entries(placement)) {
      total[provider] = (total[provider] ?? 0) + nodes;
    }
  }
  return total;
}
