export interface Evaluation {
  readonly loss: number;
  readonly gradient: Float64Array;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly nIterations: number;
  /** The gradient came below the tolerance; else the limit of iterations, or of float32, was met. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  /** Where each problem begins. */
  readonly starts: readonly Float64Array[];
  /** A guess of each problem's second derivatives, coordinate by coordinate. */
  readonly curvatures: readonly Float64Array[];
  /** Loss and gradient of the problems `which`, each at its point. */
  readonly evaluate: (points: readonly Float64Array[], which: readonly number[]) => Evaluation[];
  /** Largest part of the gradient at which a problem counts as solved. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** After each round, with the number of solved problems; what it throws ends the work. */
  readonly onRound: (solved: number) => Promise<void>;
}

const REMEMBERED_STEPS = 10;
/** Share of the fall that the slope promises which a step must bring (Armijo). */
const ENOUGH = 1e-4;
const SHORTEST_STEP = 1e-6;
/** What float32 sums can hide of a mean loss. */
const NOISE = 1e-7;

interface Problem extends Evaluation {
  readonly which: number;
  readonly point: Float64Array;
  readonly steps: readonly { readonly by: Float64Array; readonly turn: Float64Array }[];
  readonly nIterations: number;
}

/**
 * L-BFGS (Nocedal and Wright, algorithm 7.5) on many smooth convex problems side by side, so that one matrix
 * product serves them all. Each has its own history and step length.
 */
export async function minimise(options: MinimiseOptions): Promise<Minimum[]> {
  const { starts, evaluate, tolerance, maxIterations, onRound } = options;
  const minima: Minimum[] = [];
  const all = starts.map((_, which) => which);
  let open: Problem[] = evaluate(starts, all).map(({ loss, gradient }, which) => ({
    which,
    point: starts[which]!,
    loss,
    gradient,
    steps: [],
    nIterations: 0,
  }));
  while (open.length > 0) {
    const going: Problem[] = [];
    for (const problem of open) {
      const converged = largest(problem.gradient) <= tolerance;
      if (converged || problem.nIterations >= maxIterations) {
        minima[problem.which] = { ...problem, converged };
      } else going.push(problem);
    }
    await onRound(starts.length - going.length);
    const next = stepAll(going, options);
    for (const { which, point, nIterations } of going) {
      if (next.has(which)) continue;
      minima[which] = { point, nIterations, converged: false };
    }
    open = [...next.values()];
  }
  return minima;
}

/** Each problem one step on; those that find no lower point are missing. */
function stepAll(
  problems: readonly Problem[],
  { evaluate, curvatures }: MinimiseOptions,
): Map<number, Problem> {
  const next = new Map<number, Problem>();
  let trying = problems.map((problem) => {
    const direction = descent(problem, curvatures[problem.which]!);
    return { problem, direction, slope: dot(direction, problem.gradient), length: 1 };
  });
  while (trying.length > 0) {
    const points = trying.map(({ problem, direction, length }) =>
      problem.point.map((value, j) => value + length * direction[j]!),
    );
    const found = evaluate(
      points,
      trying.map(({ problem }) => problem.which),
    );
    const again: typeof trying = [];
    for (const [i, one] of trying.entries()) {
      const { problem, slope, length } = one;
      const { loss, gradient } = found[i]!;
      if (loss <= problem.loss + ENOUGH * length * slope + NOISE * Math.abs(problem.loss)) {
        next.set(problem.which, stepped(problem, points[i]!, loss, gradient));
      } else if (length / 2 >= SHORTEST_STEP) again.push({ ...one, length: length / 2 });
    }
    trying = again;
  }
  return next;
}

function stepped(
  from: Problem,
  point: Float64Array,
  loss: number,
  gradient: Float64Array,
): Problem {
  const by = point.map((value, j) => value - from.point[j]!);
  const turn = gradient.map((value, j) => value - from.gradient[j]!);
  const bends = dot(by, turn) > 1e-12 * dot(turn, turn);
  const steps = bends ? [...from.steps, { by, turn }].slice(-REMEMBERED_STEPS) : from.steps;
  return { which: from.which, point, loss, gradient, steps, nIterations: from.nIterations + 1 };
}

/** The two-loop recursion, begun from the guessed curvatures. */
function descent({ gradient, steps }: Problem, curvature: Float64Array): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares = steps.map(() => 0);
  for (let k = steps.length - 1; k >= 0; k--) {
    const { by, turn } = steps[k]!;
    shares[k] = dot(by, direction) / dot(by, turn);
    addScaled(direction, turn, -shares[k]!);
  }
  const last = steps.at(-1);
  const scaled = last?.turn.map((value, j) => value / curvature[j]!);
  const scale = last && scaled ? dot(last.by, last.turn) / dot(last.turn, scaled) : 1;
  for (let j = 0; j < direction.length; j++) direction[j]! *= scale / curvature[j]!;
  for (const [k, { by, turn }] of steps.entries()) {
    addScaled(direction, by, shares[k]! - dot(turn, direction) / dot(by, turn));
  }
  return direction;
}

function addScaled(to: Float64Array, what: Float64Array, scale: number): void {
  for (let j = 0; j < to.length; j++) to[j]! += scale * what[j]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}
