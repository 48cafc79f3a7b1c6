import { readFile } from "node:fs/promises";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { MulanError } from "../../foundation/errors.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import type { Towers } from "../towers/towers.ts";
import { faults, type Health } from "./health.ts";
import { measureHealth } from "./probe.ts";
import { PROBE_TEXTS } from "./probeSignals.ts";

export interface HealthReport {
  /** Missing when the model failed before there was anything to measure. */
  readonly measured?: Health;
  /** In words with figures; empty for a sound model. */
  readonly faults: readonly string[];
}

/** Raise it when probes or limits change, so that remembered reports are made anew. */
const HEALTH_VERSION = 1;

/**
 * Examines a model, or recalls what an earlier process found: the result depends on the files, the device and the
 * runtime only.
 * @param modelHash names the model's files and manifest; undefined where they may change unseen: nothing is recalled
 * @throws MulanError `child.crashed`; AbortError
 */
export async function checkHealth(
  towers: Towers,
  modelHash: string | undefined,
  signal?: AbortSignal,
): Promise<HealthReport> {
  if (modelHash === undefined) return examine(towers, signal);
  const parts = [modelHash.slice(0, 32), towers.provider, towers.runtimeVersion, HEALTH_VERSION];
  const path = cacheFolder("health", `${parts.join("-")}.json`);
  const remembered = await recall(path);
  if (remembered) return remembered;
  const report = await examine(towers, signal);
  await writeAtomically(path, JSON.stringify(report)).catch(() => {});
  return report;
}

/** @throws MulanError `model.unhealthy` unless the model is sound */
export function assertHealthy({ faults: found }: HealthReport, folder: string): void {
  if (found.length === 0) return;
  throw new MulanError("model.unhealthy", `this model is broken: ${found.join("; ")}`, {
    subject: folder,
    remedy: "Use another copy of the model, or pass { force: true } to use it all the same",
  });
}

async function examine(towers: Towers, signal?: AbortSignal): Promise<HealthReport> {
  try {
    const measured = await measureHealth(towers, signal);
    return { measured, faults: faults(measured, PROBE_TEXTS.length) };
  } catch (error) {
    if (error instanceof MulanError && error.code.startsWith("model.")) {
      return { faults: [error.message.replace(/\.$/, "")] };
    }
    throw error;
  }
}

async function recall(path: string): Promise<HealthReport | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as HealthReport;
  } catch {
    return undefined;
  }
}
