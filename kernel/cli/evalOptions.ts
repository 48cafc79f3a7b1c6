import { type Command, Option } from "commander";
import type { DeviceRequest, FixedEmbeddingsInit } from "../mulan/index.ts";
import { parseCount } from "./evalDataset.ts";
import { deviceOption } from "./modelOptions.ts";
import { UsageError } from "./usageError.ts";

/** What every evaluation takes. */
export interface EvalOptions {
  readonly model?: readonly string[];
  readonly device?: DeviceRequest;
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

/**
 * Models, embeddings made elsewhere, seed and output, the same for every evaluation.
 * @param quotes whether others have published figures on this task
 */
export function withEvalOptions(command: Command, { quotes = true } = {}): Command {
  command
    .addOption(
      collected("--model <source>", "model; several are compared (default: the embedded one)"),
    )
    .addOption(deviceOption())
    .option(
      "--embeddings <file>",
      "audio embeddings made elsewhere: .npy, .npz, .safetensors, .parquet",
    )
    .option("--text-embeddings <file>", "text embeddings made elsewhere")
    .option("--ids <file>", "ids of the audio embeddings: one a line, a JSON list or an .npy")
    .option("--texts <file>", "texts of the text embeddings: one a line, a JSON list or an .npy")
    .addOption(new Option("--seed <n>", "of draws and bootstrap").default(0).argParser(parseSeed))
    .addOption(
      new Option("--resamples <n>", "of the bootstrap").default(1000).argParser(parseCount),
    )
    .addOption(
      collected("--out <file>", "save the report: .json (all of it), .csv, .parquet (its table)"),
    )
    .option("--json", "one JSON object: figures, intervals, conventions, failures");
  if (!quotes) return command;
  return command.option("--published", "add published figures for this data set, marked as quoted");
}

/** Some of a data set's labels, by name. */
export function labelsOption(): Option {
  return new Option(
    "--labels <names>",
    "only these: a,b,c; a name with a comma in quotes: '\"Wind instrument, woodwind instrument\",Piano'; may be repeated",
  ).argParser((text: string, before: readonly string[] = []) => [...before, ...parseLabels(text)]);
}

/** An option that may be given again and again. */
export function collected(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).argParser(
    (text: string, before: readonly string[] = []) => [...before, text],
  );
}

/** A name in double quotes, in which two of them stand for one, or without quotes and commas. */
const NAME = /\s*(?:"((?:[^"]|"")*)"|([^",][^,]*))\s*(?:,|$)/y;

/** 'a, "b, c"' as a list of two. @throws UsageError */
export function parseLabels(text: string): string[] {
  const labels: string[] = [];
  NAME.lastIndex = 0;
  let end = 0;
  for (let found = NAME.exec(text); found; found = NAME.exec(text)) {
    labels.push((found[1]?.replaceAll('""', '"') ?? found[2]!).trim());
    end = NAME.lastIndex;
    if (end === text.length) break;
  }
  const whole = end === text.length && !text.trimEnd().endsWith(",");
  if (whole && labels.length > 0 && labels.every((label) => label !== "")) return labels;
  throw new UsageError(
    `--labels: expected labels separated by commas, those with a comma in double quotes, got ${JSON.stringify(text)}`,
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
