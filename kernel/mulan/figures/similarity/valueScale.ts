import { magma } from "../colour/magma.ts";
import type { ColorScale } from "../colour/rgb.ts";
import { signedScale } from "../colour/signed.ts";
import type { ValueScale } from "../contract.ts";

/** Negatives this small are noise around 0, not a sign that means something. */
const negligible = 0.05;

/**
 * Sequential from the lowest to the highest value, or signed and centred on 0 when some are clearly
 * negative; limits are rounded outwards to a tenth so that figures can be compared.
 */
export function chooseScale(values: Float32Array): ValueScale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return { kind: "sequential", min: 0, max: 1 };
  const signed = low < -negligible && -low > 0.1 * high;
  if (signed) {
    const limit = Math.min(1, outward(Math.max(-low, high)));
    return { kind: "signed", min: -limit, max: limit };
  }
  const max = Math.max(outward(high), 0.1);
  const min = -outward(-low);
  return { kind: "sequential", min: Math.min(min, max - 0.1) + 0, max };
}

export function colorScaleOf(scale: ValueScale): ColorScale {
  return scale.kind === "signed" ? signedScale : magma;
}

/** 0 at the scale's lower end, 1 at its upper. */
export function positionOf(scale: ValueScale, value: number): number {
  return (value - scale.min) / (scale.max - scale.min);
}

function outward(value: number): number {
  return Math.round(Math.ceil(value * 10 - 1e-6)) / 10;
}
