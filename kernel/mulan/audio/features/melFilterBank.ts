import type { LogMelFrontEnd } from "../frontEnd.ts";
import { hzToMel, melCornersHz } from "./melScale.ts";

/** Triangular filters, only their non-zero weights: filter m is weights[offsets[m] … offsets[m+1]) from bin firstBin[m]. */
export interface MelFilterBank {
  readonly firstBin: Uint32Array;
  readonly offsets: Uint32Array;
  readonly weights: Float64Array;
}

/** Kaldi draws its triangles over mels, the others over Hz; norm "slaney" gives each the same area. */
export function melFilterBank(frontEnd: LogMelFrontEnd): MelFilterBank {
  const { nFft, sampleRateHz, nMels, melScale, norm } = frontEnd;
  const nBins = Math.floor(nFft / 2) + 1;
  const hz = melCornersHz(frontEnd);
  const axis = (value: number) => (melScale === "kaldi" ? hzToMel(value, "kaldi") : value);
  const corners = hz.map(axis);
  const bins = Float64Array.from({ length: nBins }, (_, k) => axis((k * sampleRateHz) / nFft));
  const firstBin = new Uint32Array(nMels);
  const offsets = new Uint32Array(nMels + 1);
  const weights: number[] = [];
  for (let mel = 0; mel < nMels; mel++) {
    const [left, centre, right] = [corners[mel]!, corners[mel + 1]!, corners[mel + 2]!];
    const height = norm === "slaney" ? 2 / (hz[mel + 2]! - hz[mel]!) : 1;
    for (let k = 0; k < nBins; k++) {
      const rising = (bins[k]! - left) / (centre - left);
      const falling = (right - bins[k]!) / (right - centre);
      const weight = Math.min(rising, falling);
      if (!(weight > 0)) continue;
      if (weights.length === offsets[mel]) firstBin[mel] = k;
      weights.push(weight * height);
    }
    offsets[mel + 1] = weights.length;
  }
  return { firstBin, offsets, weights: Float64Array.from(weights) };
}
