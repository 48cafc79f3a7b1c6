#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { MulanError, packageVersion } from "../mulan/index.ts";
import { printNote } from "./console.ts";
import { addCudaCommand } from "./cudaCommand.ts";
import { addDoctorCommand } from "./doctorCommand.ts";
import { addEmbedCommand } from "./embedCommand.ts";
import { addEvalCommand } from "./evalCommand.ts";
import { type ExitCode, exitCodes, exitCodesHelp } from "./exitCodes.ts";
import { addModelsCommand } from "./modelsCommand.ts";
import { addRunCommand } from "./runCommand.ts";
import { addSearchCommand } from "./searchCommand.ts";
import { addTagCommand } from "./tagCommand.ts";
import { UsageError } from "./usageError.ts";

// `mulan … | head` closes the pipe early: that is the reader's right, no fault to report.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(exitCodes.ok);
});

const program = new Command("mulan")
  .description("Music and text in one space: run notebooks, embed, tag and search recordings.")
  .version(packageVersion)
  .addHelpText("after", exitCodesHelp)
  .exitOverride()
  .configureOutput({ outputError: (text) => printNote(`mulan: ${text.trim()}`) });

const finish = (code: ExitCode) => {
  process.exitCode = code;
};
for (const add of [
  addRunCommand,
  addEmbedCommand,
  addTagCommand,
  addSearchCommand,
  addEvalCommand,
  addModelsCommand,
  addCudaCommand,
  addDoctorCommand,
]) {
  add(program, finish);
}
for (const command of program.commands) {
  for (const own of [command, ...command.commands])
    own.exitOverride().copyInheritedSettings(program);
}

try {
  await program.parseAsync();
} catch (error) {
  finish(explain(error));
}

function explain(error: unknown): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has printed help or its complaint itself.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  printNote(`mulan: ${message}`);
  if (error instanceof UsageError) return exitCodes.usage;
  if (!(error instanceof MulanError) && process.env.MULAN_DEBUG) console.error(error);
  return exitCodes.failed;
}
