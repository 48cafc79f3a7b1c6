import type { Command } from "commander";
import { clearProgress, printLine, printNote, showProgress } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { assertOurKernel, readNotebook, writeNotebook } from "./notebookFile.ts";
import { injectParameters, type ParameterValue, parseParameter } from "./parameters.ts";
import { type FailedCell, type RunProgress, runNotebook } from "./runNotebook.ts";
import { summarize } from "./summarize.ts";

interface RunCommandOptions {
  readonly out?: string;
  readonly parameter: ReadonlyMap<string, ParameterValue>;
  readonly anyKernel?: boolean;
  readonly summary?: boolean;
}

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
      'set a variable behind the cell tagged "parameters"; may be repeated',
      (text, values: ReadonlyMap<string, ParameterValue>) =>
        new Map([...values, parseParameter(text)]),
      new Map<string, ParameterValue>(),
    )
    .option("--any-kernel", "run the cells as TypeScript whatever kernel the notebook names")
    .option("--summary", "print what the figures say")
    .action(async (path: string, options: RunCommandOptions) => finish(await run(path, options)));
}

async function run(path: string, options: RunCommandOptions): Promise<ExitCode> {
  const notebook = await readNotebook(path);
  if (!options.anyKernel) assertOurKernel(notebook, path);
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());

  const executed = await runNotebook(injectParameters(notebook, options.parameter), {
    path,
    signal: interrupted.signal,
    onProgress: tellProgress,
  });
  clearProgress();
  const out = options.out ?? path;
  await writeNotebook(out, executed.notebook);
  if (options.summary) for (const line of summarize(executed.notebook)) printLine(line);
  printLine(`executed notebook: ${out}`);
  if (executed.failed) printNote(`mulan: ${describeFailure(path, executed.failed)}`);
  if (interrupted.signal.aborted) return exitCodes.interrupted;
  return executed.failed ? exitCodes.partFailed : exitCodes.ok;
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
