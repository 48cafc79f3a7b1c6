import type { Dataset } from "../datasets/dataset.ts";
import { seededRandom } from "../embedding/projection/random.ts";
import { MulanError } from "../foundation/errors.ts";

export interface MixOptions<K extends string> {
  /** Items in each batch. */
  readonly batchSize: number;
  /** Shares of the sources, in any unit: `{ sf: 2, lf: 2, pl: 1, audioset: 1 }`. Default 1 each. */
  readonly weights?: Partial<Readonly<Record<K, number>>>;
  /** Same seed, same batches. Default 0. */
  readonly seed?: number;
  /** Default: until every item of every source was drawn at least once. `Infinity` never ends. */
  readonly nBatches?: number;
}

export interface Mixed<K extends string, T> {
  readonly source: K;
  readonly item: T;
}

type ItemOf<S> = S extends readonly (infer T)[]
  ? T
  : S extends { readonly items: readonly (infer T)[] }
    ? T
    : S extends { readonly playlists: readonly (infer T)[] }
      ? T
      : never;

/**
 * Batches that hold each source in its share, however long the sources are, as MuLan mixes its kinds of text. A share
 * that is no whole number is kept on average: the rest is carried to the next batch. A source that is used up begins
 * anew in another order; no item stands twice in a batch unless its source is smaller than its share.
 * @param sources lists or data sets by name
 * @throws MulanError `mix.sources`, `mix.weights`, `mix.batch-size`
 */
export function* mixBatches<S extends Readonly<Record<string, readonly unknown[] | Dataset>>>(
  sources: S,
  options: MixOptions<keyof S & string>,
): Generator<Mixed<keyof S & string, ItemOf<S[keyof S]>>[]> {
  type Name = keyof S & string;
  const { batchSize, weights = {}, seed = 0 } = options;
  const names = Object.keys(sources) as Name[];
  const lists = names.map((name) => itemsOf(sources[name]!, name));
  const shares = sharesOf(names, weights, batchSize);
  const random = seededRandom(seed);
  const drawers = lists.map((list) => new Drawer(list.length, random));
  const nBatches =
    options.nBatches ?? Math.max(...lists.map((l, i) => nNeeded(l.length, shares[i]!)));
  const owed = shares.map(() => 0);
  for (let batch = 0; batch < nBatches; batch++) {
    const counts = countsOf(shares, owed, batchSize);
    yield names.flatMap((source, i) =>
      drawers[i]!.draw(counts[i]!).map((place) => ({
        source,
        item: lists[i]![place] as ItemOf<S[keyof S]>,
      })),
    );
  }
}

/** Whole counts that add up to the batch; what a source got too little of is owed to it. */
function countsOf(shares: readonly number[], owed: number[], batchSize: number): number[] {
  const due = shares.map((share, i) => share + owed[i]!);
  // 2.9999999 is 3.
  const counts = due.map((amount) => Math.max(0, Math.floor(amount + 1e-9)));
  const byRest = due.map((_, i) => i).sort((a, b) => rest(b) - rest(a) || a - b);
  let missing = batchSize - counts.reduce((sum, count) => sum + count, 0);
  for (const i of byRest) {
    if (missing <= 0 || shares[i] === 0) continue;
    counts[i]! += 1;
    missing -= 1;
  }
  counts.forEach((count, i) => {
    owed[i] = due[i]! - count;
  });
  return counts;

  function rest(i: number): number {
    return due[i]! - counts[i]!;
  }
}

/** Gives places below `n` in shuffled order, again and again. */
class Drawer {
  readonly #order: Int32Array;
  readonly #random: () => number;
  #next: number;

  constructor(n: number, random: () => number) {
    this.#order = Int32Array.from({ length: n }, (_, i) => i);
    this.#random = random;
    this.#next = n;
  }

  draw(count: number): number[] {
    const drawn: number[] = [];
    while (drawn.length < count) {
      if (this.#next === this.#order.length) this.#restart(new Set(drawn));
      drawn.push(this.#order[this.#next]!);
      this.#next += 1;
    }
    return drawn;
  }

  /** What stands in the batch already comes last. */
  #restart(inBatch: ReadonlySet<number>): void {
    const order = this.#order;
    for (let i = order.length - 1; i > 0; i--) {
      const other = Math.floor(this.#random() * (i + 1));
      [order[i], order[other]] = [order[other]!, order[i]!];
    }
    const isIn = (place: number) => inBatch.has(place);
    order.set([...order.filter((place) => !isIn(place)), ...order.filter(isIn)]);
    this.#next = 0;
  }
}

function nNeeded(n: number, share: number): number {
  return share === 0 ? 0 : Math.ceil(n / share - 1e-9);
}

function sharesOf<K extends string>(
  names: readonly K[],
  weights: Partial<Readonly<Record<K, number>>>,
  batchSize: number,
): number[] {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new MulanError("mix.batch-size", "a batch needs a whole number of items", {
      got: String(batchSize),
    });
  }
  const unknown = Object.keys(weights).find((name) => !names.includes(name as K));
  if (unknown !== undefined) {
    throw new MulanError("mix.weights", `there is a weight for "${unknown}", which is no source`, {
      expected: names.join(", "),
    });
  }
  const given = names.map((name) => weights[name] ?? 1);
  const total = given.reduce((sum, weight) => sum + weight, 0);
  if (given.some((weight) => !(weight >= 0)) || !(total > 0) || total === Infinity) {
    throw new MulanError("mix.weights", "weights must be numbers of 0 or more, not all 0", {
      got: names.map((name, i) => `${name} ${given[i]}`).join(", "),
    });
  }
  return given.map((weight) => (weight / total) * batchSize);
}

/** @throws MulanError `mix.sources` */
function itemsOf(source: readonly unknown[] | Dataset, name: string): readonly unknown[] {
  const list = isList(source) ? source : "items" in source ? source.items : source.playlists;
  if (Array.isArray(list) && list.length > 0) return list;
  throw new MulanError("mix.sources", `the source "${name}" has nothing to draw from`, {
    expected: "a list or a data set with at least one item",
  });
}

function isList(source: readonly unknown[] | Dataset): source is readonly unknown[] {
  return Array.isArray(source);
}
