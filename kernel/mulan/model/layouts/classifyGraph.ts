import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import type { GraphOutline } from "./graphOutline.ts";

/**
 * What a graph is for, seen by its inputs and outputs, since everybody names files otherwise.
 * "mel": waveform → spectrogram, to be followed by an audio tower. "both": two towers in one graph.
 */
export type GraphRole = "text" | "audio" | "mel" | "both" | "other";

const INTEGERS = ["int64", "int32"];
const FLOATS = ["float32", "float16", "float64", "bfloat16"];

export function classifyGraph({ inputs, outputs }: GraphOutline): GraphRole {
  const ids = idsInput(inputs);
  const sound = soundInput(inputs);
  if (ids && sound) return "both";
  if (ids) return embeddingOutput(outputs, "text") ? "text" : "other";
  if (!sound) return "other";
  if (embeddingOutput(outputs, "audio")) return "audio";
  const makesFrames = outputs.some(({ dims }) => dims.length === 3 || dims.length === 4);
  return isWaveform(sound) && makesFrames ? "mel" : "other";
}

/** Token ids: integers `[batch, tokens]`. */
export function idsInput(inputs: readonly TensorInfo[]): TensorInfo | undefined {
  const tables = inputs.filter(({ dtype, dims }) => INTEGERS.includes(dtype) && dims.length === 2);
  return tables.find(({ name }) => /ids$/i.test(name) && !isTypeIds(name)) ?? onlyOne(tables);
}

export function maskInput(inputs: readonly TensorInfo[]): TensorInfo | undefined {
  return inputs.find(({ name }) => /mask/i.test(name));
}

export function typeIdsInput(inputs: readonly TensorInfo[]): TensorInfo | undefined {
  return inputs.find(({ name }) => isTypeIds(name));
}

/** Floats of rank 2 to 4: a waveform or a spectrogram. */
export function soundInput(inputs: readonly TensorInfo[]): TensorInfo | undefined {
  return inputs.find(
    ({ name, dtype, dims }) =>
      FLOATS.includes(dtype) && dims.length >= 2 && dims.length <= 4 && !/mask|longer/i.test(name),
  );
}

/** `[batch, samples]` or `[batch, 1, samples]`: nothing is as long as a second of samples. */
export function isWaveform({ name, dims }: TensorInfo): boolean {
  const last = dims.at(-1);
  if (dims.length === 2) return true;
  if (dims.length !== 3) return false;
  return typeof last === "number"
    ? last >= 4000
    : dims[1] === 1 && /wav|pcm|audio|sample/i.test(name);
}

/** The tower's embedding: `[batch, dim]` floats, by its usual name where there are several. */
export function embeddingOutput(
  outputs: readonly TensorInfo[],
  side: "audio" | "text",
): TensorInfo | undefined {
  const tables = outputs.filter(
    ({ name, dtype, dims }) => FLOATS.includes(dtype) && dims.length === 2 && !/logits/i.test(name),
  );
  return (
    tables.find(({ name }) => new RegExp(`${side}_embed`, "i").test(name)) ??
    tables.find(({ name }) => /embed/i.test(name)) ??
    onlyOne(tables)
  );
}

function isTypeIds(name: string): boolean {
  return /type_ids$/i.test(name);
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
