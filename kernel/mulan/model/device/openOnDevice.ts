import { dotOfRows } from "../../embedding/dot.ts";
import { MulanError } from "../../foundation/errors.ts";
import { embedProbes, type ProbeRows } from "../health/probe.ts";
import type { InferenceProcess } from "../inference/inference.ts";
import type { Placement, Provider } from "../inference/inferenceProtocol.ts";
import type { ModelFolder } from "../manifest/readManifest.ts";
import type { TextTokenizer } from "../towers/tokenizer.ts";
import { type GraphTowers, openTowers } from "../towers/towers.ts";
import type { NamedDevice } from "./devices.ts";
import { PROVIDER_NAMES } from "./placementWords.ts";
import { type BatchChoice, probeBatch } from "./probeBatch.ts";

export interface OpenedOnDevice {
  readonly towers: GraphTowers;
  /** What ran where, if that was looked at: not on the CPU, which has it all. */
  readonly placement?: Placement;
  /** Of windows; not on the CPU, where more than one gain nothing. */
  readonly batch?: BatchChoice;
  /** How many times faster than the CPU, in batches of that size, a window went through the audio tower. */
  readonly timesCpuSpeed?: number;
  /** Smallest cosine between this device's and the CPU's embedding of the same probe input. */
  readonly agreementWithCpu?: number;
}

/** Half precision stays above it; a driver that computes nonsense does not. */
const MIN_AGREEMENT = 0.99;

/**
 * Opens the model on a device. Any device but the CPU must show in a warm-up that it really ran nodes of the model,
 * and that it agrees with the CPU.
 * @throws MulanError `device.idle`, `device.disagrees`, `model.*`; what ONNX Runtime says against the device; AbortError
 */
export async function openOnDevice(
  inference: InferenceProcess,
  model: ModelFolder,
  tokenizer: TextTokenizer | Promise<TextTokenizer>,
  device: NamedDevice,
  signal?: AbortSignal,
): Promise<OpenedOnDevice> {
  const { provider } = device;
  if (provider === "cpu") {
    return { towers: await openTowers(inference, model, tokenizer, { provider, signal }) };
  }
  const towers = await openTowers(inference, model, tokenizer, {
    ...device,
    profile: true,
    signal,
  });
  try {
    const rows = await embedProbes(towers, signal);
    const placement = await towers.placement();
    checkPlacement(placement, provider);
    const reference = await onCpu(inference, model, tokenizer, signal);
    const agreementWithCpu = agreement(rows, reference);
    checkAgreement(agreementWithCpu, provider);
    const batch = await probeBatch(towers.audio, model.manifest, signal);
    const windowRunMs = 1000 / (batch.windowsPerSec[batch.size] ?? 1000 / rows.windowRunMs);
    const timesCpuSpeed = reference.windowRunMs / windowRunMs;
    return {
      towers: { ...towers, batchSize: batch.size },
      placement,
      batch,
      agreementWithCpu,
      timesCpuSpeed,
    };
  } catch (error) {
    await towers.release().catch(() => {});
    throw error;
  }
}

/** Exported for its test: a provider that leaves every node to the CPU is not in use. @throws MulanError `device.idle` */
export function checkPlacement(placement: Placement, provider: Provider): void {
  const total = Object.values(placement).reduce((sum, { nodes }) => sum + nodes, 0);
  if ((placement[PROVIDER_NAMES[provider]]?.nodes ?? 0) > 0 || total === 0) return;
  throw new MulanError("device.idle", `all ${total} nodes ran on the CPU, none on ${provider}`);
}

/** @throws MulanError `device.disagrees` */
export function checkAgreement(cosine: number, provider: Provider): void {
  if (cosine >= MIN_AGREEMENT) return;
  throw new MulanError("device.disagrees", `${provider} computes other embeddings than the CPU`, {
    expected: `cosines of at least ${MIN_AGREEMENT}`,
    got: cosine.toFixed(4),
  });
}

async function onCpu(
  inference: InferenceProcess,
  model: ModelFolder,
  tokenizer: TextTokenizer | Promise<TextTokenizer>,
  signal?: AbortSignal,
): Promise<ProbeRows> {
  const towers = await openTowers(inference, model, tokenizer, { provider: "cpu", signal });
  try {
    return await embedProbes(towers, signal);
  } finally {
    await towers.release().catch(() => {});
  }
}

function agreement(a: ProbeRows, b: ProbeRows): number {
  const others = [...b.texts, ...b.sounds];
  return Math.min(...[...a.texts, ...a.sounds].map((row, i) => dotOfRows(row, others[i]!)));
}
