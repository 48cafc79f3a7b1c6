const z = 1.959964;

/** 95 % interval of a share on the logit scale; null at 0 and 1, where the logit has no spread. */
export function logitInterval(
  value: number,
  standardError: number,
): readonly [number, number] | null {
  if (!(value > 0 && value < 1) || !Number.isFinite(standardError)) return null;
  const logit = Math.log(value / (1 - value));
  const half = (z * standardError) / (value * (1 - value));
  return [1 / (1 + Math.exp(half - logit)), 1 / (1 + Math.exp(-half - logit))];
}
