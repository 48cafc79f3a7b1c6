import { shorten } from "../embedding/describeEmbeddings.ts";
import type { EmbeddingSource } from "../embedding/source.ts";

/** One triplet's members by their labels, and what the model makes of them. */
export interface TripletResult {
  readonly anchor: string;
  readonly positive: string;
  readonly negative: string;
  readonly cosinePositive: number;
  readonly cosineNegative: number;
  /** cosinePositive − cosineNegative. */
  readonly margin: number;
  /** The margin is above 0. */
  readonly correct: boolean;
}

/** What the members of a triplet are: clips, or texts. */
export interface TripletSources {
  readonly anchor: EmbeddingSource;
  readonly positive: EmbeddingSource;
  readonly negative: EmbeddingSource;
}

/** Of the normal distribution, for a 95 % interval. */
const Z = 1.959964;
const SHOWN_ROWS = 10;

export class Triplets {
  readonly kind = "triplets";
  /** In the order they came. */
  readonly rows: readonly TripletResult[];
  readonly n: number;
  readonly nCorrect: number;
  /** 0 to 1; guessing gives 0.5. */
  readonly accuracy: number;
  /** 95 % interval of the accuracy (Wilson's score interval): wide when n is small. */
  readonly interval: readonly [number, number];
  readonly modelId: string;
  /** `[n]`, as `rows`. */
  readonly sources: readonly TripletSources[];

  constructor(
    rows: readonly TripletResult[],
    modelId: string,
    sources: readonly TripletSources[] = [],
  ) {
    this.rows = Object.freeze([...rows]);
    this.sources = sources;
    this.n = rows.length;
    this.nCorrect = rows.filter(({ correct }) => correct).length;
    this.accuracy = this.nCorrect / this.n;
    this.interval = wilson(this.nCorrect, this.n);
    this.modelId = modelId;
  }

  /** The rows from the worst margin to the best. */
  worstFirst(): TripletResult[] {
    return [...this.rows].sort((a, b) => a.margin - b.margin);
  }

  toString(): string {
    return describeTriplets(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeTriplets(this);
  }
}

/** E. B. Wilson 1927: never leaves 0 to 1, and honest for few rows. */
function wilson(successes: number, n: number): [number, number] {
  const share = successes / n;
  const scale = 1 + Z ** 2 / n;
  const centre = (share + Z ** 2 / (2 * n)) / scale;
  const reach = (Z / scale) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n * n));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}

function describeTriplets(triplets: Triplets): string {
  const { n, nCorrect, accuracy, interval, modelId } = triplets;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const lines = [
    `Triplets: ${nCorrect} of ${n} right = ${percent(accuracy)} (95 %: ${percent(interval[0])} to ${percent(interval[1])}; chance 50 %; ${modelId})`,
    "  margin  anchor | positive (cosine) | negative (cosine), worst first",
  ];
  for (const row of triplets.worstFirst().slice(0, SHOWN_ROWS)) {
    const { anchor, positive, negative, cosinePositive, cosineNegative, margin } = row;
    const sides = [
      shorten(anchor),
      `${shorten(positive)} (${cosinePositive.toFixed(3)})`,
      `${shorten(negative)} (${cosineNegative.toFixed(3)})`,
    ];
    lines.push(`  ${margin.toFixed(3).padStart(6)}  ${sides.join(" | ")}`);
  }
  if (n > SHOWN_ROWS) lines.push(`  … and ${n - SHOWN_ROWS} more`);
  return lines.join("\n");
}
