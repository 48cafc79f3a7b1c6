import { type Command, Option } from "commander";
import { evaluateTagging } from "../mulan/index.ts";
import { type DatasetOptions, openDataset, withDatasetOptions } from "./evalDataset.ts";
import { collected, type EvalOptions, labelsOption, withEvalOptions } from "./evalOptions.ts";
import { runEvaluation } from "./evalRun.ts";
import type { ExitCode } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

interface TaggingOptions extends EvalOptions, DatasetOptions {
  readonly prompt?: readonly string[];
  readonly labels?: string[];
  readonly split?: "train" | "validation" | "test" | "all";
}

export function addEvalTagging(group: Command, finish: (code: ExitCode) => void): void {
  const command = group
    .command("tagging")
    .description("zero-shot tagging: ROC-AUC and mAP of labels that are only named")
    .argument("<data>", "list or folder of a data set with labels")
    .addOption(
      collected("--prompt <template>", 'how a label is said, {} standing for it (default: "{}")'),
    )
    .addOption(labelsOption())
    .addOption(
      new Option("--split <name>", "which items (default: test, else all)").choices([
        "train",
        "validation",
        "test",
        "all",
      ]),
    );
  withEvalOptions(withDatasetOptions(command)).action(
    async (data: string, options: TaggingOptions) => finish(await tagging(data, options)),
  );
}

async function tagging(data: string, options: TaggingOptions): Promise<ExitCode> {
  const dataset = await openDataset(data, options, "tagged");
  if (dataset.kind !== "tagged") throw new UsageError(`${dataset.name} has no labels to tag with`);
  const { prompt, labels, split } = options;
  return runEvaluation(options, (model, context) =>
    evaluateTagging(model, dataset, {
      ...context,
      ...(prompt && { prompts: prompt }),
      ...(labels && { labels }),
      ...(split && { split }),
    }),
  );
}
