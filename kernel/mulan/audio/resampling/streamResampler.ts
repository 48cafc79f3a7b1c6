import { MulanError } from "../../foundation/errors.ts";
import { polyphaseFilter } from "./polyphaseFilter.ts";
import { PolyphaseResampler } from "./polyphaseResampler.ts";
import { type Resampler, resampledLength } from "./resampler.ts";
import { SpeexResampler } from "./speexResampler.ts";

const MAX_RATE_HZ = 10_000_000;

/** Changes the rate of one channel piece by piece, without delay: sample 0 stays at time 0. */
export class StreamResampler {
  readonly #resampler: Resampler;
  readonly #fromHz: number;
  readonly #toHz: number;
  #taken = 0;
  #given = 0;

  private constructor(resampler: Resampler, fromHz: number, toHz: number) {
    this.#resampler = resampler;
    this.#fromHz = fromHz;
    this.#toHz = toHz;
  }

  /** @throws MulanError `argument.rate` */
  static async create(fromHz: number, toHz: number): Promise<StreamResampler> {
    for (const rate of [fromHz, toHz]) {
      if (Number.isInteger(rate) && rate >= 1 && rate <= MAX_RATE_HZ) continue;
      throw new MulanError("argument.rate", "a sample rate must be a whole number of hertz", {
        got: `${rate}`,
      });
    }
    const filter = polyphaseFilter(fromHz, toHz);
    const resampler = filter
      ? new PolyphaseResampler(filter)
      : await SpeexResampler.create(fromHz, toHz);
    return new StreamResampler(resampler, fromHz, toHz);
  }

  push(samples: Float32Array): Float32Array {
    this.#taken += samples.length;
    const limit = resampledLength(this.#taken, this.#fromHz, this.#toHz) - this.#given;
    const ready = this.#resampler.push(samples).subarray(0, limit);
    this.#given += ready.length;
    return ready;
  }

  /** The rest: all pieces together are as long as the input was. */
  end(): Float32Array {
    const missing = resampledLength(this.#taken, this.#fromHz, this.#toHz) - this.#given;
    return this.#resampler.end(missing);
  }

  free(): void {
    this.#resampler.free();
  }
}
