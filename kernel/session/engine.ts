/** The process that runs one notebook's cells. Its supervisor starts it; see protocol.ts. */
import { Socket } from "node:net";
import { dirname } from "node:path";
import { FrameReader } from "../mulan/foundation/frames.ts";
import { packageVersion } from "../mulan/foundation/packageRoot.ts";
import { lastRun } from "./evaluate/cellRun.ts";
import { CellTimers } from "./evaluate/cellTimers.ts";
import { type CellRequest, Executor } from "./evaluate/executor.ts";
import { Importer } from "./evaluate/importer.ts";
import { Notebook } from "./evaluate/notebook.ts";
import { ScriptRegistry } from "./evaluate/scripts.ts";
import { installStackFrames } from "./evaluate/stackFrames.ts";
import { wrapTimers } from "./evaluate/timers.ts";
import { nativeSetImmediate } from "./evaluate/turns.ts";
import { complete } from "./inspect/complete.ts";
import { inspectName } from "./inspect/inspectName.ts";
import { describeVariable } from "./inspect/variables.ts";
import { Interrupts } from "./interrupt/interrupts.ts";
import { LibraryLoad } from "./libraryLoad.ts";
import { answerLive, type LiveHandlers } from "./live.ts";
import { Displays } from "./output/displays.ts";
import { endWithoutSupervisor, sendEvent } from "./output/eventPipe.ts";
import { Streams } from "./output/streams.ts";
import { COMMANDS_FD } from "./pipes.ts";
import type { EngineCommand } from "./protocol.ts";
import { takeSettings } from "./settings.ts";

const { notebookPath, outputLimitChars, storeAudioSec } = takeSettings();
const scripts = new ScriptRegistry();
const streams = new Streams();
const displays = new Displays(streams, storeAudioSec);
const importer = new Importer(notebookPath, async () => {
  const { libraryForCells } = await import("./live/library.ts");
  return libraryForCells();
});
const notebook = new Notebook(importer, scripts);

const interrupts = new Interrupts();
wrapTimers(
  (run, error) => executor.report(run, error),
  () => interrupts.waits,
);
installStackFrames(scripts);
streams.capture();

const timers = new CellTimers();
notebook.provide({
  display: displays.display,
  clearOutput: displays.clearOutput,
  require: importer.require,
  __dirname: dirname(notebookPath),
  __filename: notebookPath,
  ...timers.names,
});
/** The library loads behind the engine's back; only a cell that names it waits for it. */
const library = new LibraryLoad(async () => notebook.provide({ mulan: await importer.library() }));
/** A cell that names the library will draw: what drawing needs compiles beside the cell, in a worker. */
let figuresPrepared = false;
const prepareFigures = () => {
  if (figuresPrepared) return;
  figuresPrepared = true;
  import("../mulan/figures/warmUp.ts").then(({ warmUp }) => warmUp()).catch(() => {});
};
const executor = new Executor({
  notebook,
  scripts,
  streams,
  timers,
  interrupts,
  prepare(code) {
    if (!code.includes("mulan")) return undefined;
    prepareFigures();
    return library.ready();
  },
  limitChars: outputLimitChars,
  storeAudioSec,
});
const live: LiveHandlers = {
  variables: () => notebook.names.map((name) => describeVariable(name, notebook.valueOf(name))),
  models: async () => (await import("./live/loadedModels.ts")).describeLoaded(),
  memory: async () => (await import("./live/memory.ts")).processMemory(),
  unloadModels: async () => (await import("../mulan/model/unloadModels.ts")).unloadModels(),
  drawFigure: async ({ figure }) => (await import("../mulan/figures/bundle.ts")).bundleOf(figure),
};

// What a cell printed is to be seen however it ends its engine.
for (const name of ["kill", "abort"] as const) {
  const native = process[name] as (...given: unknown[]) => never;
  process[name] = (...given: unknown[]) => {
    streams.flush();
    return native.apply(process, given);
  };
}
process.on("exit", (exitCode) => {
  streams.flush();
  sendEvent({ type: "exiting", exitCode });
});
process.on("uncaughtException", (error) => executor.report(undefined, error));
process.on("unhandledRejection", (error) => executor.report(undefined, error, lastRun()));
// Ctrl-C in a terminal reaches the whole process group: the front door decides what it means.
process.on("SIGINT", () => {});
interrupts.listen((sequence, terminated) => {
  if (terminated) library.codeWasEnded();
  executor.interrupt(sequence, terminated);
});

/** Cells that wait for their turn, in order. */
const waiting: CellRequest[] = [];
let executing = false;
function executeNext(): void {
  const next = executing ? undefined : waiting.shift();
  if (!next) return;
  executing = true;
  executor.execute(next, () => {
    executing = false;
    nativeSetImmediate(executeNext);
  });
}
const reader = new FrameReader(({ json }) => obey(json as EngineCommand));
const commands = new Socket({ fd: COMMANDS_FD, readable: true, writable: false });
commands.on("data", (chunk) => reader.push(chunk));
commands.on("close", endWithoutSupervisor);
commands.on("error", endWithoutSupervisor);

function obey(command: EngineCommand): void {
  switch (command.type) {
    case "execute":
      waiting.push(command);
      return executeNext();
    case "complete":
      return answer(command, () => complete(command.code, command.offset, notebook));
    case "inspect":
      return answer(command, () => inspectName(command.code, command.offset, notebook));
    case "live":
      return answer(command, () => askLive(command.name, command.params));
    case "shutdown":
      process.exit(0);
  }
}

/** What figures ask needs the whole library, which the engine does not load before it is ready. */
async function askLive(name: string, params: unknown): Promise<unknown> {
  if (Object.hasOwn(live, name)) return answerLive(live, name, params);
  const { answerFigure } = await import("./live/figureRequests.ts");
  return answerFigure(name, params);
}

function answer({ requestId }: { requestId: string }, work: () => unknown): void {
  Promise.resolve()
    .then(work)
    .then(
      (value) => sendEvent({ type: "reply", requestId, value }),
      (error) => sendEvent({ type: "refusal", requestId, message: String(error) }),
    );
}

sendEvent({ type: "ready", pid: process.pid, nodeVersion: process.version, packageVersion });
nativeSetImmediate(() => void library.ready().catch(() => {}));
