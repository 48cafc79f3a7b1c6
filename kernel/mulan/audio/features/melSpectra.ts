import type { LogMelFrontEnd } from "../frontEnd.ts";
import { melFilterBank } from "./melFilterBank.ts";
import { slotFft } from "./slotFft.ts";
import {
  FILTER_BYTES,
  NUMBER_BYTES,
  NUMBERS_PER_SLOT,
  SLOT_BYTES,
  spectrumKernel,
} from "./spectrumKernel.ts";
import { windowFunction } from "./windowFunction.ts";

/** Frames that are computed at once. */
export const FRAMES_AT_ONCE = 4;
/** Place of frame i in a slot: frames 0 and 2 are the real parts. */
const PLACES = [0, 2, 1, 3] as const;

/** Mel energies of four frames at a time, in memory of its own. */
export interface MelSpectra {
  /** [3 · hopLength + windowLength] samples: the four frames as they overlap. */
  readonly sound: Float32Array;
  /** The frames of `sound`, one hop apart, times the window. */
  windowSound(): void;
  /** Another way in: one frame [windowLength] that was prepared elsewhere. */
  windowFrame(index: number, frame: Float64Array): void;
  /** Into mels[at + index · nMels …] for the first `nFrames` of the four. */
  melEnergies(mels: Float32Array, at: number, nFrames: number): void;
}

export function melSpectra(frontEnd: LogMelFrontEnd): MelSpectra {
  const { nFft, windowLength, hopLength, nMels, power } = frontEnd;
  const nBins = Math.floor(nFft / 2) + 1;
  const bank = melFilterBank(frontEnd);
  // Half the window: the kernel's powers are of twice the spectrum.
  const halfWindow = windowFunction(frontEnd.window, windowLength).map((weight) => weight / 2);
  const fft = slotFft(nFft);
  const place = places();
  const windowAt = place(windowLength);
  const slotsAt = place(NUMBERS_PER_SLOT * (nFft + 1));
  const powersAt = place(NUMBERS_PER_SLOT * nBins);
  const weightsAt = place(bank.weights.length);
  const melsAt = place(NUMBERS_PER_SLOT * nMels);
  const headsAt = place(Math.ceil((FILTER_BYTES * nMels) / NUMBER_BYTES));
  const soundLength = (FRAMES_AT_ONCE - 1) * hopLength + windowLength;
  const soundAt = place(Math.ceil(soundLength / 2));
  const fftAt = place(fft.nNumbers);
  const kernel = spectrumKernel(place(0) * NUMBER_BYTES);
  const { buffer } = kernel.memory;
  const numbers = new Float64Array(buffer);
  const sound = new Float32Array(buffer, soundAt * NUMBER_BYTES, soundLength);
  const placedFft = fft.place(kernel, fftAt);
  numbers.set(halfWindow, windowAt);
  numbers.set(bank.weights, weightsAt);
  const heads = new Int32Array(buffer, headsAt * NUMBER_BYTES, 3 * nMels);
  for (let mel = 0; mel < nMels; mel++) {
    heads[3 * mel] = powersAt * NUMBER_BYTES + bank.firstBin[mel]! * SLOT_BYTES;
    heads[3 * mel + 1] = (weightsAt + bank.offsets[mel]!) * NUMBER_BYTES;
    heads[3 * mel + 2] = bank.offsets[mel + 1]! - bank.offsets[mel]!;
  }
  return {
    sound,
    windowSound() {
      kernel.windowed(
        soundAt * NUMBER_BYTES,
        4 * hopLength,
        windowAt * NUMBER_BYTES,
        slotsAt * NUMBER_BYTES,
        windowLength,
      );
    },
    windowFrame(index, frame) {
      const at = slotsAt + PLACES[index]!;
      for (let i = 0; i < windowLength; i++) {
        numbers[at + NUMBERS_PER_SLOT * i] = frame[i]! * numbers[windowAt + i]!;
      }
    },
    melEnergies(mels, at, nFrames) {
      const spectrumAt = placedFft.transform(slotsAt);
      const endAt = spectrumAt + NUMBERS_PER_SLOT * nFft;
      numbers.copyWithin(endAt, spectrumAt, spectrumAt + NUMBERS_PER_SLOT);
      kernel.powers(
        spectrumAt * NUMBER_BYTES,
        endAt * NUMBER_BYTES,
        powersAt * NUMBER_BYTES,
        nBins,
      );
      if (power !== 2) {
        for (let i = powersAt; i < powersAt + NUMBERS_PER_SLOT * nBins; i++) {
          numbers[i] = numbers[i]! ** (power / 2);
        }
      }
      kernel.filter(headsAt * NUMBER_BYTES, melsAt * NUMBER_BYTES, nMels);
      for (let frame = 0; frame < nFrames; frame++) {
        const from = melsAt + PLACES[frame]!;
        const to = at + frame * nMels;
        for (let mel = 0; mel < nMels; mel++)
          mels[to + mel] = numbers[from + NUMBERS_PER_SLOT * mel]!;
      }
    },
  };
}

/** Hands out places in memory, in numbers (f64), one behind the other. */
function places(): (nNumbers: number) => number {
  let end = 0;
  return (nNumbers) => {
    const at = end;
    end += nNumbers;
    return at;
  };
}
