import { type Command, Option } from "commander";
import { evaluateProbe } from "../mulan/index.ts";
import { type DatasetOptions, openDataset, withDatasetOptions } from "./evalDataset.ts";
import { type EvalOptions, labelsOption, withEvalOptions } from "./evalOptions.ts";
import { runEvaluation } from "./evalRun.ts";
import type { ExitCode } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

interface ProbeOptions extends EvalOptions, DatasetOptions {
  readonly labels?: string[];
  readonly c?: number;
  readonly fewShot?: number[] | true;
}

export function addEvalProbe(group: Command, finish: (code: ExitCode) => void): void {
  const command = group
    .command("probe")
    .description("linear-probe transfer: logistic regressions on frozen audio embeddings")
    .argument("<data>", "list or folder of a data set with labels")
    .addOption(labelsOption())
    .addOption(
      new Option("--c <value>", "inverse strength of L2 (default: chosen on validation)").argParser(
        parseC,
      ),
    )
    .addOption(
      new Option("--few-shot [sizes]", "also from few positives a label: 1,5,10").argParser(
        parseSizes,
      ),
    );
  withEvalOptions(withDatasetOptions(command)).action(async (data: string, options: ProbeOptions) =>
    finish(await probe(data, options)),
  );
}

async function probe(data: string, options: ProbeOptions): Promise<ExitCode> {
  const dataset = await openDataset(data, options, "tagged");
  if (dataset.kind !== "tagged") throw new UsageError(`${dataset.name} has no labels to learn`);
  const { labels, c, fewShot } = options;
  return runEvaluation(options, (model, context) =>
    evaluateProbe(model, dataset, {
      ...context,
      ...(labels && { labels }),
      ...(c !== undefined && { c }),
      ...(fewShot && { fewShot }),
    }),
  );
}

function parseC(text: string): number {
  const c = Number(text);
  if (c > 0 && Number.isFinite(c)) return c;
  throw new UsageError(`--c: expected a number above 0, got ${JSON.stringify(text)}`);
}

function parseSizes(text: string): number[] {
  const sizes = text.split(",").map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return sizes;
  throw new UsageError(`--few-shot: expected numbers such as 1,5,10, got ${JSON.stringify(text)}`);
}
