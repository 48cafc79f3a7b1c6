declare module "fft.js" {
  type Numbers = number[] | Float64Array;
  /** Complex numbers are interleaved: re, im, re, im, … */
  export default class FFT {
    /** @param size a power of two, at least 2 */
    constructor(size: number);
    transform(output: Numbers, input: Numbers): void;
    inverseTransform(output: Numbers, input: Numbers): void;
  }
}
