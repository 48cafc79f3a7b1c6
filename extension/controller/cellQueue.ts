/** Cells that wait for their turn. When one fails, those behind it do not run. Pure. */
export class CellQueue<Item> {
  #waiting: Item[] = [];
  #working = false;
  readonly #run: (item: Item) => Promise<"go on" | "stop">;
  readonly #giveUp: (item: Item) => void;

  /** What has not begun. */
  get waiting(): readonly Item[] {
    return this.#waiting;
  }

  constructor(run: (item: Item) => Promise<"go on" | "stop">, giveUp: (item: Item) => void) {
    this.#run = run;
    this.#giveUp = giveUp;
  }

  /** Resolves when nothing is left to run. */
  async add(items: readonly Item[]): Promise<void> {
    this.#waiting.push(...items);
    if (this.#working) return;
    this.#working = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        if ((await this.#run(next)) === "stop") this.clear();
      }
    } finally {
      this.#working = false;
    }
  }

  /** Gives up what has not begun. */
  clear(): void {
    for (const item of this.#waiting.splice(0)) this.#giveUp(item);
  }
}
