/** Knows when nothing has been under way for a while. It does not keep the process alive. */
export class IdleTimer {
  readonly #idleMs: number;
  readonly #onIdle: () => void;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param idleMs 0 or less: never */
  constructor(idleMs: number, onIdle: () => void) {
    this.#idleMs = idleMs;
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#underWay === 0;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#timer);
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#wait();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    if (this.#idleMs <= 0) return;
    this.#timer = setTimeout(this.#onIdle, this.#idleMs);
    this.#timer.unref();
  }
}

const DEFAULT_MINUTES = 10;

/** `MULAN_IDLE_MINUTES`, else 10: after so long without a request the inference process gives its memory back. */
export function idleMs(env: NodeJS.ProcessEnv = process.env): number {
  const minutes = Number(env.MULAN_IDLE_MINUTES || Number.NaN);
  return (Number.isFinite(minutes) ? minutes : DEFAULT_MINUTES) * 60_000;
}
