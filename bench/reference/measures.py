"""scikit-learn's ROC-AUC and average precision, per label and micro: medians in ms, for comparison with bench/measures.ts."""
import json
import sys
import time

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score


def median_ms(n_runs: int, scores: np.ndarray, truth: np.ndarray) -> float:
    times = []
    for _ in range(n_runs):
        begin = time.perf_counter()
        for measure in (roc_auc_score, average_precision_score):
            measure(truth, scores, average=None)
            measure(truth, scores, average="micro")
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[n_runs // 2]


def main() -> None:
    n_runs, cases = int(sys.argv[1]), json.loads(sys.argv[2])
    random = np.random.default_rng(1)
    results = []
    for n, n_labels, _ in cases:
        scores = random.uniform(-1, 1, (n, n_labels)).astype(np.float32)
        truth = (random.random(scores.shape) < 0.03 + 0.02 * scores).astype(np.uint8)
        results.append(median_ms(n_runs, scores, truth))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
