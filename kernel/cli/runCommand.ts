import type { Command } from "commander";
import { assertWritable } from "../mulan/foundation/writeAtomically.ts";
import { clearProgress, printLine, printNote, showProgress } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { assertOurKernel, readNotebook, writeNotebook } from "./notebookFile.ts";
import { injectParameters, type ParameterValue, parseParameter } from "./parameters.ts";
import { type FailedCell, type RunProgress, runNotebook } from "./runNotebook.ts";
import { summarize } from "./summarize.ts";
import { UsageError } from "./usageError.ts";

interface RunCommandOptions {
  readonly out?: string;
  readonly parameter?: ReadonlyMap<string, ParameterValue>;
  readonly anyKernel?: boolean;
  readonly summary?: boolean;
  /** Seconds; true when no number was given. */
  readonly storeAudio?: number | true;
}

/** Long enough to know a piece by; a second is some 50 kB in the notebook. */
const usualStoredSec = 30;

export function addRunCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command("run")
    .description("run a notebook's cells from first to last and write it back with its outputs")
    .argument("<notebook>")
    .option(
      "-o, --out <file>",
      "where to write the executed notebook (default: the notebook itself)",
    )
    .option(
      "-p, --parameter <name=value>",
      'set a variable after the cell tagged "parameters"; may be repeated',
      (text, values: ReadonlyMap<string, ParameterValue> | undefined) =>
        new Map([...(values ?? []), parseParameter(text)]),
    )
    .option("--any-kernel", "run the cells as TypeScript whatever kernel the notebook names")
    .option(
      "--store-audio [seconds]",
      `store the beginning of each clip that is shown, as mono FLAC, so that it plays without a kernel (default: ${usualStoredSec} s)`,
      parseSeconds,
    )
    .option("--summary", "print what the figures say")
    .action(async (path: string, options: RunCommandOptions) => finish(await run(path, options)));
}

async function run(path: string, options: RunCommandOptions): Promise<ExitCode> {
  const { storeAudio = 0 } = options;
  const notebook = await readNotebook(path);
  if (!options.anyKernel) assertOurKernel(notebook, path);
  const out = options.out ?? path;
  await assertWritable(out);
  const ended = new AbortController();
  let endedWith: ExitCode | undefined;
  // Either way the cells that are done are written, which may have taken hours.
  const endAs = (code: ExitCode) => () => {
    endedWith ??= code;
    ended.abort();
  };
  process.once("SIGINT", endAs(exitCodes.interrupted));
  process.once("SIGTERM", endAs(exitCodes.terminated));

  const executed = await runNotebook(injectParameters(notebook, options.parameter ?? new Map()), {
    path,
    storeAudioSec: storeAudio === true ? usualStoredSec : storeAudio,
    signal: ended.signal,
    onProgress: tellProgress,
  });
  clearProgress();
  await writeNotebook(out, executed.notebook);
  if (options.summary) for (const line of summarize(executed.notebook)) printLine(line);
  printLine(`executed notebook: ${out}`);
  if (executed.failed) printNote(`mulan: ${describeFailure(path, executed.failed)}`);
  if (endedWith !== undefined) return endedWith;
  return executed.failed ? exitCodes.partFailed : exitCodes.ok;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new UsageError(
    `--store-audio: expected seconds above 0, or no value, got ${JSON.stringify(text)}`,
  );
}

function tellProgress({ cell, nCells, source, detail }: RunProgress): void {
  const firstLine = source.trim().split("\n", 1)[0] ?? "";
  const text = `[${cell}/${nCells}] ${detail ?? firstLine}`;
  if (process.stderr.isTTY) showProgress(text);
  else if (detail === undefined) printNote(text);
}

function describeFailure(path: string, { position, outcome, error }: FailedCell): string {
  const frame = error?.frames[0];
  const place = frame?.cellId === undefined ? "" : ` (line ${frame.line}, column ${frame.column})`;
  const what = error ? `${error.name}: ${error.message}` : outcome.status;
  return `${path}: cell ${position} failed: ${what}${place}`;
}
