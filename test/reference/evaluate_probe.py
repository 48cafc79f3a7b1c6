"""Writes test/goldens/evaluation/evaluate-probe.json: scikit-learn's whole linear probe on the rows of probe.safetensors,
C chosen by macro ROC-AUC on validation rows and figures taken on test rows.

Run: python test/reference/evaluate_probe.py (after probe.py)
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

GOLDENS = Path(__file__).parents[1] / "goldens" / "evaluation"
TRAIN, VALIDATION, TEST = slice(0, 200), slice(200, 300), slice(300, 450)
GRID = [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100]


def main() -> None:
    tensors = load_file(GOLDENS / "probe.safetensors")
    rows, truth = tensors["rows"].astype(np.float64), tensors["truth"]
    tried = []
    for c in GRID:
        regression = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-10, max_iter=1000)
        probe = make_pipeline(StandardScaler(), OneVsRestClassifier(regression)).fit(rows[TRAIN], truth[TRAIN])
        on_validation = roc_auc_score(truth[VALIDATION], probe.decision_function(rows[VALIDATION]))
        on_test = probe.decision_function(rows[TEST])
        tried.append(
            {
                "c": c,
                "validation": on_validation,
                "rocAuc": roc_auc_score(truth[TEST], on_test),
                "averagePrecision": average_precision_score(truth[TEST], on_test),
                "rocAucMicro": roc_auc_score(truth[TEST], on_test, average="micro"),
                "averagePrecisionMicro": average_precision_score(truth[TEST], on_test, average="micro"),
            }
        )
    best = max(tried, key=lambda one: one["validation"])
    (GOLDENS / "evaluate-probe.json").write_text(json.dumps({"tried": tried, "best": best}, indent=1) + "\n")
    print(best)


if __name__ == "__main__":
    main()
