"""Writes test/goldens/evaluation/probe.safetensors: rows like embeddings with labels, and scikit-learn's logistic
regressions on them (standardised by the training rows) for several C.

Run: python test/reference/probe.py
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

GOLDEN = Path(__file__).parents[1] / "goldens" / "evaluation" / "probe.safetensors"
N_TRAIN, N_TEST, DIM, N_LABELS = 300, 150, 24, 5
GRID = [1e-3, 1e-1, 1.0, 100.0]


def rows_and_truth(random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Unit rows around a common mean, with a spectrum that falls as real embeddings' does."""
    n = N_TRAIN + N_TEST
    hidden = random.normal(size=(n, DIM)) * np.geomspace(1, 0.02, DIM)
    turn, _ = np.linalg.qr(random.normal(size=(DIM, DIM)))
    rows = hidden @ turn + random.normal(size=DIM) * 0.5
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    noise = random.normal(size=(n, N_LABELS))
    slopes = random.normal(size=(DIM, N_LABELS)) / np.geomspace(1, 0.1, DIM)[:, None]
    logits = hidden @ slopes + noise * [1, 3, 0.5, 0.01, 2] - [0, 2, 3, 1, 4]
    truth = (logits > 0).astype(np.uint8)
    return rows, truth


def main() -> None:
    rows, truth = rows_and_truth(np.random.default_rng(5))
    train, test = slice(0, N_TRAIN), slice(N_TRAIN, None)
    scaler = StandardScaler().fit(rows[train].astype(np.float64))
    x_train, x_test = (scaler.transform(rows[part].astype(np.float64)) for part in (train, test))
    tensors = {"rows": rows, "truth": truth}
    figures = []
    for c in GRID:
        logits = np.stack(
            [
                LogisticRegression(C=c, solver="newton-cholesky", tol=1e-10, max_iter=1000)
                .fit(x_train, truth[train, label])
                .decision_function(x_test)
                for label in range(N_LABELS)
            ],
            axis=1,
        )
        tensors[f"logits{c:g}"] = logits.astype(np.float32)
        figures.append(
            {
                "c": c,
                "rocAuc": roc_auc_score(truth[test], logits),
                "averagePrecision": average_precision_score(truth[test], logits),
            }
        )
    metadata = {"nTrain": str(N_TRAIN), "dim": str(DIM), "nLabels": str(N_LABELS), "figures": json.dumps(figures)}
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, GOLDEN, metadata)
    print(truth[train].sum(0), truth[test].sum(0), figures)


if __name__ == "__main__":
    main()
