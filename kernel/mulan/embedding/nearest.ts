import { dot } from "./dot.ts";

export interface Nearest {
  readonly index: number;
  readonly cosine: number;
}

/**
 * The `k` rows with the highest dot product, best first, ties by lower index. Exact; partial selection,
 * so the cost is that of the products (`[n, dim]` read once).
 * @param except a row that is left out
 */
export function nearest(
  data: Float32Array,
  dim: number,
  query: Float32Array,
  k: number,
  except = -1,
): Nearest[] {
  const n = data.length / dim;
  const best = new WorstFirst(Math.min(k, n));
  for (let i = 0; i < n; i++) {
    if (i === except) continue;
    best.offer(i, dot(data, i * dim, query, 0, dim));
  }
  return best.sorted();
}

/** A binary heap of at most `capacity` candidates with the worst on top, to be replaced first. */
export class WorstFirst {
  readonly #capacity: number;
  readonly #indices: Int32Array;
  readonly #cosines: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#indices = new Int32Array(capacity);
    this.#cosines = new Float64Array(capacity);
  }

  offer(index: number, cosine: number): void {
    if (this.#size < this.#capacity) {
      this.#siftUp(this.#size++, index, cosine);
    } else if (
      this.#capacity > 0 &&
      this.#isWorse(this.#indices[0]!, this.#cosines[0]!, index, cosine)
    ) {
      this.#siftDown(index, cosine);
    }
  }

  sorted(): Nearest[] {
    const found = Array.from({ length: this.#size }, (_, slot) => ({
      index: this.#indices[slot]!,
      cosine: this.#cosines[slot]!,
    }));
    return found.sort((a, b) => b.cosine - a.cosine || a.index - b.index);
  }

  #isWorse(index: number, cosine: number, otherIndex: number, otherCosine: number): boolean {
    return cosine < otherCosine || (cosine === otherCosine && index > otherIndex);
  }

  #put(slot: number, index: number, cosine: number): void {
    this.#indices[slot] = index;
    this.#cosines[slot] = cosine;
  }

  #siftUp(from: number, index: number, cosine: number): void {
    let slot = from;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      if (!this.#isWorse(index, cosine, this.#indices[parent]!, this.#cosines[parent]!)) break;
      this.#put(slot, this.#indices[parent]!, this.#cosines[parent]!);
      slot = parent;
    }
    this.#put(slot, index, cosine);
  }

  #siftDown(index: number, cosine: number): void {
    let slot = 0;
    for (;;) {
      const child = this.#worseChild(slot);
      if (child < 0 || !this.#isWorse(this.#indices[child]!, this.#cosines[child]!, index, cosine))
        break;
      this.#put(slot, this.#indices[child]!, this.#cosines[child]!);
      slot = child;
    }
    this.#put(slot, index, cosine);
  }

  #worseChild(slot: number): number {
    const left = 2 * slot + 1;
    const right = left + 1;
    if (left >= this.#size) return -1;
    if (right >= this.#size) return left;
    const rightIsWorse = this.#isWorse(
      this.#indices[right]!,
      this.#cosines[right]!,
      this.#indices[left]!,
      this.#cosines[left]!,
    );
    return rightIsWorse ? right : left;
  }
}
