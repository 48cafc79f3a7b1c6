"""Writes test/goldens/embedding/pca.json: rows, and scikit-learn's first two principal components of them.

Run: python test/reference/principal_components.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA

GOLDEN = Path(__file__).parents[1] / "goldens" / "embedding" / "pca.json"


def case(n: int, dim: int) -> dict:
    random = np.random.default_rng(n * dim)
    rows = random.normal(size=(n, dim)) * np.geomspace(3, 0.1, dim)
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    pca = PCA(n_components=2, svd_solver="full").fit(rows.astype(np.float64))
    return {
        "dim": dim,
        "rows": np.round(rows.astype(np.float64), 9).ravel().tolist(),
        "points": np.round(pca.transform(rows.astype(np.float64)), 8).ravel().tolist(),
        "explained": pca.explained_variance_ratio_.tolist(),
    }


def main() -> None:
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    cases = [case(40, 8), case(6, 12)]
    GOLDEN.write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
