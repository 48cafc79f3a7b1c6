import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cacheKey } from "../../embedding/cache.ts";
import { ambientSignal } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { checkHighestToken } from "../health/probe.ts";
import { PROBE_TEXTS } from "../health/probeSignals.ts";
import { badGraph } from "../inference/badGraph.ts";
import { type InferenceProcess, type Session, sharedInference } from "../inference/inference.ts";
import { minBytes } from "../inference/optimizedGraph.ts";
import { TextTokenizer } from "../towers/tokenizer.ts";
import { embeddedSentenceFolder } from "./embedded.ts";
import { POOLINGS, type TextPooling } from "./poolTokens.ts";
import { SentenceEncoder } from "./sentenceEncoder.ts";
import { readSentenceFolder, type SentenceFolder } from "./sentenceFolder.ts";
import { SentenceTower } from "./sentenceTower.ts";

export interface TextEncoderOptions {
  /** How tokens become one vector. Default: what the folder says; the mean where it says nothing. */
  readonly pooling?: TextPooling;
  /** What reports call it. Default: the folder's name, with the pooling that was asked for. */
  readonly id?: string;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
}

/** Raise it when pooling or layers change their numbers: older cached rows are then not used. */
const ENCODER_VERSION = 1;

/**
 * Opens a text encoder from a folder on disk: as sentence-transformers lays it out (modules.json, pooling, normalising,
 * dense layers), or a plain BERT-like folder (model.onnx, tokenizer.json), on the CPU. Nothing is downloaded.
 * @param source the folder; nothing for all-MiniLM-L6-v2 as it is inside the embedded model, before its head
 * @throws MulanError `model.not-found`, `model.config`, `model.module`, `model.tokenizer`, `model.graph`,
 * `model.custom-op`, `model.external-data`, `model.opset`, `model.tensor-name`, `model.text-input`, `model.dim`,
 * `encoder.pooling`; AbortError
 */
export async function loadTextEncoder(
  source?: string,
  options: TextEncoderOptions = {},
): Promise<SentenceEncoder> {
  assertNotPromise(source, "loadTextEncoder(await …)");
  checkPooling(options.pooling);
  const signal = options.signal ?? ambientSignal();
  signal?.throwIfAborted();
  const inference = sharedInference();
  inference.warmUp();
  const folder = await (source === undefined
    ? embeddedSentenceFolder(signal)
    : readSentenceFolder(source));
  const hashes = await hashFiles(folder, signal);
  const tokenizer = await TextTokenizer.open(folder.tokenizer);
  const session = await openGraph(inference, folder, hashes, signal);
  try {
    const tower = new SentenceTower(session, folder, tokenizer, options.pooling);
    await checkHighestToken({ text: tower, tokenizer }, signal);
    const probes = PROBE_TEXTS.map((text) => tower.tokenize(text).ids);
    await tower.tryBatches(probes, signal);
    const { output, dim } = tower;
    const identity = [ENCODER_VERSION, "sentence", hashes, output.name, output.poolings ?? [], dim];
    const suffix = options.pooling ? ` (${options.pooling})` : "";
    return new SentenceEncoder({
      tower,
      identity,
      async release() {
        await session.release();
        await inference.endIfUnused();
      },
      description: {
        kind: "text-encoder",
        id: options.id ?? `${folder.id}${suffix}`,
        folder: folder.folder,
        file: folder.graph,
        sha256: cacheKey(identity),
        dim,
        maxTokens: tokenizer.maxTokens,
        pooling: output.pooling,
        prompt: folder.prompt,
        maxBatch: tower.maxBatch,
        notes: output.note ? [output.note] : [],
        runtimeVersion: session.runtimeVersion,
      },
    });
  } catch (error) {
    await session.release().catch(() => {});
    throw error;
  }
}

/** Of the graph, of the files that ONNX puts large weights into, and of layers after the pooling. */
async function hashFiles(
  { graph, modules }: SentenceFolder,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const folder = dirname(graph);
  const beside = (await readdir(folder)).filter(
    (name) => name.startsWith(basename(graph)) && /[._]data(_\d+)?$/.test(name),
  );
  const paths = [graph, ...beside.sort().map((name) => join(folder, name))];
  const hashes = await Promise.all(paths.map((path) => fileSha256(path, { signal })));
  return [...hashes, ...(modules?.dense ?? []).map(({ sha256 }) => sha256)];
}

async function openGraph(
  inference: InferenceProcess,
  { graph, addOutputs }: SentenceFolder,
  hashes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Session> {
  const isLarge = !addOutputs && (await stat(graph)).size >= minBytes();
  const options = {
    provider: "cpu",
    ...(addOutputs && { addOutputs }),
    ...(isLarge && { contents: hashes.join("+") }),
  } as const;
  try {
    return await inference.open(hashes.join("+"), graph, options, signal);
  } catch (cause) {
    throw badGraph(graph, cause);
  }
}

function checkPooling(pooling: TextPooling | undefined): void {
  if (pooling === undefined || POOLINGS.includes(pooling)) return;
  throw new MulanError("encoder.pooling", "there is no such pooling", {
    expected: POOLINGS.map((name) => `"${name}"`).join(", "),
    got: JSON.stringify(pooling),
  });
}
