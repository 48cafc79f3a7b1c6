import type { Command } from "commander";
import { readAudio } from "../mulan/index.ts";
import { namePaths } from "./clipPaths.ts";
import { printLine } from "./console.ts";
import { embedInBatches } from "./embedInBatches.ts";
import type { ExitCode } from "./exitCodes.ts";
import {
  type ExcerptOptions,
  excerptOf,
  type ModelOptions,
  withExcerptOptions,
  withModelOptions,
} from "./modelOptions.ts";

interface EmbedOptions extends ModelOptions, ExcerptOptions {
  readonly json?: boolean;
}

export function addEmbedCommand(program: Command, finish: (code: ExitCode) => void): void {
  const command = program
    .command("embed")
    .description("embed audio files; folders and globs work too")
    .argument("<file...>")
    .option("--json", "one JSON object per line: path, startSec, durationSec, model, embedding");
  withModelOptions(withExcerptOptions(command)).action(
    async (files: string[], options: EmbedOptions) => finish(await embed(files, options)),
  );
}

async function embed(files: readonly string[], options: EmbedOptions): Promise<ExitCode> {
  const clips = await readAudio(files, excerptOf(options));
  const pathOf = namePaths(files);
  return embedInBatches(clips, options, ({ model, clip, vector }) => {
    const { startSec, durationSec } = clip;
    const line = { path: pathOf(clip), startSec, durationSec, model: model.id };
    if (options.json) printLine(JSON.stringify({ ...line, embedding: Array.from(vector) }));
    else printLine(`${line.path}\t${Array.from(vector, (x) => x.toFixed(5)).join(" ")}`);
  });
}
