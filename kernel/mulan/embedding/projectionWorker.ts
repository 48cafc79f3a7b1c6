// The worker of project(): computes one projection, tells how far it is, and ends.
import { parentPort, workerData } from "node:worker_threads";
import type { ProjectionMessage, ProjectionTask } from "./projection/messages.ts";
import { principalComponents } from "./projection/principalComponents.ts";
import { umap } from "./projection/umap.ts";

const PROGRESS_STEP = 0.01;

const tell = (message: ProjectionMessage) => parentPort?.postMessage(message);
const task = workerData as ProjectionTask;

if (task.method === "pca") {
  tell({ type: "done", ...principalComponents(task.data, task.dim) });
} else {
  let told = 0;
  const points = umap(task.data, task.dim, task, (share) => {
    if (share - told < PROGRESS_STEP) return;
    told = share;
    tell({ type: "progress", share });
  });
  tell({ type: "done", points });
}
