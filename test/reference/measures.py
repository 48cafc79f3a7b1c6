"""Writes test/goldens/evaluation/measures.json: rankings, and what scikit-learn and torchmetrics measure on them.

Run: python test/reference/measures.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import accuracy_score, average_precision_score, roc_auc_score
from torchmetrics.functional.classification import multilabel_auroc, multilabel_average_precision
from torchmetrics.retrieval import RetrievalAUROC, RetrievalHitRate, RetrievalMAP, RetrievalMRR

GOLDEN = Path(__file__).parents[1] / "goldens" / "evaluation" / "measures.json"
random = np.random.default_rng(20220826)


def short(scores: np.ndarray) -> np.ndarray:
    """float32 numbers that five decimals write exactly enough to be read back as the same."""
    return np.round(scores.astype(np.float64), 5).astype(np.float32)


def listed(scores: np.ndarray) -> list:
    return [round(float(value), 5) for value in scores.ravel()]


def binary(name: str, scores: np.ndarray, truth: np.ndarray) -> dict:
    weights = random.integers(0, 4, len(scores))
    weights[np.argmax(truth)] = weights[np.argmin(truth)] = 1
    return {
        "name": name,
        "scores": listed(scores),
        "truth": truth.tolist(),
        "rocAuc": roc_auc_score(truth, scores),
        "averagePrecision": average_precision_score(truth, scores),
        "weights": weights.tolist(),
        "rocAucWeighted": roc_auc_score(truth, scores, sample_weight=weights),
        "averagePrecisionWeighted": average_precision_score(truth, scores, sample_weight=weights),
    }


def binaries() -> list:
    n = 60
    scores = short(random.normal(size=n))
    truth = (random.random(n) < 0.3).astype(int)
    one = np.zeros(n, int)
    one[17] = 1
    return [
        binary("scores that differ", scores, truth),
        binary("many ties", short(np.round(scores)), truth),
        binary("ties of 0 and minus 0", np.where(scores > 1, 1, np.copysign(0, scores)).astype("f4"), truth),
        binary("nothing but ties", np.full(n, 0.25, np.float32), truth),
        binary("one positive", scores, one),
        binary("one positive among ties", short(np.round(scores)), one),
        binary("one negative", scores, 1 - one),
        binary("a perfect ranking", short(truth + 0.1 * random.random(n)), truth),
        binary("a perfect ranking upside down", short(-truth - 0.1 * random.random(n)), truth),
    ]


def labels() -> dict:
    n, n_labels = 80, 7
    truth = (random.random((n, n_labels)) < [0.5, 0.2, 0.05, 0.3, 0.4, 0.1, 0.2]).astype(int)
    truth[0, 2] = 1
    truth[:, 3] = 0
    truth[:, 4] = 1
    scores = short(0.1 * random.normal(size=(n, n_labels)) + 0.05 * truth)
    scores[:, 5] = short(np.round(scores[:, 5], 1))
    both = [label for label in range(n_labels) if 0 < truth[:, label].sum() < n]
    auc = multilabel_auroc(torch.tensor(scores).double(), torch.tensor(truth), n_labels, average="none")
    precision = multilabel_average_precision(
        torch.tensor(scores).double(), torch.tensor(truth), n_labels, average="none"
    )
    assert np.allclose(auc[both], roc_auc_score(truth[:, both], scores[:, both], average=None))
    assert np.allclose(precision[both], average_precision_score(truth[:, both], scores[:, both], average=None))
    return {
        "nLabels": n_labels,
        "scores": listed(scores),
        "truth": truth.ravel().tolist(),
        "rocAuc": [float(auc[i]) if i in both else None for i in range(n_labels)],
        "averagePrecision": [float(precision[i]) if i != 3 else None for i in range(n_labels)],
        "macroRocAuc": roc_auc_score(truth[:, both], scores[:, both]),
        "macroAveragePrecision": average_precision_score(truth[:, both], scores[:, both]),
        "microRocAuc": roc_auc_score(truth, scores, average="micro"),
        "microAveragePrecision": average_precision_score(truth, scores, average="micro"),
    }


def retrieval() -> dict:
    n_queries, n_items = 12, 30
    scores = short(random.normal(size=(n_queries, n_items)))
    truth = np.zeros((n_queries, n_items), int)
    for query in range(n_queries):
        truth[query, random.choice(n_items, 1 + query % 4, replace=False)] = 1
    scores += np.float32(0.7) * truth.astype(np.float32)
    scores = short(scores)
    # torchmetrics 1.9 takes a relevant item for irrelevant where its score is not above 0.
    preds, target = torch.tensor(scores).double().sigmoid().ravel(), torch.tensor(truth).ravel()
    indexes = torch.arange(n_queries).repeat_interleave(n_items)

    def measured(metric) -> float:
        return float(metric(preds, target, indexes=indexes))

    ranks = [1 + int(np.argmax(truth[q][np.argsort(-scores[q])])) for q in range(n_queries)]
    return {
        "scores": listed(scores),
        "relevant": [np.flatnonzero(row).tolist() for row in truth],
        "ranks": ranks,
        "medianRank": float(np.median(ranks)),
        "meanReciprocalRank": measured(RetrievalMRR()),
        "recallAt": {str(k): measured(RetrievalHitRate(top_k=k)) for k in (1, 5, 10)},
        "meanAveragePrecision": measured(RetrievalMAP()),
        "meanRocAuc": measured(RetrievalAUROC()),
    }


def classes() -> dict:
    truth, predicted = random.integers(0, 4, (2, 50))
    return {
        "truth": truth.tolist(),
        "predicted": predicted.tolist(),
        "accuracy": accuracy_score(truth, predicted),
    }


def percentiles() -> dict:
    values = random.normal(size=37)
    return {"values": values.tolist(), "interval": np.percentile(values, [2.5, 97.5]).tolist()}


def clusters() -> dict:
    """Two judges of 240 items that come in 48 clusters of 2 to 8; a cluster is easy or hard for both."""
    random = np.random.default_rng(5)
    sizes = np.resize([2, 5, 8, 3, 7], 48)
    of_items = np.repeat(np.arange(48), sizes)
    ease = random.normal(0.8, 1.2, 48)[of_items]
    a, b = (ease + random.normal(size=(2, len(of_items))) + [[0], [0.4]] > 0).astype(int)
    drawn = random.integers(0, 48, (200_000, 48))
    # What belongs together need not stand together.
    shuffled = random.permutation(len(of_items))
    n = sizes[drawn].sum(axis=1)

    def interval(values: np.ndarray) -> list:
        sums = np.bincount(of_items, values)
        return np.percentile(sums[drawn].sum(axis=1) / n, [2.5, 97.5]).tolist()

    return {
        "ofItems": of_items[shuffled].tolist(),
        "a": a[shuffled].tolist(),
        "b": b[shuffled].tolist(),
        "interval": interval(a),
        "differenceInterval": interval(b - a),
    }


def leaning() -> dict:
    """24 items, labels of one to three positives: resampled average precision lies higher than the figure."""
    random = np.random.default_rng(13)
    n, positives = 24, [1, 1, 2, 2, 3]
    truth = np.zeros((n, len(positives)), int)
    for label, count in enumerate(positives):
        truth[random.choice(n, count, replace=False), label] = 1
    scores = short(random.normal(size=truth.shape) + 0.8 * truth)
    weights = random.multinomial(n, np.full(n, 1 / n), size=200_000)

    def resampled(scores: np.ndarray, truth: np.ndarray, times: np.ndarray) -> np.ndarray:
        order = np.argsort(-scores)
        drawn, right = times[:, order].astype(float), times[:, order] * truth[order]
        precision = np.cumsum(right, 1) / np.maximum(np.cumsum(drawn, 1), 1)
        with np.errstate(invalid="ignore"):
            found = (precision * right).sum(1) / right.sum(1)
        found[right.sum(1) == drawn.sum(1)] = np.nan
        return found

    labels = range(len(positives))
    samples = np.nanmean([resampled(scores[:, i], truth[:, i], weights) for i in labels], axis=0)
    value = average_precision_score(truth, scores)
    few = [
        [average_precision_score(truth[:, i], scores[:, i], sample_weight=w) for i in labels if w @ truth[:, i] > 0]
        for w in weights[:20]
    ]
    assert np.allclose([np.mean(row) for row in few], samples[:20])
    return {
        "nLabels": len(positives),
        "scores": listed(scores),
        "truth": truth.ravel().tolist(),
        "value": value,
        "percentiles": np.nanpercentile(samples, [2.5, 97.5]).tolist(),
        "interval": (np.nanpercentile(samples, [2.5, 97.5]) - np.nanmean(samples) + value).tolist(),
    }


def main() -> None:
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    golden = {
        "binary": binaries(),
        "labels": labels(),
        "retrieval": retrieval(),
        "classes": classes(),
        "percentiles": percentiles(),
        "clusters": clusters(),
        "leaning": leaning(),
    }
    GOLDEN.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
