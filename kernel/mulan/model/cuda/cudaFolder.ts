import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { runtimeVersions } from "../inference/runtimeVersions.ts";

/** What stands in `installed.json`, which is written last: without it nothing is taken for installed. */
export interface InstalledCuda {
  readonly onnxruntime: string;
  readonly cuda: string;
  readonly cudnn: string;
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  readonly bytes: number;
  /** ISO date. */
  readonly date: string;
}

/** Where `mulan cuda install` puts the libraries: in the user's cache folder. */
export function cudaFolder(): string {
  return cacheFolder("cuda");
}

export const MARKER = "installed.json";

/** What is installed, whichever version of ONNX Runtime it is for. */
export function installedCuda(): InstalledCuda | undefined {
  try {
    return JSON.parse(readFileSync(join(cudaFolder(), MARKER), "utf8")) as InstalledCuda;
  } catch {
    return undefined;
  }
}

/** It is there, whole, and for the ONNX Runtime of this package. */
export function isCudaReady(): boolean {
  return installedCuda()?.onnxruntime === runtimeVersions().onnxruntime;
}

/**
 * What the inference process is started with so that it finds the libraries. ONNX Runtime looks for its providers
 * beside itself: the copy of it in that folder is the one that the loader then takes.
 */
export function cudaEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  if (process.platform !== "linux" || !existsSync(join(cudaFolder(), MARKER)) || !isCudaReady()) {
    return {};
  }
  const paths = [cudaFolder(), env.LD_LIBRARY_PATH].filter((path) => path);
  return { LD_LIBRARY_PATH: paths.join(delimiter) };
}
