import { logMel } from "../../audio/logMel.ts";
import { probeSounds } from "../health/probeSignals.ts";
import type { GraphSession } from "../inference/inference.ts";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import { FLOAT_DTYPES, type Tensor } from "../inference/tensors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { normalizeRows } from "../towers/pooling.ts";
import { embeddingOutput, idsInput, maskInput, soundInput, typeIdsInput } from "./classifyGraph.ts";

/** What Hugging Face's combined CLAP graphs put out beside both embeddings: exp(logit_scale) · cosine. */
const LOGITS = "logits_per_audio";
/** Two sounds and two texts: four ratios, which must agree. */
const N = 2;
/** Ids that every vocabulary has and that pad in none of BERT's and RoBERTa's. */
const TOKENS: readonly (readonly number[])[] = [
  [2, 5, 3],
  [2, 9, 3],
];
/** Half precision stays below it; a graph that does something else to its cosines does not. */
const MAX_DEVIATION = 0.01;
/** Below this a ratio is made of rounding. */
const LEAST_COSINE = 0.01;

/** A graph of both towers that puts out what the softmax is taken of. */
export function hasLogits(graph: Pick<GraphSession, "inputs" | "outputs">): boolean {
  const { inputs, outputs } = graph;
  return (
    outputs.some(({ name, dtype }) => name === LOGITS && FLOAT_DTYPES.includes(dtype)) &&
    [embeddingOutput(outputs, "audio"), embeddingOutput(outputs, "text")].every(Boolean) &&
    [idsInput(inputs), soundInput(inputs)].every(Boolean)
  );
}

/**
 * The factor that a combined graph multiplies its cosines with, 1 / τ as it was learned, by one run: its logits over
 * the cosines of its own embeddings. Undefined where they are no multiple of each other, or the graph takes other
 * inputs than these.
 */
export async function learnedScale(
  session: GraphSession,
  audio: Manifest["audio"],
  signal?: AbortSignal,
): Promise<number | undefined> {
  const feeds = feedsOf(session.inputs, audio);
  if (!hasLogits(session) || !feeds) return undefined;
  const names = (["audio", "text"] as const).map(
    (side) => embeddingOutput(session.outputs, side)!.name,
  );
  const { outputs } = await session.run(feeds, [LOGITS, ...names], signal);
  const [logits, sounds, texts] = outputs.map(({ data }) => data);
  if (!(logits instanceof Float32Array && logits.length === N * N)) return undefined;
  if (!(sounds instanceof Float32Array && texts instanceof Float32Array)) return undefined;
  return ratio(logits, cosines(sounds, texts));
}

/** logits = scale · cosines by least squares; undefined where that does not hold. */
export function ratio(logits: Float32Array, cosines: Float32Array): number | undefined {
  const most = cosines.reduce((max, cosine) => Math.max(max, Math.abs(cosine)), 0);
  if (!(most >= LEAST_COSINE)) return undefined;
  const product = logits.reduce((sum, logit, i) => sum + logit * cosines[i]!, 0);
  const scale = product / cosines.reduce((sum, cosine) => sum + cosine ** 2, 0);
  const isMultiple = logits.every(
    (logit, i) => Math.abs(logit - scale * cosines[i]!) <= MAX_DEVIATION * Math.abs(scale) * most,
  );
  return isMultiple && scale > 0 ? scale : undefined;
}

/** `[sounds, texts]` */
function cosines(sounds: Float32Array, texts: Float32Array): Float32Array {
  const dim = sounds.length / N;
  const [a, b] = [normalizeRows(sounds, dim), normalizeRows(texts, dim)];
  return Float32Array.from({ length: N * N }, (_, at) => {
    const [i, j] = [Math.floor(at / N) * dim, (at % N) * dim];
    let sum = 0;
    for (let k = 0; k < dim; k++) sum += a[i + k]! * b[j + k]!;
    return sum;
  });
}

function feedsOf(
  inputs: readonly TensorInfo[],
  { frontEnd, windows }: Manifest["audio"],
): Tensor[] | undefined {
  const [sound, ids] = [soundInput(inputs), idsInput(inputs)];
  if (!sound || !ids || frontEnd.kind !== "logMel" || sound.dims.length !== 4) return undefined;
  const { lengthSamples } = windows;
  const heard = probeSounds(lengthSamples, frontEnd.sampleRateHz)
    .slice(0, N)
    .map((pcm) => logMel(pcm, frontEnd));
  const { nFrames, nMels, data } = heard[0]!;
  const stacked = new Float32Array(N * data.length);
  heard.forEach((mel, i) => {
    stacked.set(mel.data, i * data.length);
  });
  const [mask, typeIds] = [maskInput(inputs), typeIdsInput(inputs)];
  const feeds = [
    { name: sound.name, dims: [N, 1, nFrames, nMels], data: stacked },
    table(ids, (row, column) => TOKENS[row]![column]!),
    ...(mask ? [table(mask, () => 1)] : []),
    ...(typeIds ? [table(typeIds, () => 0)] : []),
  ];
  return feeds.length === inputs.length ? feeds : undefined;
}

function table(
  { name, dtype }: TensorInfo,
  value: (row: number, column: number) => number,
): Tensor {
  const width = TOKENS[0]!.length;
  const values = TOKENS.flatMap((ids, row) => ids.map((_, column) => value(row, column)));
  const data = dtype === "int64" ? BigInt64Array.from(values, BigInt) : Int32Array.from(values);
  return { name, dims: [N, width], data };
}
