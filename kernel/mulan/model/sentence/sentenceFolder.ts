// What lies in the folder of a text encoder: a graph, a tokenizer, and how sentence-transformers would use them.

import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { MulanError } from "../../foundation/errors.ts";
import type { AddedOutput } from "../inference/addOutputs.ts";
import { readJson } from "../layouts/readJson.ts";
import type { TokenizerFiles } from "../towers/tokenizer.ts";
import { type Modules, readModules } from "./modules.ts";

export interface SentenceFolder {
  readonly id: string;
  readonly folder: string;
  /** Absolute path of the ONNX file. */
  readonly graph: string;
  readonly addOutputs?: readonly AddedOutput[];
  readonly tokenizer: TokenizerFiles;
  readonly lowerCase: boolean;
  /** Put before every text. */
  readonly prompt: string;
  /** Undefined for a plain folder, which says nothing about pooling. */
  readonly modules: Omit<Modules, "transformerFolder"> | undefined;
}

/** The first that exists; the others are what optimum and sentence-transformers write beside it. */
const GRAPHS = [
  "model.onnx",
  "model_optimized.onnx",
  "model_O1.onnx",
  "model_O2.onnx",
  "model_O3.onnx",
  "model_O4.onnx",
  "model_fp16.onnx",
  "model_quantized.onnx",
  "model_int8.onnx",
  "model_uint8.onnx",
  "model_qint8_avx512_vnni.onnx",
  "model_qint8_avx512.onnx",
  "model_quint8_avx2.onnx",
  "model_qint8_arm64.onnx",
].flatMap((name) => [join("onnx", name), name]);

const bertSchema = z.looseObject({
  max_seq_length: z.int().positive().nullish(),
  do_lower_case: z.boolean().optional(),
});
const configSchema = z.looseObject({
  max_position_embeddings: z.int().positive().optional(),
  pad_token_id: z.int().nullish(),
  model_type: z.string().optional(),
});
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().positive().nullish() });
const promptSchema = z.looseObject({
  prompts: z.record(z.string(), z.string()).optional(),
  default_prompt_name: z.string().nullish(),
});

/** Of BERT, where nothing says how long a text may be. */
const USUAL_MAX_TOKENS = 512;

/**
 * @throws MulanError `model.not-found`, `model.config`, `model.module`, `model.tokenizer`
 */
export async function readSentenceFolder(source: string): Promise<SentenceFolder> {
  const folder = resolve(source);
  await assertFolder(folder);
  const modules = await readModules(folder);
  const home = modules?.transformerFolder ?? folder;
  const graph = await firstFile(GRAPHS.flatMap((name) => [join(home, name), join(folder, name)]));
  if (!graph) throw noGraph(folder);
  const file = await firstFile([join(home, "tokenizer.json"), join(folder, "tokenizer.json")]);
  if (!file) throw noTokenizer(folder);
  const configFile = await firstFile([
    join(home, "tokenizer_config.json"),
    join(folder, "tokenizer_config.json"),
  ]);
  const bert = await readJson(home, "sentence_bert_config.json", bertSchema);
  return {
    id: nameOf(folder),
    folder,
    graph,
    tokenizer: {
      file,
      configFile,
      maxTokens: bert?.max_seq_length ?? (await longestText(home, configFile)),
    },
    lowerCase: bert?.do_lower_case ?? false,
    prompt: await defaultPrompt(folder),
    modules,
  };
}

/** Positions are counted from behind the padding's in RoBERTa, which leaves fewer for a text. */
async function longestText(home: string, configFile: string | undefined): Promise<number> {
  const tokenizer = configFile
    ? await readJson(dirname(configFile), basename(configFile), tokenizerConfigSchema)
    : undefined;
  const config = await readJson(home, "config.json", configSchema);
  const shift = /roberta/.test(config?.model_type ?? "") ? (config?.pad_token_id ?? 1) + 1 : 0;
  const limits = [
    // Tokenizers without a limit write 1e30.
    tokenizer?.model_max_length ?? undefined,
    config?.max_position_embeddings ? config.max_position_embeddings - shift : undefined,
  ].filter((limit) => limit !== undefined);
  const least = Math.min(...limits);
  return least < 1e6 ? least : USUAL_MAX_TOKENS;
}

async function defaultPrompt(folder: string): Promise<string> {
  const config = await readJson(folder, "config_sentence_transformers.json", promptSchema);
  const name = config?.default_prompt_name;
  return name ? (config.prompts?.[name] ?? "") : "";
}

/** The hub's cache keeps a model under models--OWNER--NAME/snapshots/COMMIT. */
function nameOf(folder: string): string {
  const cached = /models--([^/\\]+?)--([^/\\]+)[/\\]snapshots[/\\][^/\\]+$/.exec(folder);
  return cached ? `${cached[1]}/${cached[2]}` : basename(folder);
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if ((await stat(path).catch(() => undefined))?.isFile()) return path;
  }
  return undefined;
}

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new MulanError("model.not-found", found ? "is not a folder" : "does not exist", {
    subject: folder,
    expected: "the folder of a text encoder: model.onnx or onnx/model.onnx, and tokenizer.json",
  });
}

function noGraph(folder: string): MulanError {
  return new MulanError("model.not-found", "this folder holds no text encoder", {
    subject: folder,
    expected: "model.onnx, or onnx/model.onnx",
    got: "no ONNX file of such a name",
    remedy:
      "Export it: optimum-cli export onnx --model NAME FOLDER, or SentenceTransformer(NAME, backend='onnx').save_pretrained(FOLDER)",
  });
}

function noTokenizer(folder: string): MulanError {
  return new MulanError("model.tokenizer", "there is no tokenizer for this text encoder", {
    subject: folder,
    expected: "tokenizer.json",
    remedy:
      "AutoTokenizer.from_pretrained(NAME).save_pretrained(FOLDER) writes it; Universal Sentence Encoder's own graphs have none outside of TensorFlow",
  });
}
