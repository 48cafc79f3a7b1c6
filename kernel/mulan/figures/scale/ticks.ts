/** Multiples of 1, 2 or 5 times a power of ten inside the range, at most about `target` of them. */
export function niceTicks(low: number, high: number, target: number): number[] {
  if (!(high > low)) return [low];
  const step = niceStep((high - low) / Math.max(1, target));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
}

/** The smallest of 1, 2, 5, 10 × 10^k that is not below the wanted step. */
export function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Decimals that a multiple of the step needs. */
export function decimalsOf(step: number): number {
  return Math.max(0, Math.min(10, -Math.floor(Math.log10(step) + 1e-9)));
}

function clean(value: number): number {
  return Number(value.toPrecision(12));
}
