import { MulanError } from "../../foundation/errors.ts";

export interface SampleCheck {
  /** The largest magnitude so far. */
  peak: number;
  /** Frames behind us. */
  position: number;
}

/** Nothing that a recording holds comes near this; damaged headers and floats do. */
const IMPLAUSIBLE = 2 ** 16;

/** @throws MulanError `audio.not-finite`, `audio.implausible` with the place in seconds. */
export function checkSamples(
  channels: readonly Float32Array[],
  sampleRateHz: number,
  check: SampleCheck,
): void {
  for (const channel of channels) {
    let peak = 0;
    // Written so that NaN fails the comparison too.
    let sound = true;
    for (let i = 0; i < channel.length; i++) {
      const magnitude = Math.abs(channel[i]!);
      if (magnitude > peak) peak = magnitude;
      if (!(magnitude <= IMPLAUSIBLE)) sound = false;
    }
    if (!sound) refuse(channel, sampleRateHz, check.position);
    if (peak > check.peak) check.peak = peak;
  }
  check.position += channels[0]?.length ?? 0;
}

function refuse(channel: Float32Array, sampleRateHz: number, position: number): never {
  const at = channel.findIndex((sample) => !(Math.abs(sample) <= IMPLAUSIBLE));
  const place = `${((position + at) / sampleRateHz).toFixed(3)} s`;
  const parts = {
    expected: "finite samples, mostly between −1 and 1",
    got: `${channel[at]} at ${place}`,
  };
  if (!Number.isFinite(channel[at])) {
    throw new MulanError("audio.not-finite", "the sound has NaN or infinite samples", parts);
  }
  throw new MulanError("audio.implausible", "the samples are implausibly large", parts);
}
