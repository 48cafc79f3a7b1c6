import { join } from "node:path";
import { ambientProgress, ambientSignal, type Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";
import { assertHealthy, checkHealth } from "./checkHealth.ts";
import { choosePrecision, type PrecisionRequest } from "./choosePrecision.ts";
import type { ModelDescription } from "./describe.ts";
import {
  chooseDevice,
  type DeviceChoice,
  type DeviceRequest,
  hasNoGpu,
  parseDevice,
} from "./devices.ts";
import { modelHash } from "./identity.ts";
import { type InferenceProcess, sharedInference } from "./inference.ts";
import type { Provider } from "./inferenceProtocol.ts";
import { JointModel } from "./jointModel.ts";
import { type OpenedOnDevice, openOnDevice } from "./openOnDevice.ts";
import { type ModelFolder, readModelFolder } from "./readManifest.ts";
import { refusalMemo } from "./refusalMemo.ts";
import { TextTokenizer } from "./tokenizer.ts";
import { verifyFiles } from "./verifyFiles.ts";

export interface LoadOptions {
  /**
   * "auto" takes the first that serves; a device asked for by name serves or is an error.
   * Default: `MULAN_DEVICE`, else "auto".
   */
  readonly device?: DeviceRequest;
  /** "auto" (default) takes what the manifest names first; others must be among the model's variants. */
  readonly precision?: PrecisionRequest;
  /** Use the model even though its health check failed. Default false. */
  readonly force?: boolean;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How long a device may take to open a model, its shaders compiled and its results compared. */
const AUTO_LIMIT_SEC = 30;
const NAMED_LIMIT_SEC = 300;

const STEPS = [
  "reading the manifest",
  "checking the files",
  "opening the towers",
  "checking its health",
];

/**
 * Loads a two-tower model.
 * @param source a folder with mulan.json, or that file; nothing for what `MULAN_MODEL` names, else the embedded model
 * @throws MulanError `model.not-found`, `model.manifest`, `model.file-missing`, `model.file-changed`, `model.graph`,
 * `model.tensor-name`, `model.tensor-shape`, `model.tensor-type`, `model.dim`, `model.tokenizer`, `model.unhealthy`,
 * `model.precision`, `device.unknown`, `device.refused`; AbortError
 */
export async function load(source?: string, options: LoadOptions = {}): Promise<JointModel> {
  assertNotPromise(source, "load(await …)");
  const asked = parseDevice(options.device ?? (process.env.MULAN_DEVICE || "auto"));
  const signal = options.signal ?? ambientSignal();
  const tell = options.onProgress ?? ambientProgress();
  const begin = (step: number) => {
    signal?.throwIfAborted();
    tell?.({
      label: `loading the model: ${STEPS[step] ?? "done"}`,
      done: step,
      total: STEPS.length,
    });
  };
  begin(0);
  const inference = sharedInference();
  inference.warmUp();
  const found = await readModelFolder(source);
  const manifest = choosePrecision(found.manifest, options.precision ?? "auto");
  const model = { ...found, manifest };
  begin(1);
  await verifyFiles(model, signal);
  begin(2);
  const hash = modelHash(manifest);
  const tokenizer = openTokenizer(model);
  tokenizer.catch(() => {});
  const choice = await chooseDevice(
    asked,
    (device) => openInTime(inference, model, tokenizer, device, asked, signal),
    refusalMemo(hash),
  );
  const { towers } = choice.opened;
  try {
    begin(3);
    const health = await checkHealth(towers, hash, signal);
    if (!options.force) assertHealthy(health, model.folder);
    begin(4);
    return new JointModel(towers, describe(model, choice, health));
  } catch (error) {
    await towers.release().catch(() => {});
    throw error;
  }
}

/**
 * Opens the model on a device. "auto" has no use for a GPU that hangs in its driver or is slower than the CPU; a person
 * who asks for it by name may know better.
 * @throws MulanError `device.slow`; what openOnDevice throws; TimeoutError
 */
async function openInTime(
  inference: InferenceProcess,
  model: ModelFolder,
  tokenizer: Promise<TextTokenizer>,
  device: Provider,
  asked: DeviceRequest,
  signal: AbortSignal | undefined,
): Promise<OpenedOnDevice> {
  if (device === "cpu") return openOnDevice(inference, model, tokenizer, device, signal);
  const limit = AbortSignal.timeout(1000 * (asked === "auto" ? AUTO_LIMIT_SEC : NAMED_LIMIT_SEC));
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  const opened = await openOnDevice(inference, model, tokenizer, device, either);
  const { timesCpuSpeed = 1 } = opened;
  if (asked !== "auto" || timesCpuSpeed >= 1) return opened;
  await opened.towers.release();
  throw new MulanError("device.slow", `${device} is slower than the CPU`, {
    got: `${timesCpuSpeed.toFixed(2)} times its speed`,
  });
}

function openTokenizer({ folder, manifest }: ModelFolder): Promise<TextTokenizer> {
  const { file, configFile, maxTokens } = manifest.text.tokenizer;
  return TextTokenizer.open({
    file: join(folder, file),
    configFile: configFile && join(folder, configFile),
    maxTokens,
  });
}

function describe(
  { folder, manifest }: ModelFolder,
  { asked, used, refused, opened }: DeviceChoice<OpenedOnDevice>,
  health: ModelDescription["health"],
): ModelDescription {
  const { audio, text, files } = manifest;
  const { towers, placement, agreementWithCpu, timesCpuSpeed } = opened;
  const { sampleRateHz } = audio.frontEnd;
  return {
    kind: "model",
    id: `${manifest.id}@${manifest.version}`,
    name: manifest.name,
    version: manifest.version,
    ...(manifest.description !== undefined && { description: manifest.description }),
    folder,
    dim: manifest.dim,
    temperature: manifest.temperature,
    licence: manifest.licence,
    trainedOn: manifest.trainedOn,
    device: {
      asked,
      used,
      refused,
      ...(placement && { placement }),
      ...(agreementWithCpu !== undefined && { agreementWithCpu }),
      ...(timesCpuSpeed !== undefined && { timesCpuSpeed }),
      ...(used === "webgpu" && hasNoGpu() && { software: true }),
    },
    audio: {
      sampleRateHz,
      windowSec: audio.windows.lengthSamples / sampleRateHz,
      hopSec: audio.windows.hopSamples / sampleRateHz,
      padding: audio.windows.padding,
      ...(audio.precision && { precision: audio.precision }),
      frontEnd: frontEndLine(audio.frontEnd),
    },
    text: {
      maxTokens: text.tokenizer.maxTokens,
      batching: text.batching,
      ...(text.precision && { precision: text.precision }),
    },
    health,
    files: Object.entries(files).map(([name, { bytes, sha256 }]) => ({ name, bytes, sha256 })),
    runtimeVersion: towers.runtimeVersion,
  };
}

function frontEndLine(frontEnd: ModelFolder["manifest"]["audio"]["frontEnd"]): string {
  return frontEnd.kind === "waveform" ? "plain waveform" : `log-mel, ${frontEnd.nMels} bands`;
}
