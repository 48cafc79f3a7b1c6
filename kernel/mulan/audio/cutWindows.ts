import type { WindowPolicy } from "./windowPolicy.ts";

/** A piece of a clip as a model hears it. */
export interface Window {
  /** From the start of the clip. */
  readonly startSec: number;
  /** How much of it is the clip's own sound, padding not counted. */
  readonly durationSec: number;
  /** [lengthSamples] */
  readonly samples: Float32Array;
}

/**
 * Cuts a clip into the windows that a model hears, the same ones every time.
 * A clip shorter than one window is always kept and padded, whatever `lastWindow` says; an empty clip has no window.
 * @param pcm [samples] at `sampleRateHz`
 */
export function cutWindows(
  pcm: Float32Array,
  sampleRateHz: number,
  policy: WindowPolicy,
): Window[] {
  const { lengthSamples } = policy;
  return windowStarts(pcm.length, policy).map((start) => {
    const own = pcm.subarray(start, start + lengthSamples);
    return {
      startSec: start / sampleRateHz,
      durationSec: own.length / sampleRateHz,
      samples: own.length === lengthSamples ? own : padded(own, pcm, policy),
    };
  });
}

/** The first sample of each window that a policy cuts from `nSamples`. */
export function windowStarts(nSamples: number, policy: WindowPolicy): number[] {
  const { lengthSamples, hopSamples, lastWindow, minLastSamples = 0 } = policy;
  if (nSamples === 0) return [];
  if (nSamples <= lengthSamples) return [0];
  const starts: number[] = [];
  for (let at = 0; at + lengthSamples <= nSamples; at += hopSamples) starts.push(at);
  const next = starts.at(-1)! + hopSamples;
  // Sound that no whole window has reached; with overlapping hops there may be none.
  const heard = starts.at(-1)! + lengthSamples;
  if (heard >= nSamples) return starts;
  if (lastWindow === "shift") starts.push(nSamples - lengthSamples);
  if (lastWindow === "pad" && next < nSamples && nSamples - next >= minLastSamples) {
    starts.push(next);
  }
  return starts;
}

function padded(own: Float32Array, clip: Float32Array, policy: WindowPolicy): Float32Array {
  const window = new Float32Array(policy.lengthSamples);
  window.set(own);
  if (policy.padding === "repeat") fillFrom(window, own.length, own);
  if (policy.padding === "wrap") fillFrom(window, own.length, clip);
  if (policy.padding === "repeatpad") {
    const whole = Math.floor(window.length / own.length) * own.length;
    fillFrom(window.subarray(0, whole), own.length, own);
  }
  return window;
}

/** Fills `window` from `at` on with `source`, again and again. */
function fillFrom(window: Float32Array, at: number, source: Float32Array): void {
  for (let position = at; position < window.length; position += source.length) {
    window.set(source.subarray(0, window.length - position), position);
  }
}
