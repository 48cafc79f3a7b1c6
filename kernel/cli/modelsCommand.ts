import { delimiter } from "node:path";
import type { Command } from "commander";
import { byteText } from "../mulan/foundation/byteText.ts";
import { listModels, removeModel } from "../mulan/index.ts";
import { printLine, printNote } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { addModelsAddCommand } from "./modelsAdd.ts";
import { addModelsCheckCommand } from "./modelsCheck.ts";

/** `mulan models list | add | check | remove` */
export function addModelsCommand(program: Command, finish: (code: ExitCode) => void): void {
  const models = program.command("models").description("list, add, check and remove models");
  models
    .command("list")
    .description(
      "list the embedded model, cached and added ones, and those in the folders of MULAN_MODEL_FOLDERS",
    )
    .option("--folder <path...>", "more folders that are models or contain them")
    .option("--json", "one JSON object per line")
    .action(async (options: ListOptions) => finish(await list(options)));
  addModelsAddCommand(models, finish);
  addModelsCheckCommand(models, finish);
  models
    .command("remove")
    .description("take models off the list; the cached copy of a hub model or archive is deleted")
    .argument("<source...>", "as `mulan models list` shows it")
    .action(async (sources: string[]) => finish(await remove(sources)));
}

interface ListOptions {
  readonly folder?: readonly string[];
  readonly json?: boolean;
}

async function list({ folder = [], json }: ListOptions): Promise<ExitCode> {
  const named = (process.env.MULAN_MODEL_FOLDERS ?? "").split(delimiter).filter((one) => one);
  for (const model of await listModels([...named, ...folder])) {
    const { source, name, from, bytes } = model;
    if (json) printLine(JSON.stringify(model));
    else printLine(`${source || "(embedded)"}\t${name}\t${from}\t${byteText(bytes)}`);
  }
  return exitCodes.ok;
}

async function remove(sources: readonly string[]): Promise<ExitCode> {
  for (const source of sources) {
    const bytes = await removeModel(source);
    printNote(`removed ${source}${bytes > 0 ? ` (${byteText(bytes)})` : "; its files stay"}`);
  }
  return exitCodes.ok;
}
