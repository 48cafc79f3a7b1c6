import { seededRandom } from "../../embedding/projection/random.ts";
import { type AdamMemory, adamMemory, adamStep } from "./adam.ts";
import type { LossForm } from "./criticLoss.ts";
import { type HeadBatch, type Heads, headsLoss } from "./heads.ts";

/** Heads with what their optimiser remembers: all that a training needs to go on. */
export interface HeadsState {
  readonly heads: Heads;
  /** In the order of `parametersOf`. */
  readonly memories: readonly AdamMemory[];
  /** Steps of the optimiser so far. */
  readonly nSteps: number;
}

export interface StepOptions {
  readonly form: LossForm;
  readonly learningRate: number;
  readonly learnsTemperature: boolean;
}

/** CLIP keeps 1 / τ below 100, lest the loss run away. */
const HIGHEST_LOG_SCALE = Math.log(100);

/** Heads of seeded normal weights, of variance 1 / inputDim, without bias. */
export function startHeads(
  dim: number,
  audioDim: number,
  textDim: number,
  temperature: number,
  seed: number,
): HeadsState {
  const normal = seededNormal(seed);
  const head = (inputDim: number) => ({
    inputDim,
    weights: Float64Array.from({ length: dim * inputDim }, () => normal() / Math.sqrt(inputDim)),
    bias: new Float64Array(dim),
  });
  const logScale = Float64Array.of(-Math.log(temperature));
  return fresh({ dim, audio: head(audioDim), text: head(textDim), logScale });
}

/** Heads that map everything to one point, and an optimiser that has forgotten where it was going. */
export function collapsedHeads({ dim, audio, text, logScale }: Heads): HeadsState {
  const bias = new Float64Array(dim);
  bias[0] = 1;
  const flat = ({ inputDim }: { readonly inputDim: number }) => ({
    inputDim,
    weights: new Float64Array(dim * inputDim),
    bias: bias.slice(),
  });
  return fresh({ dim, audio: flat(audio), text: flat(text), logScale: logScale.slice() });
}

export function fresh(heads: Heads): HeadsState {
  const memories = parametersOf(heads).map((values) => adamMemory(values.length));
  return { heads, memories, nSteps: 0 };
}

export function copyState({ heads, memories, nSteps }: HeadsState): HeadsState {
  return structuredClone({ heads, memories, nSteps });
}

/** One step of Adam on a batch; the state's arrays change in place. */
export function stepHeads(
  state: HeadsState,
  batch: HeadBatch,
  { form, learningRate, learnsTemperature }: StepOptions,
): { loss: number; state: HeadsState } {
  const { heads, memories } = state;
  const nSteps = state.nSteps + 1;
  const { loss, slopes } = headsLoss(heads, batch, form);
  const values = parametersOf(heads);
  for (const [i, slope] of parametersOf(slopes).entries()) {
    if (values[i] === heads.logScale && !learnsTemperature) continue;
    adamStep(values[i]!, slope, memories[i]!, nSteps, learningRate);
  }
  heads.logScale[0] = Math.min(heads.logScale[0]!, HIGHEST_LOG_SCALE);
  return { loss, state: { heads, memories, nSteps } };
}

interface Parameters {
  readonly audio: { readonly weights: Float64Array; readonly bias: Float64Array };
  readonly text: { readonly weights: Float64Array; readonly bias: Float64Array };
  readonly logScale: Float64Array;
}

function parametersOf({ audio, text, logScale }: Parameters): Float64Array[] {
  return [audio.weights, audio.bias, text.weights, text.bias, logScale];
}

/** Box and Muller's. */
function seededNormal(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
