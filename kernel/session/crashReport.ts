import type { EngineEnd } from "./engineProcess.ts";
import type { CellError } from "./protocol.ts";

export interface CrashFacts extends EngineEnd {
  readonly stderrTail: string;
  /** The engine said that it was about to end by itself. */
  readonly exited: boolean;
  /** Why this supervisor ended it, if it did. */
  readonly killedBecause: string | undefined;
  readonly maxHeapMb: number | undefined;
}

const LAST_LINES = 5;

/** Says why the engine ended, and what that means for the notebook. */
export function crashReport(facts: CrashFacts): CellError {
  const message = `${reason(facts)}. Its variables are gone, the outputs stay; the next run starts a new engine.`;
  const lastLines = facts.stderrTail.trim().split("\n").filter(Boolean).slice(-LAST_LINES);
  const words = facts.killedBecause || facts.exited ? [] : lastLines.map((line) => `    ${line}`);
  const traceback = [`\u001b[31mEngineEnded\u001b[39m: ${message}`, ...words];
  return { name: "EngineEnded", message, frames: [], traceback };
}

/** Says why a cell ended that the engine never had. */
export function notRun(because: string): CellError {
  const message = `The cell did not run: ${because} before its turn`;
  const traceback = [`\u001b[31mInterrupted\u001b[39m: ${message}`];
  return { name: "Interrupted", message, frames: [], traceback };
}

function reason({
  exitCode,
  signal,
  startError,
  stderrTail,
  exited,
  killedBecause,
  maxHeapMb,
}: CrashFacts): string {
  if (startError) return `The engine could not be started: ${startError.message}`;
  if (killedBecause) return killedBecause;
  if (stderrTail.includes("heap out of memory")) {
    const limit = maxHeapMb ? ` (limit ${maxHeapMb} MB)` : "";
    return `The engine ran out of memory: JavaScript objects filled its heap${limit}`;
  }
  if (exited) return `The engine ended with process.exit(${exitCode})`;
  if (signal) return `The engine was ended by signal ${signal}`;
  return `The engine ended with exit code ${exitCode}`;
}
