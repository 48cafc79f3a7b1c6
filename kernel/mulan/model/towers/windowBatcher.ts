import type { AudioSide, Features } from "./audioTower.ts";

type TakeRow = (row: Float32Array) => Promise<void> | void;

/** While one batch runs, the next one waits in the inference process already. */
const MAX_BATCHES_UNDER_WAY = 2;

/** Collects windows, of whichever clip, into batches and keeps the tower busy. */
export class WindowBatcher {
  readonly #tower: AudioSide;
  readonly #size: number;
  readonly #signal: AbortSignal | undefined;
  #waiting: { features: Features; take: TakeRow }[] = [];
  #underWay: Promise<void>[] = [];
  /** Time that all runs spent inside session.run. */
  runMs = 0;

  constructor(tower: AudioSide, size: number, signal: AbortSignal | undefined) {
    this.#tower = tower;
    this.#size = size;
    this.#signal = signal;
  }

  /** Resolves when there is room for another window. @throws what an earlier batch failed with */
  async add(features: Features, take: TakeRow): Promise<void> {
    this.#waiting.push({ features, take });
    if (this.#waiting.length < this.#size) return;
    this.#send();
    if (this.#underWay.length >= MAX_BATCHES_UNDER_WAY) await this.#underWay.shift();
  }

  async flush(): Promise<void> {
    if (this.#waiting.length > 0) this.#send();
    await Promise.all(this.#underWay);
    this.#underWay = [];
  }

  #send(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const work = this.#run(batch);
    // It is awaited later: until then a failure is not an unhandled one.
    work.catch(() => {});
    this.#underWay.push(work);
  }

  async #run(batch: { features: Features; take: TakeRow }[]): Promise<void> {
    const { rows, runMs } = await this.#tower.embed(
      batch.map(({ features }) => features),
      this.#signal,
    );
    this.runMs += runMs;
    const dim = rows.length / batch.length;
    await Promise.all(batch.map(({ take }, i) => take(rows.subarray(i * dim, (i + 1) * dim))));
  }
}
