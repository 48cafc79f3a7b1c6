/** Spectrogram frames in dB, `[nFrames, nMels]`. */
export interface Frames {
  readonly values: Float32Array;
  readonly nFrames: number;
  readonly nMels: number;
  readonly hopSec: number;
}

/** At most `maxFrames` frames: neighbours are joined by the mean of their power, so short attacks stay visible. */
export function reduceFrames(frames: Frames, maxFrames: number): Frames {
  const { values, nFrames, nMels, hopSec } = frames;
  if (nFrames <= maxFrames) return frames;
  const reduced = new Float32Array(maxFrames * nMels);
  for (let i = 0; i < maxFrames; i++) {
    const from = Math.floor((i * nFrames) / maxFrames);
    const to = Math.floor(((i + 1) * nFrames) / maxFrames);
    for (let mel = 0; mel < nMels; mel++) {
      let power = 0;
      for (let k = from; k < to; k++) power += 10 ** (values[k * nMels + mel]! / 10);
      reduced[i * nMels + mel] = 10 * Math.log10(power / (to - from));
    }
  }
  return { values: reduced, nFrames: maxFrames, nMels, hopSec: (hopSec * nFrames) / maxFrames };
}
