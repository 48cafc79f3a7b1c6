import createSpeex from "@echogarden/speex-resampler-wasm/simd";
import { MulanError } from "../../foundation/errors.ts";
import { type Resampler, resampledLength } from "./resampler.ts";

/** 0 to 10; 8 keeps aliases below −90 dB and the passband flat to .9 of Nyquist. */
const QUALITY = 8;
const BLOCK_SAMPLES = 16_384;

let speex: ReturnType<typeof createSpeex> | undefined;

/** Speex's resampler, whose interpolated taps serve any pair of rates. */
export class SpeexResampler implements Resampler {
  readonly #module: Awaited<ReturnType<typeof createSpeex>>;
  readonly #state: number;
  readonly #memory: number;
  readonly #outputRoom: number;
  readonly #fromHz: number;
  readonly #toHz: number;

  private constructor(
    module: Awaited<ReturnType<typeof createSpeex>>,
    state: number,
    fromHz: number,
    toHz: number,
  ) {
    this.#module = module;
    this.#state = state;
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    this.#outputRoom = resampledLength(BLOCK_SAMPLES, fromHz, toHz) + 16;
    this.#memory = module._malloc(4 * (BLOCK_SAMPLES + this.#outputRoom + 2));
  }

  static async create(fromHz: number, toHz: number): Promise<SpeexResampler> {
    speex ??= createSpeex();
    const module = await speex;
    const state = module._speex_resampler_init(1, fromHz, toHz, QUALITY, 0);
    if (state === 0) throw new MulanError("audio.resample", "the resampler could not be started");
    module._speex_resampler_skip_zeros(state);
    return new SpeexResampler(module, state, fromHz, toHz);
  }

  push(samples: Float32Array): Float32Array {
    return this.#process(samples, Number.POSITIVE_INFINITY);
  }

  end(nMissing: number): Float32Array {
    const latency = this.#module._speex_resampler_get_input_latency(this.#state);
    const perOutput = Math.ceil(this.#fromHz / this.#toHz);
    const tail = this.#process(new Float32Array(latency + perOutput + 1), nMissing);
    if (tail.length === nMissing) return tail;
    const whole = new Float32Array(nMissing);
    whole.set(tail);
    return whole;
  }

  free(): void {
    this.#module._speex_resampler_destroy(this.#state);
    this.#module._free(this.#memory);
  }

  #process(samples: Float32Array, atMost: number): Float32Array {
    const input = this.#memory;
    const output = input + 4 * BLOCK_SAMPLES;
    const lengths = output + 4 * this.#outputRoom;
    const pieces: Float32Array[] = [];
    let total = 0;
    for (let at = 0; at < samples.length && total < atMost; ) {
      const block = samples.subarray(at, at + BLOCK_SAMPLES);
      this.#module.HEAPF32.set(block, input >> 2);
      this.#module.HEAP32[lengths >> 2] = block.length;
      this.#module.HEAP32[(lengths >> 2) + 1] = this.#outputRoom;
      this.#module._speex_resampler_process_float(
        this.#state,
        0,
        input,
        lengths,
        output,
        lengths + 4,
      );
      const used = this.#module.HEAP32[lengths >> 2]!;
      const made = this.#module.HEAP32[(lengths >> 2) + 1]!;
      if (used === 0 && made === 0) break;
      const count = Math.min(made, atMost - total);
      pieces.push(this.#module.HEAPF32.slice(output >> 2, (output >> 2) + count));
      total += count;
      at += used;
    }
    if (pieces.length === 1) return pieces[0]!;
    const whole = new Float32Array(total);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}
