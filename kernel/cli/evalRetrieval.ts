import { type Command, Option } from "commander";
import { evaluateRetrieval } from "../mulan/index.ts";
import { type DatasetOptions, openDataset, withDatasetOptions } from "./evalDataset.ts";
import { type EvalOptions, withEvalOptions } from "./evalOptions.ts";
import { runEvaluation } from "./evalRun.ts";
import type { ExitCode } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

interface RetrievalOptions extends EvalOptions, DatasetOptions {
  readonly query?: "title" | "description" | "caption";
}

export function addEvalRetrieval(group: Command, finish: (code: ExitCode) => void): void {
  const command = group
    .command("retrieval")
    .description("text-to-music search: playlists by title or description, clips by caption")
    .argument("<data>", "playlists, or a list of captions")
    .addOption(
      new Option("--query <text>", "what is asked with (default: title, caption)").choices([
        "title",
        "description",
        "caption",
      ]),
    );
  withEvalOptions(withDatasetOptions(command)).action(
    async (data: string, options: RetrievalOptions) => finish(await retrieval(data, options)),
  );
}

async function retrieval(data: string, options: RetrievalOptions): Promise<ExitCode> {
  const dataset = await openDataset(data, options, "queries");
  if (dataset.kind === "tagged") {
    throw new UsageError(`${dataset.name} has labels, but no playlists or captions to ask with`);
  }
  const { query } = options;
  return runEvaluation(options, (model, context) =>
    evaluateRetrieval(model, dataset, { ...context, ...(query && { query }) }),
  );
}
