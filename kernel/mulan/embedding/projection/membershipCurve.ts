/** Membership of a pair at distance d in the picture: 1 / (1 + a·d^(2b)). */
export interface MembershipCurve {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
const REACH = 3;
const STEPS = 200;

/**
 * The least-squares fit of the curve to "1 up to minDist, then exp(−(d − minDist))" on 300 distances from 0
 * to 3, as UMAP defines it; Levenberg–Marquardt on two parameters.
 */
export function membershipCurve(minDist: number): MembershipCurve {
  let [a, b] = [1, 1];
  let damping = 1e-3;
  let error = squares(a, b, minDist).error;
  for (let step = 0; step < STEPS; step++) {
    const { aa, ab, bb, ga, gb } = squares(a, b, minDist);
    const [daa, dbb] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = daa * dbb - ab * ab;
    const nextA = a + (dbb * ga - ab * gb) / determinant;
    const nextB = b + (daa * gb - ab * ga) / determinant;
    const nextError = nextA > 0 && nextB > 0 ? squares(nextA, nextB, minDist).error : Infinity;
    if (nextError <= error) {
      [a, b, error] = [nextA, nextB, nextError];
      damping /= 10;
    } else {
      damping *= 10;
    }
  }
  return { a, b };
}

/** Squared error, the normal matrix JᵀJ (aa, ab, bb) and Jᵀr (ga, gb). */
function squares(a: number, b: number, minDist: number) {
  const sums = { error: 0, aa: 0, ab: 0, bb: 0, ga: 0, gb: 0 };
  // At distance 0 both curves are 1 whatever a and b are.
  for (let i = 1; i < SAMPLES; i++) {
    const distance = (i * REACH) / (SAMPLES - 1);
    const wanted = distance < minDist ? 1 : Math.exp(minDist - distance);
    const power = distance ** (2 * b);
    const value = 1 / (1 + a * power);
    const byA = -power * value * value;
    const byB = 2 * a * Math.log(distance) * byA;
    const residual = wanted - value;
    sums.error += residual * residual;
    sums.aa += byA * byA;
    sums.ab += byA * byB;
    sums.bb += byB * byB;
    sums.ga += byA * residual;
    sums.gb += byB * residual;
  }
  return sums;
}
