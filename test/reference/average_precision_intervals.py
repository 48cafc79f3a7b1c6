"""Prints how often bootstrap intervals of mean average precision hold what they are said to hold.

The figure of a data set is one draw; its interval says how much it would move with other items of the same kind, so it
should hold the figure's expectation in 95 of 100 draws. Percentiles do not, because a clip that is drawn twice helps
itself and all resamples lie higher. Compared: percentiles, Efron's bias-corrected ones (BC, z0 as scipy's BCa has it, no
acceleration), the basic form, and percentiles moved by the mean of the resamples minus the figure, which
kernel/mulan/evaluation/measures/resample.ts has.

BC and the basic form hold the figure itself exactly where plain percentiles do: all three ask whether it lies between the
resamples' 2.5 and 97.5 percentiles.

Run: python test/reference/average_precision_intervals.py
"""

import numpy as np
from scipy.stats import norm

random = np.random.default_rng(20220826)
FORMS = ("percentiles", "BC", "basic", "moved")


def precisions(scores: np.ndarray, truth: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Average precision of one label on each resample; NaN without a positive or a negative."""
    order = np.argsort(-scores)
    drawn, right = times[:, order].astype(float), times[:, order] * truth[order]
    found = (np.cumsum(right, 1) / np.maximum(np.cumsum(drawn, 1), 1) * right).sum(1)
    total = right.sum(1)
    return np.where((total > 0) & (total < drawn.sum(1)), found / np.maximum(total, 1), np.nan)


def macro(scores: np.ndarray, truth: np.ndarray, times: np.ndarray) -> np.ndarray:
    columns = [precisions(scores[:, i], truth[:, i], times) for i in range(truth.shape[1])]
    defined = np.isfinite(columns)
    return np.where(defined, columns, 0).sum(0) / np.maximum(defined.sum(0), 1)


def intervals(value: float, samples: np.ndarray) -> dict:
    low, high = np.percentile(samples, [2.5, 97.5])
    below = ((samples < value).mean() + (samples <= value).mean()) / 2
    z0 = norm.ppf(np.clip(below, 0.5 / len(samples), 1 - 0.5 / len(samples)))
    lean = samples.mean() - value
    return {
        "percentiles": (low, high),
        "BC": tuple(np.quantile(samples, norm.cdf(2 * z0 + norm.ppf([0.025, 0.975])))),
        "basic": (2 * value - high, 2 * value - low),
        "moved": (low - lean, high - lean),
    }


def simulate(n: int, n_labels: int, n_positive: int, separation: float, draws: int = 300) -> None:
    def draw() -> tuple:
        truth = np.zeros((n, n_labels), int)
        for label in range(n_labels):
            truth[random.choice(n, n_positive, replace=False), label] = 1
        noise = random.normal(size=(n, n_labels)) + 0.3 * random.normal(size=(n, 1))
        return noise + separation * truth, truth

    once = np.ones((1, n), int)
    expectation = np.mean([macro(*draw(), once) for _ in range(1500)])
    held, own, width = np.zeros(4), np.zeros(4), np.zeros(4)
    for _ in range(draws):
        scores, truth = draw()
        value = macro(scores, truth, once)[0]
        samples = macro(scores, truth, random.multinomial(n, np.full(n, 1 / n), size=500))
        for i, (low, high) in enumerate(intervals(value, samples).values()):
            held[i] += low <= expectation <= high
            own[i] += low <= value <= high
            width[i] += high - low
    print(f"{n} clips, {n_labels} labels of {n_positive} positives, mAP {expectation:.3f}")
    for form, *row in zip(FORMS, held / draws, own / draws, width / draws):
        print(f"  {form:11s} holds the expectation {row[0]:.2f}, the figure {row[1]:.2f}, width {row[2]:.3f}")


if __name__ == "__main__":
    simulate(20, 20, 2, 1.5)
    simulate(20, 24, 1, 1.0)
    simulate(200, 20, 4, 1.0)
    simulate(1000, 30, 10, 1.0, draws=150)
    simulate(24, 6, 6, 1.5)
