"""A PyTorch module as an ONNX graph that is let out only when it computes the same."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import Tensor, nn

from .lean import resizing_by_products, slim

OPSET = 17
LEAST_COSINE = 0.9999
OUTPUT = "embeds"

Inputs = dict[str, Tensor]


class ParityError(RuntimeError):
    """The graph and the PyTorch module disagree."""


def session(path: Path, threads: int = 0) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(graph: ort.InferenceSession, inputs: Inputs) -> np.ndarray:
    return graph.run([OUTPUT], {name: value.numpy() for name, value in inputs.items()})[0]


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """[rows] of two matrices [rows, dim]."""
    return (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))


@torch.inference_mode()
def export(tower: nn.Module, path: Path, probes: Iterable[Inputs], free_axes: dict[str, dict[int, str]]) -> float:
    """Writes `tower` and returns its least cosine with PyTorch over `probes`.

    `probes` need two batch sizes, and two lengths where the graph takes any: tracing bakes in what it does not know
    to be free, and only another size shows it. The first probe is the one that is traced. `free_axes` names the axes
    of the inputs that may change; the batch is free in any case.
    """
    tower.eval()
    probes = list(probes)
    names = list(probes[0])
    axes = {name: {0: "batch"} | free_axes.get(name, {}) for name in names} | {OUTPUT: {0: "batch"}}
    path.parent.mkdir(parents=True, exist_ok=True)
    with resizing_by_products():
        torch.onnx.export(
            tower, tuple(probes[0].values()), str(path), input_names=names, output_names=[OUTPUT], opset_version=OPSET,
            dynamic_axes=axes, dynamo=False, do_constant_folding=True,
        )
    slim(path)
    onnx.checker.check_model(str(path))
    graph = session(path)
    worst = min(float(cosines(run(graph, probe), tower(*probe.values()).numpy()).min()) for probe in probes)
    if not worst >= LEAST_COSINE:
        path.unlink()
        raise ParityError(f"{path.name}: cosine between PyTorch and ONNX is {worst:.6f}, expected {LEAST_COSINE} or more")
    return worst
