/**
 * What a long library call falls back on when its caller passes no `signal` and no `onProgress`:
 * in a notebook the running cell's interrupt and its progress bar, in a plain script nothing.
 * The engine sets it for each cell; the library only reads it.
 */
export interface Ambient {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** What is under way, for a person: "embedding audio". */
  readonly label: string;
  /** Steps behind us; equal to `total` when the work is over. */
  readonly done: number;
  readonly total: number;
  /** Steps a second so far. */
  readonly rate?: number;
}

const NOTHING: Ambient = {};
let current: Ambient = NOTHING;

/** The signal that a call without one of its own should obey. Read it when the call begins. */
export function ambientSignal(): AbortSignal | undefined {
  return current.signal;
}

/** The sink that a call without an `onProgress` of its own should tell. Read it when the call begins. */
export function ambientProgress(): ((progress: Progress) => void) | undefined {
  return current.onProgress;
}

/** Tells whoever runs the current cell how far the work has come. Cheap; call it as often as you like. */
export function reportProgress(progress: Progress): void {
  current.onProgress?.(progress);
}

export function setAmbient(ambient: Ambient | undefined): void {
  current = ambient ?? NOTHING;
}
