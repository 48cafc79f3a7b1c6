import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { packageVersion } from "../../foundation/packageRoot.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import { isCudaReady } from "../cuda/cudaFolder.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";
import type { Refusal, RefusalMemo } from "./devices.ts";

/** A driver may have been installed meanwhile: after this the device is tried again. */
const FORGET_AFTER_MS = 7 * 86_400_000;

interface Remembered {
  readonly reason: string;
  readonly date: string;
}

/**
 * Refusals in one small file of the cache folder, each good for one model on one state of this machine.
 * @param modelHash a device may refuse one model and serve another
 */
export function refusalMemo(modelHash: string): RefusalMemo {
  const key = (device: Provider) =>
    [device, modelHash.slice(0, 16), packageVersion, machineState()].join("|");
  return {
    async recall(device): Promise<Refusal | undefined> {
      const entry = (await readAll())[key(device)];
      if (!entry || Date.now() - Date.parse(entry.date) > FORGET_AFTER_MS) return undefined;
      return { device, reason: entry.reason, remembered: entry.date };
    },
    async remember({ device, reason }): Promise<void> {
      const date = new Date().toISOString();
      const fresh = Object.entries(await readAll()).filter(
        ([, entry]) => Date.now() - Date.parse(entry.date) < FORGET_AFTER_MS,
      );
      const all = { ...Object.fromEntries(fresh), [key(device)]: { reason, date } };
      await writeAtomically(memoFile(), JSON.stringify(all)).catch(() => {});
    },
  };
}

function memoFile(): string {
  return cacheFolder("refused-devices.json");
}

async function readAll(): Promise<Record<string, Remembered>> {
  try {
    return JSON.parse(await readFile(memoFile(), "utf8")) as Record<string, Remembered>;
  } catch {
    return {};
  }
}

/** What changes when a GPU or its driver comes or goes, as far as that can be seen at no cost. */
function machineState(): string {
  const { platform, arch, env } = process;
  const renderNodes = platform === "linux" && existsSync("/dev/dri") ? readdirSync("/dev/dri") : [];
  const nvidia = platform === "linux" && existsSync("/dev/nvidiactl") ? "nvidia" : "";
  const drivers = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES ?? "";
  const cuda = isCudaReady() ? "cuda" : "";
  return [platform, arch, ...renderNodes.sort(), nvidia, cuda, drivers].join(",");
}
