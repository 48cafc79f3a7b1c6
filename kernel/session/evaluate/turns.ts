/** The platform's own, before timers.ts wraps it for cells. */
export const nativeSetImmediate = globalThis.setImmediate;

/**
 * What V8 may be asked to terminate has to begin in a microtask (Node aborts otherwise), and in one that
 * has no others waiting behind it: V8 drops those when it terminates.
 */
export function ownTurn(): Promise<void> {
  return new Promise((resolve) => nativeSetImmediate(resolve));
}
