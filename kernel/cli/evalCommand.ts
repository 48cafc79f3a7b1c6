import type { Command } from "commander";
import { addEvalProbe } from "./evalProbe.ts";
import { addEvalRetrieval } from "./evalRetrieval.ts";
import { addEvalTagging } from "./evalTagging.ts";
import { addEvalTriplets } from "./evalTriplets.ts";
import { type ExitCode, exitCodesHelp } from "./exitCodes.ts";

/** `mulan eval …`: MuLan's evaluations, one sub-command each. */
export function addEvalCommand(program: Command, finish: (code: ExitCode) => void): void {
  const group = program
    .command("eval")
    .description(
      "evaluate models: zero-shot tagging, linear probe, text-to-music search, triplets",
    );
  for (const add of [addEvalTagging, addEvalProbe, addEvalRetrieval, addEvalTriplets])
    add(group, finish);
  for (const command of group.commands) command.addHelpText("after", exitCodesHelp);
}
