import { type Command, Option } from "commander";
import type { DeviceRequest, FixedEmbeddingsInit } from "../mulan/index.ts";
import { parseCount } from "./evalDataset.ts";
import { deviceOption } from "./modelOptions.ts";
import { UsageError } from "./usageError.ts";

/** What every evaluation takes. */
export interface EvalOptions {
  readonly model?: readonly string[];
  readonly device: DeviceRequest;
  readonly embeddings?: string;
  readonly textEmbeddings?: string;
  readonly ids?: string;
  readonly texts?: string;
  readonly seed: number;
  readonly resamples: number;
  readonly published?: boolean;
  readonly out?: readonly string[];
  readonly json?: boolean;
}

/** Models, embeddings made elsewhere, seed and output, the same for every evaluation. */
export function withEvalOptions(command: Command): Command {
  return command
    .addOption(
      collected("--model <source>", "model; several are compared (default: the embedded one)"),
    )
    .addOption(deviceOption())
    .option(
      "--embeddings <file>",
      "audio embeddings made elsewhere: .npy, .npz, .safetensors, .parquet",
    )
    .option("--text-embeddings <file>", "text embeddings made elsewhere")
    .option("--ids <file>", "ids of the audio embeddings, one a line or a JSON list")
    .option("--texts <file>", "texts of the text embeddings, one a line or a JSON list")
    .addOption(new Option("--seed <n>", "of draws and bootstrap").default(0).argParser(parseSeed))
    .addOption(
      new Option("--resamples <n>", "of the bootstrap").default(1000).argParser(parseCount),
    )
    .option("--published", "add published figures for this data set, marked as quoted")
    .addOption(
      collected("--out <file>", "save the report: .json (all of it), .csv, .parquet (its table)"),
    )
    .option("--json", "one JSON object: figures, intervals, conventions, failures");
}

/** An option that may be given again and again. */
export function collected(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).argParser(
    (text: string, before: readonly string[] = []) => [...before, text],
  );
}

/** "a, b" as a list. @throws UsageError */
export function parseLabels(text: string): string[] {
  const labels = text.split(",").map((label) => label.trim());
  if (labels.every((label) => label !== "")) return labels;
  throw new UsageError(
    `--labels: expected labels separated by commas, got ${JSON.stringify(text)}`,
  );
}

/** The embeddings that the options name; undefined for none. */
export function givenEmbeddings(options: EvalOptions): FixedEmbeddingsInit | undefined {
  const { embeddings, textEmbeddings, ids, texts } = options;
  if (embeddings === undefined && textEmbeddings === undefined) {
    const odd = ids !== undefined ? "--ids" : texts !== undefined ? "--texts" : undefined;
    if (odd) throw new UsageError(`${odd} stands beside --embeddings only`);
    return undefined;
  }
  return {
    ...(embeddings !== undefined && { audio: embeddings }),
    ...(textEmbeddings !== undefined && { text: textEmbeddings }),
    ...(ids !== undefined && { ids }),
    ...(texts !== undefined && { texts }),
  };
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0) return seed;
  throw new UsageError(`--seed: expected a whole number from 0, got ${JSON.stringify(text)}`);
}
