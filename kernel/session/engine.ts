/** The process that runs one notebook's cells. Its supervisor starts it; see protocol.ts. */
import { Socket } from "node:net";
import { FrameReader } from "../mulan/foundation/frames.ts";
import { packageVersion } from "../mulan/foundation/packageRoot.ts";
import { Executor } from "./evaluate/executor.ts";
import { Importer } from "./evaluate/importer.ts";
import { Notebook } from "./evaluate/notebook.ts";
import { ScriptRegistry } from "./evaluate/scripts.ts";
import { installStackFrames } from "./evaluate/stackFrames.ts";
import { wrapTimers } from "./evaluate/timers.ts";
import { listenForInterrupts } from "./interrupt/interrupts.ts";
import { endWithoutSupervisor, sendEvent } from "./output/eventPipe.ts";
import { Streams } from "./output/streams.ts";
import { COMMANDS_FD } from "./pipes.ts";
import type { EngineCommand } from "./protocol.ts";
import { takeSettings } from "./settings.ts";

const settings = takeSettings();
const scripts = new ScriptRegistry();
const streams = new Streams(settings.outputLimitChars);
/** The library loads after the engine is ready, so that the first plain cell need not wait for it. */
let library: Promise<Record<string, unknown>> | undefined;
const loadLibrary = () => {
  library ??= import("../mulan/index.ts").then((module) => ({ ...module }));
  return library;
};
const notebook = new Notebook(new Importer(settings.notebookPath, loadLibrary), scripts);
const executor = new Executor(notebook, scripts, streams, settings.outputLimitChars);

wrapTimers((run, error) => executor.report(run, error));
installStackFrames(scripts);
streams.capture();
process.on("exit", (exitCode) => {
  streams.flush();
  sendEvent({ type: "exiting", exitCode });
});
process.on("uncaughtException", (error) => executor.report(undefined, error));
process.on("unhandledRejection", (error) => executor.report(undefined, error));
// Ctrl-C in a terminal reaches the whole process group: the front door decides what it means.
process.on("SIGINT", () => {});
listenForInterrupts(() => executor.interrupt());

let queue: Promise<void> = Promise.resolve();
const reader = new FrameReader(({ json }) => obey(json as EngineCommand));
const commands = new Socket({ fd: COMMANDS_FD, readable: true, writable: false });
commands.on("data", (chunk) => reader.push(chunk));
commands.on("close", endWithoutSupervisor);
commands.on("error", endWithoutSupervisor);

function obey(command: EngineCommand): void {
  if (command.type === "shutdown") process.exit(0);
  if (command.type === "execute") {
    queue = queue.then(() => executor.execute(command));
  }
}

sendEvent({ type: "ready", pid: process.pid, nodeVersion: process.version, packageVersion });
