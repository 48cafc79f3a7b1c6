import { existsSync, readdirSync } from "node:fs";
import { delimiter } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { isCudaReady } from "../cuda/cudaFolder.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";

/** `cuda:1` and `dml:1` pick a card; without a number it is the first one. */
export type DeviceRequest = "auto" | Provider | `${ManyCards}:${number}`;

type ManyCards = "cuda" | "dml";

/** What a request that is not "auto" names. */
export interface NamedDevice {
  readonly provider: Provider;
  /** Number of the card, from 0; without it the first one. */
  readonly card?: number;
}

/** A device that was tried and could not serve. */
export interface Refusal {
  readonly device: Provider;
  readonly reason: string;
  /** ISO date of the attempt, when it was not made again this time. */
  readonly remembered?: string;
}

export interface DeviceChoice<T> {
  readonly asked: DeviceRequest;
  readonly used: Provider;
  readonly card?: number;
  readonly refused: readonly Refusal[];
  readonly opened: T;
}

/** Refusals of earlier processes: looking for a GPU that is not there costs 100 to 300 ms. */
export interface RefusalMemo {
  recall(device: Provider): Promise<Refusal | undefined>;
  remember(refusal: Refusal): Promise<void>;
}

const PROVIDERS: readonly Provider[] = ["cpu", "cuda", "webgpu", "dml", "coreml"];

/*
 * What onnxruntime-node 1.30 is built with, best first; `cpu` always serves.
 *            x64                 arm64
 *   linux    cuda webgpu         –
 *   win32    dml webgpu          dml webgpu
 *   darwin   –                   coreml webgpu
 */
export function autoOrder(platform: string = process.platform): Provider[] {
  if (platform === "linux") return ["cuda", "webgpu", "cpu"];
  if (platform === "win32") return ["dml", "webgpu", "cpu"];
  if (platform === "darwin") return ["coreml", "webgpu", "cpu"];
  return ["cpu"];
}

const SOFTWARE = "software renderer: WebGPU would be computed by the CPU, slower than without it";

/**
 * Whether only a software renderer could answer to WebGPU: Mesa's serves with results, but took 39 s to open a model
 * that the CPU opens in half a second. Seen by the device files on Linux; other systems are taken to have a GPU.
 */
export function hasNoGpu(): boolean {
  if (process.platform !== "linux") return false;
  const files = ["/dev/dri", "/dev"].flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder) : [],
  );
  return !files.some((name) => /^(renderD\d+|nvidia\d+|dxg|mali\d+|kgsl-3d0)$/.test(name));
}

/** Whether WebGPU has only a renderer in software: no GPU, or the Vulkan loader is told to take such a driver. */
export function isSoftwareRenderer(env: NodeJS.ProcessEnv = process.env): boolean {
  const drivers = env.VK_DRIVER_FILES || env.VK_ICD_FILENAMES;
  if (!drivers) return hasNoGpu();
  return drivers.split(delimiter).every((file) => /lvp|llvmpipe|lavapipe|swiftshader/i.test(file));
}

/** @throws MulanError `device.unknown` */
export function parseDevice(device: string): DeviceRequest {
  if (device === "auto" || PROVIDERS.some((name) => name === device)) {
    return device as DeviceRequest;
  }
  if (/^(cuda|dml):\d{1,3}$/.test(device)) return device as DeviceRequest;
  throw new MulanError("device.unknown", "there is no such device", {
    expected: `${["auto", ...PROVIDERS].join(", ")}, or one card of several as cuda:1 or dml:1`,
    got: JSON.stringify(device),
  });
}

export function namedDevice(device: Exclude<DeviceRequest, "auto">): NamedDevice {
  const [provider, card] = device.split(":") as [Provider, string?];
  return { provider, ...(card !== undefined && { card: Number(card) }) };
}

/**
 * Tries one device after the other. A device that was asked for by name serves or is an error: never the CPU in its place.
 * @param open opens the model on a device, or throws why that cannot be
 * @throws MulanError `device.refused`; on the CPU whatever `open` throws; AbortError
 */
export async function chooseDevice<T>(
  asked: DeviceRequest,
  open: (device: Provider, card?: number) => Promise<T>,
  memo: RefusalMemo,
  order: readonly Provider[] = autoOrder(),
  softwareOnly: boolean = isSoftwareRenderer(),
): Promise<DeviceChoice<T>> {
  if (asked === "cpu") return { asked, used: asked, refused: [], opened: await open(asked) };
  if (asked !== "auto") {
    const { provider, card } = namedDevice(asked);
    const opened = await openOnly(asked, () => open(provider, card));
    return { asked, used: provider, ...(card !== undefined && { card }), refused: [], opened };
  }
  const refused: Refusal[] = [];
  for (const device of order.filter((name) => name !== "cpu")) {
    const remembered = await memo.recall(device);
    if (remembered) {
      refused.push(remembered);
      continue;
    }
    try {
      if (device === "webgpu" && softwareOnly) throw new Error(SOFTWARE);
      return { asked, used: device, refused, opened: await open(device) };
    } catch (error) {
      if (isAbort(error)) throw error;
      const refusal = { device, reason: plainReason(device, error) };
      refused.push(refusal);
      if (refusal.reason !== SOFTWARE) await memo.remember(refusal);
    }
  }
  return { asked, used: "cpu", refused, opened: await open("cpu") };
}

async function openOnly<T>(
  device: Exclude<DeviceRequest, "auto">,
  open: () => Promise<T>,
): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new MulanError(
      "device.refused",
      `the model cannot run on ${device}: ${plainReason(namedDevice(device).provider, cause)}`,
      { remedy: 'Ask for device "auto" or "cpu"; `mulan doctor` lists what this machine has' },
      { cause },
    );
  }
}

/** ONNX Runtime's messages carry source paths and say little to a person: the known ones in words, others trimmed. */
export function plainReason(device: Provider, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/backend not found/.test(message)) {
    return `this build of ONNX Runtime has no ${device} for ${process.platform} ${process.arch}`;
  }
  if (/CUDA failure 101\b|invalid device ordinal/i.test(message)) {
    return "there is no card of this number";
  }
  if (/Failed to load shared library/.test(message)) return notLoaded(device);
  if (/CUDA failure 35\b/.test(message)) {
    return "NVIDIA's driver is missing or older than the installed CUDA libraries need (docs/gpu.md)";
  }
  if (/CUDA failure 100\b/.test(message)) return "NVIDIA's driver finds no card";
  const adapter = /Failed to get a WebGPU adapter: (.*)/.exec(message)?.[1];
  if (adapter) return `no GPU that WebGPU can use (${adapter.trim()})`;
  return message
    .replace(/^\/onnxruntime_src\S+ .*? was false\. /, "")
    .trim()
    .replace(/\.$/, "");
}

function notLoaded(device: Provider): string {
  if (device !== "cuda" || process.platform !== "linux") {
    return `ONNX Runtime's libraries for ${device} are not installed`;
  }
  return isCudaReady()
    ? "the CUDA libraries are installed but do not load: NVIDIA's driver (libcuda.so.1) is missing"
    : "ONNX Runtime's libraries for cuda are not installed (mulan cuda install)";
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
