/** Four decimals: the JSON stays small, and hover shows three. */
export function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

export function round4OrNull(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : round4(value);
}

export function roundPair(pair: readonly [number, number] | null): [number, number] | null {
  return pair === null ? null : [round4(pair[0]), round4(pair[1])];
}
