declare module "@echogarden/speex-resampler-wasm/simd" {
  interface SpeexModule {
    readonly HEAPF32: Float32Array;
    readonly HEAP32: Int32Array;
    _malloc(nBytes: number): number;
    _free(pointer: number): void;
    _speex_resampler_init(
      nChannels: number,
      fromHz: number,
      toHz: number,
      quality: number,
      error: number,
    ): number;
    _speex_resampler_skip_zeros(state: number): number;
    _speex_resampler_get_input_latency(state: number): number;
    /** Lengths are read and written in place: samples offered and used, room and samples made. */
    _speex_resampler_process_float(
      state: number,
      channel: number,
      input: number,
      inputLength: number,
      output: number,
      outputLength: number,
    ): number;
    _speex_resampler_destroy(state: number): void;
  }
  export default function createSpeex(): Promise<SpeexModule>;
}
