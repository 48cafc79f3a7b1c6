import type { BitWriter } from "./bitWriter.ts";
import type { Prediction } from "./fixedPredictor.ts";

/** Parameters have four bits; 15 would mean "not coded". */
const maxParameter = 14;
/** 4096 samples in 64 parts: shorter ones pay more for their parameters than they gain. */
const maxPartitionOrder = 6;

/** How a residual is cut into equal parts, each with the Rice parameter that suits it. */
export interface RicePlan {
  readonly partitionOrder: number;
  readonly parameters: readonly number[];
  /** Estimated size of the coded residual. */
  readonly nBits: number;
}

/** @param nSamples of the block; the first part is shorter by the predictor's order */
export function planRice({ order, residual }: Prediction): RicePlan {
  const nSamples = residual.length;
  let finest = 0;
  while (finest < maxPartitionOrder && canSplit(nSamples, finest + 1, order)) finest++;
  let sums = partSums(residual, order, finest);
  let best: RicePlan | undefined;
  for (let partitionOrder = finest; partitionOrder >= 0; partitionOrder--) {
    const plan = parametersFor(sums, nSamples, order, partitionOrder);
    if (!best || plan.nBits < best.nBits) best = plan;
    sums = Float64Array.from(
      { length: sums.length >> 1 },
      (_, i) => sums[2 * i]! + sums[2 * i + 1]!,
    );
  }
  return best!;
}

/** Writes a residual as planned (RFC 9639, section 9.2.7). */
export function writeRice(bits: BitWriter, { order, residual }: Prediction, plan: RicePlan): void {
  bits.write(0, 2);
  bits.write(plan.partitionOrder, 4);
  const size = residual.length >> plan.partitionOrder;
  plan.parameters.forEach((parameter, part) => {
    bits.write(parameter, 4);
    for (let i = Math.max(order, part * size); i < (part + 1) * size; i++) {
      bits.writeRice(zigzag(residual[i]!), parameter);
    }
  });
}

/** 0, −1, 1, −2, … as 0, 1, 2, 3, … */
function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}

function canSplit(nSamples: number, partitionOrder: number, order: number): boolean {
  const size = nSamples >> partitionOrder;
  return size << partitionOrder === nSamples && size > order;
}

function partSums(residual: Int32Array, order: number, partitionOrder: number): Float64Array {
  const sums = new Float64Array(1 << partitionOrder);
  const size = residual.length >> partitionOrder;
  for (let part = 0; part < sums.length; part++) {
    let sum = 0;
    for (let i = Math.max(order, part * size); i < (part + 1) * size; i++)
      sum += zigzag(residual[i]!);
    sums[part] = sum;
  }
  return sums;
}

function parametersFor(
  sums: Float64Array,
  nSamples: number,
  order: number,
  partitionOrder: number,
): RicePlan {
  const size = nSamples >> partitionOrder;
  let nBits = 6;
  const parameters = Array.from(sums, (sum, part) => {
    const n = part === 0 ? size - order : size;
    const cost = (parameter: number): number => n * (parameter + 1) + sum / 2 ** parameter;
    // The cost falls and then rises.
    let parameter = 0;
    while (parameter < maxParameter && cost(parameter + 1) < cost(parameter)) parameter++;
    nBits += 4 + cost(parameter);
    return parameter;
  });
  return { partitionOrder, parameters, nBits };
}
