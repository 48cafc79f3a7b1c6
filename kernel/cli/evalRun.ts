import type { Progress } from "../mulan/foundation/ambient.ts";
import { assertWritable } from "../mulan/foundation/writeAtomically.ts";
import {
  type CompareOptions,
  compare,
  type EvaluatedModel,
  load,
  type Report,
  saveReport,
} from "../mulan/index.ts";
import { clearProgress, printLine, printNote, showProgress } from "./console.ts";
import { type EvalOptions, givenEmbeddings } from "./evalOptions.ts";
import { progressTeller } from "./evalProgress.ts";
import { reportSummary } from "./evalSummary.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

type SingleReport = Exclude<Report, { task: "comparison" }>;

export interface EvalContext {
  readonly seed: number;
  readonly nResamples: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

type Evaluate = (model: EvaluatedModel, context: EvalContext) => Promise<SingleReport>;

/**
 * Runs one evaluation with every model that the options name, prints and saves what came out. Ctrl+C ends it with what
 * was embedded in the cache, so that the same command goes on from there.
 */
export function runEvaluation(options: EvalOptions, evaluate: Evaluate): Promise<ExitCode> {
  return runReport(options, (signal) => evaluateAll(options, evaluate, signal));
}

/** The same for a report that is made in another way. */
export async function runReport(
  options: EvalOptions,
  make: (signal: AbortSignal) => Promise<Report>,
  summary: (report: Report) => object = reportSummary,
): Promise<ExitCode> {
  const { out = [] } = options;
  await checkOut(out);
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  try {
    const report = await make(interrupted.signal);
    clearProgress();
    printLine(options.json ? JSON.stringify(summary(report)) : String(report));
    await saveAll(report, out);
    return tellFailures(report);
  } catch (error) {
    // Whatever fails after an interrupt fails because of it: child processes get Ctrl+C, too.
    if (!interrupted.signal.aborted) throw error;
    printNote("mulan: interrupted; what was embedded is kept, the same command goes on from there");
    return exitCodes.interrupted;
  } finally {
    clearProgress();
  }
}

async function evaluateAll(
  options: EvalOptions,
  evaluate: Evaluate,
  signal: AbortSignal,
): Promise<Report> {
  const given = givenEmbeddings(options);
  const sources = options.model ?? (given ? [] : [undefined]);
  const subjects = [...(given ? [given] : []), ...sources];
  const { seed, resamples: nResamples } = options;
  const one = async (subject: (typeof subjects)[number]): Promise<SingleReport> => {
    const of = subjects.length > 1 ? `[${subjects.indexOf(subject) + 1}/${subjects.length}] ` : "";
    const context = { seed, nResamples, signal, onProgress: progressTeller(of) };
    if (typeof subject === "object") return evaluate(subject, context);
    showProgress(`${of}loading the model …`);
    await using model = await load(subject, { device: options.device, signal });
    return await evaluate(model, context);
  };
  const comparing: CompareOptions = {
    seed,
    nResamples,
    signal,
    published: options.published ?? false,
  };
  if (subjects.length > 1) return compare(subjects, one, comparing);
  const report = await one(subjects[0]);
  return options.published ? compare([report], comparing) : report;
}

/** @throws UsageError, MulanError `file.notWritable` before hours are spent on what cannot be saved */
async function checkOut(paths: readonly string[]): Promise<void> {
  const odd = paths.find((path) => !/\.(json|csv|parquet)$/i.test(path));
  if (odd !== undefined) {
    throw new UsageError(`--out: expected .json, .csv or .parquet, got ${JSON.stringify(odd)}`);
  }
  for (const path of paths) await assertWritable(path);
}

/** What cannot be written after all (a disk that is full) keeps no other file from being written. */
async function saveAll(report: Report, paths: readonly string[]): Promise<void> {
  const errors: unknown[] = [];
  for (const path of paths) await saveReport(report, path).catch((error) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

const SHOWN_FAILURES = 100;

function tellFailures({ failures }: Report): ExitCode {
  if (failures.length === 0) return exitCodes.ok;
  printNote(`mulan: ${failures.length} could not be used:`);
  for (const { error } of failures.slice(0, SHOWN_FAILURES)) printNote(`mulan: ${error.message}`);
  if (failures.length > SHOWN_FAILURES) {
    printNote(`mulan: … and ${failures.length - SHOWN_FAILURES} more (--out report.json has all)`);
  }
  return exitCodes.partFailed;
}
