import { Worker } from "node:worker_threads";
import { MulanError } from "../../foundation/errors.ts";
import { builtEntry } from "../../foundation/packageRoot.ts";
import type { ProjectionMessage, ProjectionTask } from "./messages.ts";

type Done = Extract<ProjectionMessage, { type: "done" }>;

/** Runs a projection in a worker thread of its own, which ends with it or at the signal. */
export function runProjection(
  task: ProjectionTask,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<Done> {
  signal?.throwIfAborted();
  const worker = new Worker(builtEntry("projection-worker"), { workerData: task });
  return new Promise<Done>((resolve, reject) => {
    const abort = () => reject(signal?.reason as Error);
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: ProjectionMessage) => {
      if (message.type === "progress") onProgress(message.share);
      else resolve(message);
    });
    worker.once("error", (error) => reject(stopped(error.message, error)));
    worker.once("exit", (code) => {
      signal?.removeEventListener("abort", abort);
      reject(stopped(`it ended with exit code ${code}`));
    });
  }).finally(() => worker.terminate());
}

function stopped(why: string, cause?: Error): MulanError {
  return new MulanError(
    "projection.failed",
    `the projection worker stopped: ${why}`,
    {},
    { cause },
  );
}
