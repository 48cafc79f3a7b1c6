import type { FuzzyGraph } from "./fuzzyGraph.ts";
import type { MembershipCurve } from "./membershipCurve.ts";

const NEGATIVE_SAMPLES = 5;
const MAX_STEP = 4;
/** Keeps the push between coinciding points finite. */
const SOFTENING = 0.001;

/** Small pictures need more rounds to settle: [up to n rows, epochs]. */
const EPOCHS: readonly (readonly [number, number])[] = [
  [2500, 500],
  [5000, 400],
  [7500, 300],
  [Number.POSITIVE_INFINITY, 200],
];

export function epochsFor(n: number): number {
  return EPOCHS.find(([upTo]) => n <= upTo)![1];
}

/**
 * UMAP's layout by stochastic gradient descent (arXiv 1802.03426, algorithm 5): edges pull their ends
 * together as often as their weight says, and random pairs push each other apart. Changes `points` `[n, 2]`.
 */
export function optimiseLayout(
  points: Float64Array,
  graph: FuzzyGraph,
  { a, b }: MembershipCurve,
  nEpochs: number,
  random: () => number,
  onEpoch: (epoch: number) => void,
): void {
  const n = points.length / 2;
  const { heads, tails, weights } = graph;
  const maxWeight = weights.reduce((max, weight) => Math.max(max, weight), 0);
  /** Epochs between two pulls of an edge; edges that would not be pulled once are left out. */
  const period = Float64Array.from(weights, (weight) => maxWeight / weight);
  const nextPull = period.slice();
  const nextPush = period.map((epochs) => epochs / NEGATIVE_SAMPLES);

  for (let epoch = 0; epoch < nEpochs; epoch++) {
    const rate = 1 - epoch / nEpochs;
    for (let edge = 0; edge < heads.length; edge++) {
      const every = period[edge]!;
      if (every > nEpochs || nextPull[edge]! > epoch) continue;
      const head = heads[edge]! * 2;
      const tail = tails[edge]! * 2;
      let dx = points[head]! - points[tail]!;
      let dy = points[head + 1]! - points[tail + 1]!;
      let squared = dx * dx + dy * dy;
      if (squared > 0) {
        const power = Math.exp(b * Math.log(squared));
        const pull = (-2 * a * b * power) / (squared * (a * power + 1));
        const stepX = clip(pull * dx) * rate;
        const stepY = clip(pull * dy) * rate;
        points[head]! += stepX;
        points[head + 1]! += stepY;
        points[tail]! -= stepX;
        points[tail + 1]! -= stepY;
      }
      nextPull[edge]! += every;

      const pushes = Math.floor(((epoch - nextPush[edge]!) * NEGATIVE_SAMPLES) / every);
      for (let push = 0; push < pushes; push++) {
        const other = Math.floor(random() * n) * 2;
        if (other === head) continue;
        dx = points[head]! - points[other]!;
        dy = points[head + 1]! - points[other + 1]!;
        squared = dx * dx + dy * dy;
        const power = squared > 0 ? Math.exp(b * Math.log(squared)) : 0;
        const force = (2 * b) / ((SOFTENING + squared) * (a * power + 1));
        // Coinciding points have no direction to part in: any will do.
        points[head]! += (squared > 0 ? clip(force * dx) : MAX_STEP) * rate;
        points[head + 1]! += (squared > 0 ? clip(force * dy) : MAX_STEP) * rate;
      }
      nextPush[edge]! += (pushes * every) / NEGATIVE_SAMPLES;
    }
    onEpoch(epoch + 1);
  }
}

function clip(step: number): number {
  return step > MAX_STEP ? MAX_STEP : step < -MAX_STEP ? -MAX_STEP : step;
}
