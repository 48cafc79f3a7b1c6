import { clampUnit, type Rgb } from "./rgb.ts";

/**
 * Chebyshev coefficients on [−1, 1] of red, green and blue: our least-squares fit to the magma scale
 * (CC0, van der Walt and Smith), nowhere off by more than 0.008.
 */
const coefficients = [
  [0.5909, 0.5513, -0.1184, -0.062, 0.0165, 0.0078, 0.0075, -0.0054, -0.0036, 0.0023, 0.0014],
  [0.37, 0.4799, 0.1442, 0.0201, -0.0192, -0.0078, -0.0031, 0.0075, 0.0049, -0.0081, 0.0017],
  [0.414, 0.246, -0.044, 0.1534, 0.0064, -0.0272, 0, -0.0071, 0.0071, 0.0057, -0.0064],
] as const;

/** For magnitudes: black over violet and orange to pale yellow, even steps of lightness. */
export function magma(position: number): Rgb {
  const x = 2 * clampUnit(position) - 1;
  const channel = (series: readonly number[]): number =>
    Math.round(255 * clampUnit(chebyshevSum(series, x)));
  return [channel(coefficients[0]), channel(coefficients[1]), channel(coefficients[2])];
}

/** Clenshaw's recurrence. */
function chebyshevSum(series: readonly number[], x: number): number {
  let next = 0;
  let afterNext = 0;
  for (let k = series.length - 1; k > 0; k--) {
    [next, afterNext] = [2 * x * next - afterNext + series[k]!, next];
  }
  return x * next - afterNext + series[0]!;
}
