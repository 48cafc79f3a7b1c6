"""Step 5: the figures of the model card: the trained heads, the untrained baseline and chance side by side.

Writes WORK/report.json and prints a table.
"""
from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import torch

from recipe.baseline import TEMPERATURES, TagBaseline
from recipe.evaluation import Figure, System, evaluate_real, evaluate_samples, evaluate_synthetic
from recipe.features import load
from recipe.heads import HeadSystem, load_heads
from recipe.paths import CHECKPOINT, REPORT


def figures_of(system: System) -> dict[str, Figure]:
    return (evaluate_synthetic(system, load("synth-heldout")) | evaluate_samples(system, load("samples"))
            | evaluate_real(system, load("real-heldout")))


def better(name: str, a: Figure, b: Figure) -> Figure:
    lower_wins = name.endswith("median rank")
    return min(a, b, key=lambda f: f.value) if lower_wins else max(a, b, key=lambda f: f.value)


def main() -> None:
    torch.set_num_threads(1)
    reference = load("real-train")
    baseline: dict[str, Figure] = {}
    for sharpness in TEMPERATURES:
        for name, figure in figures_of(TagBaseline(sharpness, reference)).items():
            baseline[name] = better(name, figure, baseline.get(name, figure))
    system = HeadSystem(load_heads(torch.load(CHECKPOINT)["heads"]))
    trained = figures_of(system)
    words = system.text([name for name in trained["synthetic genre ROC-AUC, bare label"].detail])
    cosines = (words @ words.T)[np.triu_indices(len(words), 1)]
    report = {
        "figures": {name: {"model": asdict(trained[name]), "baseline": asdict(baseline[name])} for name in trained},
        "textCosine": {"mean": float(cosines.mean()), "std": float(cosines.std()), "max": float(cosines.max())},
    }
    REPORT.write_text(json.dumps(report, indent=1))
    for name, figure in trained.items():
        print(f"{name:68s} {figure.value:7.3f}  baseline {baseline[name].value:7.3f}  chance {figure.chance:7.3f}  {figure.n}")
    print("text-text cosine", report["textCosine"])


if __name__ == "__main__":
    main()
