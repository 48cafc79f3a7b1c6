import type { LogMelFrontEnd } from "../frontEnd.ts";

/** "hann" and "hamming" are periodic (as for an FFT); "hannSymmetric" and "povey" end as they begin. */
export function windowFunction(kind: LogMelFrontEnd["window"], length: number): Float64Array {
  const period = kind === "hannSymmetric" || kind === "povey" ? Math.max(1, length - 1) : length;
  const shape = (i: number): number => {
    const cosine = Math.cos((2 * Math.PI * i) / period);
    if (kind === "rectangular") return 1;
    if (kind === "hamming") return 0.54 - 0.46 * cosine;
    const hann = 0.5 - 0.5 * cosine;
    return kind === "povey" ? hann ** 0.85 : hann;
  };
  return Float64Array.from({ length }, (_, i) => shape(i));
}
