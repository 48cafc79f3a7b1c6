import { FIR_BLOCK, type FirKernel, firKernel } from "./firKernel.ts";
import type { PolyphaseFilter } from "./polyphaseFilter.ts";
import type { Resampler } from "./resampler.ts";

const INPUT_FLOATS = 32_768;

/** Every output sample is one inner product of the input around it with the taps of its phase. */
export class PolyphaseResampler implements Resampler {
  readonly #filter: PolyphaseFilter;
  readonly #kernel: FirKernel;
  /** A window of the input, after the taps in the kernel's memory. */
  readonly #input: Float32Array;
  /** Input position of the window's first float; starts in the silence before the sound. */
  #windowStart: number;
  #windowLength: number;
  /** The next output sample stands at input position `#position + #phase / up`. */
  #position = 0;
  #phase = 0;

  constructor(filter: PolyphaseFilter) {
    this.#filter = filter;
    const { taps, nTaps } = filter;
    this.#kernel = firKernel(4 * (taps.length + INPUT_FLOATS + nTaps));
    const memory = new Float32Array(this.#kernel.memory.buffer);
    memory.set(taps);
    this.#input = memory.subarray(taps.length, taps.length + INPUT_FLOATS + nTaps);
    this.#windowStart = 1 - nTaps / 2;
    this.#windowLength = nTaps / 2 - 1;
  }

  push(samples: Float32Array): Float32Array {
    const { up, down } = this.#filter;
    const output = new Float32Array(Math.ceil((samples.length * up) / down) + 2);
    let made = 0;
    for (let at = 0; at < samples.length; ) {
      this.#forgetHeard();
      const room = this.#input.length - this.#windowLength;
      const piece = samples.subarray(at, at + room);
      this.#input.set(piece, this.#windowLength);
      this.#windowLength += piece.length;
      at += piece.length;
      made = this.#filterInto(output, made);
    }
    return output.subarray(0, made);
  }

  end(nMissing: number): Float32Array {
    const tail = this.push(new Float32Array(this.#filter.nTaps + this.#filter.down));
    const whole = new Float32Array(nMissing);
    whole.set(tail.subarray(0, nMissing));
    return whole;
  }

  free(): void {}

  /** Moves what later outputs still need to the window's front. */
  #forgetHeard(): void {
    const keepFrom = this.#position + 1 - this.#filter.nTaps / 2 - this.#windowStart;
    if (keepFrom <= 0) return;
    const from = Math.min(keepFrom, this.#windowLength);
    this.#input.copyWithin(0, from, this.#windowLength);
    this.#windowStart += from;
    this.#windowLength -= from;
  }

  #filterInto(output: Float32Array, made: number): number {
    const { up, down, nTaps } = this.#filter;
    const step = Math.floor(down / up);
    const stepPhase = down % up;
    const { dot } = this.#kernel;
    const nBlocks = nTaps / FIR_BLOCK;
    const base = this.#input.byteOffset + 4 * (1 - nTaps / 2 - this.#windowStart);
    const last = this.#windowStart + this.#windowLength - nTaps / 2 - 1;
    let position = this.#position;
    let phase = this.#phase;
    let count = made;
    while (position <= last) {
      output[count++] = dot(base + 4 * position, 4 * phase * nTaps, nBlocks);
      position += step;
      phase += stepPhase;
      if (phase >= up) {
        phase -= up;
        position++;
      }
    }
    this.#position = position;
    this.#phase = phase;
    return count;
  }
}
