import { expect, test } from "vitest";
import { slotFft } from "./slotFft.ts";
import { NUMBERS_PER_SLOT, spectrumKernel } from "./spectrumKernel.ts";

/** Σ x[n] exp(−2πi·k·n/size) by its definition. */
function transformed(re: readonly number[], im: readonly number[], k: number): [number, number] {
  let [sumRe, sumIm] = [0, 0];
  for (let n = 0; n < re.length; n++) {
    const angle = (-2 * Math.PI * k * n) / re.length;
    sumRe += re[n]! * Math.cos(angle) - im[n]! * Math.sin(angle);
    sumIm += re[n]! * Math.sin(angle) + im[n]! * Math.cos(angle);
  }
  return [sumRe, sumIm];
}

test.each([1, 2, 3, 4, 5, 8, 16, 17, 32, 100, 128, 400, 512, 1001])(
  "both transforms of %i numbers are their discrete Fourier transforms",
  (size) => {
    const fft = slotFft(size);
    const inputAt = fft.nNumbers;
    const kernel = spectrumKernel(8 * (fft.nNumbers + NUMBERS_PER_SLOT * (size + 1)));
    const placed = fft.place(kernel, 0);
    const numbers = new Float64Array(kernel.memory.buffer);
    const values = Array.from({ length: NUMBERS_PER_SLOT * size }, (_, i) => Math.sin(i * i + 1));
    // Twice: what the first run leaves in memory must not reach the second.
    for (let run = 0; run < 2; run++) {
      numbers.set(values, inputAt);
      const at = placed.transform(inputAt);
      for (let lane = 0; lane < 2; lane++) {
        const re = values.filter((_, i) => i % NUMBERS_PER_SLOT === lane);
        const im = values.filter((_, i) => i % NUMBERS_PER_SLOT === lane + 2);
        for (let k = 0; k < size; k += Math.ceil(size / 50)) {
          const [expectedRe, expectedIm] = transformed(re, im, k);
          const slot = at + NUMBERS_PER_SLOT * k + lane;
          expect(Math.abs(numbers[slot]! - expectedRe)).toBeLessThan(1e-10);
          expect(Math.abs(numbers[slot + 2]! - expectedIm)).toBeLessThan(1e-10);
        }
      }
    }
  },
);
