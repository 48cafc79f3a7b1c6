/** A value that tells when it changes. */
export interface Signal<T> {
  readonly value: T;
  set(value: T): void;
  /** Answers the listening's end. */
  subscribe(listener: (value: T) => void): () => void;
}

export function createSignal<T>(initial: T): Signal<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener(next);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Listens until the signal is aborted, and at once with the present value. */
export function follow<T>(
  source: Signal<T>,
  until: AbortSignal,
  listener: (value: T) => void,
): void {
  until.addEventListener("abort", source.subscribe(listener));
  listener(source.value);
}
