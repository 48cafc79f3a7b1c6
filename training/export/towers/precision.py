"""Smaller variants of a graph, and what each costs in cosine."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16

from .graph import Inputs, cosines, run, session

PRECISIONS = ("int8", "fp16")


def make_variant(precision: str, source: Path, target: Path) -> None:
    if precision == "fp16":
        # Inputs and outputs stay float32, so that a caller need not know which variant runs.
        onnx.save(convert_float_to_float16(onnx.load(source), keep_io_types=True), target)
    elif precision == "int8":
        # Products of matrices only: dynamically quantised convolutions are slower than float32 ones.
        quantize_dynamic(source, target, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8, per_channel=True)
    else:
        raise ValueError(f"expected one of {', '.join(PRECISIONS)}, got {precision}")


def measure_loss(full: Path, variant: Path, probes: Iterable[Inputs]) -> dict[str, float]:
    """Cosine between the embeddings of both graphs: mean and least over all rows of `probes`."""
    graphs = session(full), session(variant)
    found = np.concatenate([cosines(*(run(graph, probe) for graph in graphs)) for probe in probes])
    return {"meanCosine": round(float(found.mean()), 6), "leastCosine": round(float(found.min()), 6)}
