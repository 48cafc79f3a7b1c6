import { MulanError } from "../foundation/errors.ts";
import { describeModel } from "./describeModel.ts";
import { deviceReport } from "./device/deviceReport.ts";
import {
  chooseDevice,
  type DeviceRequest,
  type NamedDevice,
  namedDevice,
  parseDevice,
} from "./device/devices.ts";
import { type OpenedOnDevice, openOnDevice } from "./device/openOnDevice.ts";
import { refusalMemo } from "./device/refusalMemo.ts";
import { type InferenceProcess, sharedInference } from "./inference/inference.ts";
import type { Provider } from "./inference/inferenceProtocol.ts";
import type { JointModel } from "./jointModel.ts";
import { externalOf, hashModel } from "./layouts/hashModel.ts";
import { measureDim } from "./layouts/measureDim.ts";
import { measureTemperature } from "./layouts/measureTemperature.ts";
import { finishLoading, type Loading } from "./loading.ts";
import type { LoadOptions } from "./loadOptions.ts";
import { choosePrecision, unusedVariants } from "./manifest/choosePrecision.ts";
import { neededFiles } from "./manifest/neededFiles.ts";
import type { ModelFolder } from "./manifest/readManifest.ts";
import { verifyFiles } from "./manifest/verifyFiles.ts";
import { modelHash } from "./towers/identity.ts";
import { openTokenizer } from "./towers/openTokenizer.ts";
import type { TextTokenizer } from "./towers/tokenizer.ts";
import type { GraphTowers } from "./towers/towers.ts";

/** How long a device may take to open a model, its shaders compiled and its results compared. */
const AUTO_LIMIT_SEC = 30;
const NAMED_LIMIT_SEC = 300;

/** Loads a model whose towers are ONNX graphs on this machine. @throws see `load` */
export async function loadGraphs(
  find: () => Promise<ModelFolder>,
  loading: Loading,
  options: LoadOptions,
  inference: InferenceProcess = sharedInference(),
): Promise<JointModel> {
  const { signal } = loading;
  const asked = parseDevice(options.device ?? (process.env.MULAN_DEVICE || "auto"));
  inference.warmUp();
  const found = await find();
  const ready = readyPerDevice(found, inference, loading, options);
  loading.step("checking the files");
  const first = await ready(asked === "auto" ? "cpu" : namedDevice(asked).provider);
  loading.step("opening the towers");
  const tokenizer = openTokenizer(first);
  tokenizer.catch(() => {});
  const choice = await chooseDevice(
    asked,
    async (provider, card) => {
      const device = { provider, ...(card !== undefined && { card }) };
      return openInTime(inference, await ready(provider), tokenizer, device, asked, signal);
    },
    refusalMemo(modelHash(first.manifest)),
  );
  const towers = endingProcess(choice.opened.towers, inference);
  const { folder } = found;
  const hash = modelHash(towers.manifest);
  return finishLoading(towers, hash, folder, loading, options, (health) =>
    describeModel(folder, towers, deviceReport(choice), health),
  );
}

/** Without a model the process has nothing to hold. */
function endingProcess(towers: GraphTowers, inference: InferenceProcess): GraphTowers {
  return {
    ...towers,
    async release() {
      await towers.release();
      await inference.endIfUnused();
    },
  };
}

/** The model with the files that it takes on a device, checked or hashed; once for each choice of files. */
function readyPerDevice(
  found: ModelFolder,
  inference: InferenceProcess,
  { signal }: Loading,
  { precision = "auto" }: LoadOptions,
): (device: Provider) => Promise<ModelFolder> {
  const known = new Map<string, Promise<ModelFolder>>();
  return (device) => {
    const manifest = choosePrecision(found.manifest, precision, device);
    const key = `${manifest.audio.file}|${manifest.text.file}`;
    const model = known.get(key) ?? prepare({ ...found, manifest }, inference, signal);
    known.set(key, model);
    return model;
  };
}

async function prepare(
  model: ModelFolder,
  inference: InferenceProcess,
  signal: AbortSignal | undefined,
): Promise<ModelFolder> {
  if (!model.isFound) {
    await verifyFiles(model, signal);
    return withExternal(model);
  }
  const manifest = await hashModel(model.folder, model.manifest, signal);
  const hashed = { ...model, manifest };
  const dim = manifest.dim > 0 ? manifest.dim : await measureDim(inference, hashed, signal);
  const temperature = await measureTemperature(inference, hashed, signal);
  return { ...hashed, manifest: { ...manifest, dim, ...temperature } };
}

/** A manifest may list weights beside a graph without saying whose they are: the graph says it. */
async function withExternal(model: ModelFolder): Promise<ModelFolder> {
  const { folder, manifest } = model;
  const known = new Set([...neededFiles(manifest), ...unusedVariants(manifest)]);
  if (Object.keys(manifest.files).every((name) => known.has(name))) return model;
  const audio = { ...manifest.audio, ...(await externalOf(folder, manifest.audio.file)) };
  const text = { ...manifest.text, ...(await externalOf(folder, manifest.text.file)) };
  return { ...model, manifest: { ...manifest, audio, text } };
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
  device: NamedDevice,
  asked: DeviceRequest,
  signal: AbortSignal | undefined,
): Promise<OpenedOnDevice> {
  if (device.provider === "cpu") return openOnDevice(inference, model, tokenizer, device, signal);
  const limit = AbortSignal.timeout(1000 * (asked === "auto" ? AUTO_LIMIT_SEC : NAMED_LIMIT_SEC));
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  const opened = await openOnDevice(inference, model, tokenizer, device, either);
  const { timesCpuSpeed = 1 } = opened;
  if (asked !== "auto" || timesCpuSpeed >= 1) return opened;
  await opened.towers.release();
  throw new MulanError("device.slow", `${device.provider} is slower than the CPU`, {
    got: `${timesCpuSpeed.toFixed(2)} times its speed`,
  });
}
