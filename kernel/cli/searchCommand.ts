import { type Command, Option } from "commander";
import { dotOfRows } from "../mulan/embedding/dot.ts";
import { readAudio } from "../mulan/index.ts";
import { namePaths } from "./clipPaths.ts";
import { printLine } from "./console.ts";
import { embedInBatches } from "./embedInBatches.ts";
import type { ExitCode } from "./exitCodes.ts";
import { type ModelOptions, withModelOptions } from "./modelOptions.ts";
import { UsageError } from "./usageError.ts";

interface SearchOptions extends ModelOptions {
  readonly top: number;
  readonly json?: boolean;
}

interface Hit {
  readonly rank: number;
  readonly path: string;
  readonly score: number;
}

export function addSearchCommand(program: Command, finish: (code: ExitCode) => void): void {
  const command = program
    .command("search")
    .description("find the recordings in a folder that best fit a text")
    .argument("<folder>")
    .argument("<query>")
    .addOption(new Option("--top <n>", "how many to list").default(5).argParser(parseCount))
    .option("--json", "one JSON object per line: rank, path, score (cosine)");
  withModelOptions(command).action(async (folder: string, query: string, options: SearchOptions) =>
    finish(await search(folder, query, options)),
  );
}

async function search(folder: string, query: string, options: SearchOptions): Promise<ExitCode> {
  const clips = await readAudio(folder);
  const pathOf = namePaths([folder]);
  let queryVector: Float32Array | undefined;
  let hits: Omit<Hit, "rank">[] = [];
  const code = await embedInBatches(clips, options, async ({ model, clip, vector }) => {
    queryVector ??= (await model.embedText([query])).row(0);
    hits.push({ path: pathOf(clip), score: dotOfRows(vector, queryVector) });
    if (hits.length > 4 * options.top) hits = best(hits, options.top);
  });
  for (const [i, hit] of best(hits, options.top).entries()) {
    printHit({ rank: i + 1, ...hit }, options);
  }
  return code;
}

function printHit({ rank, path, score }: Hit, { json }: SearchOptions): void {
  printLine(json ? JSON.stringify({ rank, path, score }) : `${rank}  ${score.toFixed(3)}  ${path}`);
}

function best(hits: readonly Omit<Hit, "rank">[], count: number): Omit<Hit, "rank">[] {
  return hits.toSorted((a, b) => b.score - a.score).slice(0, count);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`--top: expected a whole number from 1, got ${JSON.stringify(text)}`);
}
