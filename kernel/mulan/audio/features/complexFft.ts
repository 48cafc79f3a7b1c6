import FFT from "fft.js";

/** A complex transform of one size; interleaved re, im; [2 · size] in and out. */
export interface ComplexFft {
  readonly size: number;
  transform(output: Float64Array, input: Float64Array): void;
}

/** Any size: powers of two directly, the others by Bluestein's chirp-z identity. */
export function complexFft(size: number): ComplexFft {
  if (size === 1) return { size, transform: (output, input) => output.set(input) };
  if (Number.isInteger(Math.log2(size))) {
    const fft = new FFT(size);
    return { size, transform: (output, input) => fft.transform(output, input) };
  }
  return bluestein(size);
}

/** X[k] = w[k] · Σ x[n] w[n] · conj(w[k − n]), w[n] = exp(−iπ n² / size): a convolution, made by FFTs. */
function bluestein(size: number): ComplexFft {
  const padded = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const fft = new FFT(padded);
  const chirp = new Float64Array(2 * size);
  for (let n = 0; n < size; n++) {
    // n² modulo 2·size keeps the angle exact for long transforms.
    const angle = (-Math.PI * ((n * n) % (2 * size))) / size;
    chirp[2 * n] = Math.cos(angle);
    chirp[2 * n + 1] = Math.sin(angle);
  }
  const kernel = new Float64Array(2 * padded);
  for (let n = 0; n < size; n++) {
    for (const at of n === 0 ? [0] : [n, padded - n]) {
      kernel[2 * at] = chirp[2 * n]!;
      kernel[2 * at + 1] = -chirp[2 * n + 1]!;
    }
  }
  const kernelSpectrum = new Float64Array(2 * padded);
  fft.transform(kernelSpectrum, kernel);
  const work = new Float64Array(2 * padded);
  const spectrum = new Float64Array(2 * padded);
  return {
    size,
    transform(output, input) {
      work.fill(0);
      multiply(work, input, chirp, size);
      fft.transform(spectrum, work);
      multiply(spectrum, spectrum, kernelSpectrum, padded);
      fft.inverseTransform(work, spectrum);
      multiply(output, work, chirp, size);
    },
  };
}

function multiply(out: Float64Array, a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < 2 * count; i += 2) {
    const re = a[i]! * b[i]! - a[i + 1]! * b[i + 1]!;
    out[i + 1] = a[i]! * b[i + 1]! + a[i + 1]! * b[i]!;
    out[i] = re;
  }
}
