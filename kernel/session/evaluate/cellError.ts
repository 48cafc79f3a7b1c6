import { inspect } from "node:util";
import { MulanError } from "../../mulan/foundation/errors.ts";
import type { CellError, ErrorFrame } from "../protocol.ts";
import { CellSyntaxError } from "../transform/cellSyntaxError.ts";
import { hideMarks } from "../transform/hoistedName.ts";
import type { CellRun } from "./cellRun.ts";
import type { ScriptRegistry } from "./scripts.ts";
import { framesOf } from "./stackFrames.ts";

const MAX_CAUSES = 8;
/** Of an AggregateError; a promise that tried a hundred servers need not tell of each. */
const MAX_INNER_ERRORS = 8;
/** Errors are no part of what a run's output is limited to: each has this limit of its own. */
const MAX_MESSAGE_CHARS = 20_000;

/** Anything that was thrown, as plain data with the user's own frames. Never throws itself. */
export function toCellError(thrown: unknown, run: CellRun, scripts: ScriptRegistry): CellError {
  try {
    return describe(thrown, run, scripts, 0);
  } catch {
    const message = "an error was thrown that cannot be read: its own properties throw";
    return { name: "Error", message, frames: [], traceback: [`Error: ${message}`] };
  }
}

function describe(
  thrown: unknown,
  run: CellRun,
  scripts: ScriptRegistry,
  depth: number,
): CellError {
  const { name, message } = headlineOf(thrown);
  const frames = framesOfThrown(thrown, run, scripts);
  const inner = causeOf(thrown);
  const cause =
    inner === undefined || depth >= MAX_CAUSES
      ? undefined
      : describe(inner, run, scripts, depth + 1);
  const innerErrors =
    depth >= MAX_CAUSES
      ? []
      : innerErrorsOf(thrown).map((error) => describe(error, run, scripts, MAX_CAUSES));
  const [problem, ...facts] = thrown instanceof MulanError ? thrown.lines : [message];
  const traceback = [
    `\u001b[31m${name}\u001b[39m: ${cut(problem ?? "")}`,
    ...facts.map((fact) => `    ${cut(fact)}`),
    ...frames.map(describeFrame),
    ...innerErrors.flatMap(({ traceback }) => indented("one of them", traceback)),
    ...(cause ? indented("caused by", cause.traceback) : []),
  ];
  return { name, message, frames, traceback, ...(cause && { cause }) };
}

function headlineOf(thrown: unknown): { name: string; message: string } {
  if (!(thrown instanceof Error)) {
    return { name: "Thrown", message: inspect(thrown, { depth: 2, maxStringLength: 2000 }) };
  }
  return { name: cut(String(thrown.name)), message: cut(hideMarks(String(thrown.message))) };
}

function cut(text: string): string {
  return text.length <= MAX_MESSAGE_CHARS
    ? text
    : `${text.slice(0, MAX_MESSAGE_CHARS)}… (${text.length} characters in all)`;
}

function framesOfThrown(thrown: unknown, run: CellRun, scripts: ScriptRegistry): ErrorFrame[] {
  if (thrown instanceof CellSyntaxError) {
    const { cellId, executionCount } = run;
    return [{ cellId, executionCount, ...thrown.position }];
  }
  if (!(thrown instanceof Error)) return [];
  try {
    return framesOf(String(thrown.stack), scripts);
  } catch {
    return [];
  }
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? (thrown.cause ?? undefined) : undefined;
}

function innerErrorsOf(thrown: unknown): readonly unknown[] {
  const errors: unknown = thrown instanceof AggregateError ? thrown.errors : undefined;
  return Array.isArray(errors) ? errors.slice(0, MAX_INNER_ERRORS) : [];
}

function describeFrame({ executionCount, file, functionName, line, column }: ErrorFrame): string {
  const place = file ?? `cell ${executionCount}`;
  const position = `${place}:${line}:${column}`;
  return `    at ${functionName ? `${functionName} (${position})` : position}`;
}

function indented(relation: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? `  ${relation} ${line}` : `  ${line}`));
}
