import type { Command } from "commander";
import { readAudio, zeroShot } from "../mulan/index.ts";
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
import { UsageError } from "./usageError.ts";

interface TagOptions extends ModelOptions, ExcerptOptions {
  readonly tags: string;
  readonly prompt: string;
  readonly json?: boolean;
}

export function addTagCommand(program: Command, finish: (code: ExitCode) => void): void {
  const command = program
    .command("tag")
    .description("rank labels for audio files by the cosine of clip and text (zero-shot tagging)")
    .argument("<file...>")
    .requiredOption("--tags <labels>", 'labels, separated by commas: "piano,rock,choir"')
    .option("--prompt <template>", "the text for each label; {} stands for the label", "{}")
    .option(
      "--json",
      "one JSON object per line: path, scores as {label, score} from best to worst",
    );
  withModelOptions(withExcerptOptions(command)).action(
    async (files: string[], options: TagOptions) => finish(await tag(files, options)),
  );
}

async function tag(files: readonly string[], options: TagOptions): Promise<ExitCode> {
  const labels = options.tags.split(",").map((label) => label.trim());
  if (labels.some((label) => label === "")) {
    throw new UsageError(
      `--tags: expected labels separated by commas, got ${JSON.stringify(options.tags)}`,
    );
  }
  const clips = await readAudio(files, excerptOf(options));
  const pathOf = namePaths(files);
  return embedInBatches(clips, options, async ({ model, clip, embedding }) => {
    const scores = (await zeroShot(model, embedding, labels, { prompts: options.prompt })).ranking(
      0,
    );
    if (options.json) return printLine(JSON.stringify({ path: pathOf(clip), scores }));
    printLine(pathOf(clip));
    for (const { label, score } of scores) printLine(`  ${score.toFixed(3).padStart(6)}  ${label}`);
  });
}
