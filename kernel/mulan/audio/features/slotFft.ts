import {
  NUMBER_BYTES,
  NUMBERS_PER_SLOT,
  type SpectrumKernel,
  TWIDDLE_BYTES,
} from "./spectrumKernel.ts";

/** A complex forward FFT over arrays of slots (spectrumKernel.ts): two transforms of one size side by side. */
export interface SlotFft {
  /** Numbers (f64) of working memory that it needs. */
  readonly nNumbers: number;
  /** Binds it to memory that begins at number `at`. */
  place(kernel: SpectrumKernel, at: number): PlacedFft;
}

export interface PlacedFft {
  /**
   * Places are numbers (f64), not bytes. What lies at `from` is kept; the slot behind the result is free to write to.
   */
  transform(from: number): number;
}

/** Any size: powers of two directly, the others by Bluestein's chirp-z identity. */
export function slotFft(size: number): SlotFft {
  return Number.isInteger(Math.log2(size)) ? stockham(size) : bluestein(size);
}

/** W. T. Cochran et al. 1967: each stage writes to the other of two arrays, in the order that the next one reads. */
function stockham(size: number): SlotFft {
  const nArray = NUMBERS_PER_SLOT * (size + 1);
  const stages: { nTwiddles: number; stride: number; twiddles: Float64Array }[] = [];
  let [length, stride] = [size, 1];
  for (; length >= 4; length /= 4, stride *= 4) {
    stages.push({ nTwiddles: length / 4, stride, twiddles: twiddlesOf(length) });
  }
  const nTwiddles = stages.reduce((sum, { twiddles }) => sum + twiddles.length, 0);
  return {
    nNumbers: 2 * nArray + nTwiddles,
    place(kernel, at) {
      const otherThan = (source: number) => (source === at ? at + nArray : at);
      const numbers = new Float64Array(kernel.memory.buffer);
      let free = at + 2 * nArray;
      const placed = stages.map(({ twiddles, ...stage }) => {
        const twiddlesAt = free;
        numbers.set(twiddles, twiddlesAt);
        free += twiddles.length;
        return { ...stage, twiddlesAt };
      });
      return {
        transform(from) {
          let source = from;
          for (const { nTwiddles, stride: step, twiddlesAt } of placed) {
            const to = otherThan(source);
            kernel.radix4(
              source * NUMBER_BYTES,
              to * NUMBER_BYTES,
              twiddlesAt * NUMBER_BYTES,
              nTwiddles,
              step,
            );
            source = to;
          }
          if (length === 1) return source;
          const to = otherThan(source);
          kernel.radix2(source * NUMBER_BYTES, to * NUMBER_BYTES, size / 2);
          return to;
        },
      };
    },
  };
}

/** For each p below length/4: exp(−2πi·p/length), its square and its cube, re and im. */
function twiddlesOf(length: number): Float64Array {
  const twiddles = new Float64Array(((length / 4) * TWIDDLE_BYTES) / NUMBER_BYTES);
  for (let p = 0, at = 0; p < length / 4; p++) {
    for (let power = 1; power <= 3; power++) {
      const angle = (-2 * Math.PI * p * power) / length;
      twiddles[at++] = Math.cos(angle);
      twiddles[at++] = Math.sin(angle);
    }
  }
  return twiddles;
}

/** X[k] = w[k] · Σ x[n] w[n] · conj(w[k − n]), w[n] = exp(−iπ n² / size): a convolution, made by FFTs. */
function bluestein(size: number): SlotFft {
  const padded = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const inner = stockham(padded);
  const chirp = new Float64Array(2 * size);
  for (let n = 0; n < size; n++) {
    // n² modulo 2·size keeps the angle exact for long transforms.
    const angle = (-Math.PI * ((n * n) % (2 * size))) / size;
    chirp[2 * n] = Math.cos(angle);
    chirp[2 * n + 1] = Math.sin(angle);
  }
  const nWork = NUMBERS_PER_SLOT * padded;
  return {
    nNumbers: inner.nNumbers + nWork,
    place(kernel, at) {
      const fft = inner.place(kernel, at + nWork);
      const numbers = new Float64Array(kernel.memory.buffer);
      const answer = chirpSpectrum(numbers, at, fft, chirp, padded);
      return {
        transform(from) {
          numbers.fill(0, at, at + nWork);
          for (let n = 0; n < size; n++)
            turn(numbers, at, from, n, chirp[2 * n]!, chirp[2 * n + 1]!);
          const spectrum = fft.transform(at);
          // The inverse transform is the forward one of the conjugate, conjugated.
          for (let k = 0; k < padded; k++) {
            turn(numbers, at, spectrum, k, answer[2 * k]!, answer[2 * k + 1]!);
            conjugate(numbers, at, k);
          }
          const convolved = fft.transform(at);
          for (let k = 0; k < size; k++) {
            conjugate(numbers, convolved, k);
            turn(numbers, at, convolved, k, chirp[2 * k]! / padded, chirp[2 * k + 1]! / padded);
          }
          return at;
        },
      };
    },
  };
}

/** The spectrum of the conjugate chirp, wrapped around; [2 · padded]. */
function chirpSpectrum(
  numbers: Float64Array,
  at: number,
  fft: PlacedFft,
  chirp: Float64Array,
  padded: number,
): Float64Array {
  numbers.fill(0, at, at + NUMBERS_PER_SLOT * padded);
  for (let n = 0; 2 * n < chirp.length; n++) {
    for (const place of n === 0 ? [0] : [n, padded - n]) {
      numbers[at + NUMBERS_PER_SLOT * place] = chirp[2 * n]!;
      numbers[at + NUMBERS_PER_SLOT * place + 2] = -chirp[2 * n + 1]!;
    }
  }
  const spectrum = fft.transform(at);
  return Float64Array.from({ length: 2 * padded }, (_, i) => {
    return numbers[spectrum + NUMBERS_PER_SLOT * (i >> 1) + (i % 2 === 0 ? 0 : 2)]!;
  });
}

/** to[k] = from[k] · (re + i·im), both transforms of the slot. */
function turn(numbers: Float64Array, to: number, from: number, k: number, re: number, im: number) {
  for (let lane = 0; lane < 2; lane++) {
    const source = from + NUMBERS_PER_SLOT * k + lane;
    const target = to + NUMBERS_PER_SLOT * k + lane;
    const [x, y] = [numbers[source]!, numbers[source + 2]!];
    numbers[target] = x * re - y * im;
    numbers[target + 2] = x * im + y * re;
  }
}

function conjugate(numbers: Float64Array, at: number, k: number): void {
  numbers[at + NUMBERS_PER_SLOT * k + 2]! *= -1;
  numbers[at + NUMBERS_PER_SLOT * k + 3]! *= -1;
}
