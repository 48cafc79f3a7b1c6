"""The two graphs that ship: log-mel to embedding, token ids to embedding."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .heads import Heads
from .log_mel import N_MELS
from .minilm import MiniLm, RowQuantisedEmbedding
from .musicnn import Musicnn
from .paths import MINILM, TEACHERS

OPSET = 17
LEAST_COSINE = 0.9999


class AudioTower(nn.Module):
    """Log-mel [batch, frames, 96] to unit embeddings [batch, 128]."""

    def __init__(self, heads: Heads):
        super().__init__()
        self.networks = nn.ModuleList(Musicnn(TEACHERS / name) for name in ("MTT_musicnn", "MSD_musicnn"))
        self.head = heads.audio

    def forward(self, mel: Tensor) -> Tensor:
        (pooled_a, dense_a, tags_a), (pooled_b, dense_b, tags_b) = (network(mel) for network in self.networks)
        return self.head(torch.cat([pooled_a, dense_a, pooled_b, dense_b, tags_a, tags_b], dim=1))


class TextTower(nn.Module):
    """Token ids and mask [batch, tokens] to unit embeddings [batch, 128]."""

    def __init__(self, heads: Heads, small_table: bool):
        super().__init__()
        self.sentence = MiniLm(MINILM)
        if small_table:
            self.sentence.words = RowQuantisedEmbedding(self.sentence.words.weight.data)
        self.head = heads.text

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.head(self.sentence(ids, mask))


def session(path: Path, threads: int = 1) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _least_cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float(((a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))).min())


def _gate(name: str, cosine: float) -> float:
    if cosine < LEAST_COSINE:
        raise RuntimeError(f"{name}: least cosine between PyTorch and ONNX is {cosine:.6f}, expected {LEAST_COSINE} or more")
    return cosine


@torch.inference_mode()
def export_audio(tower: AudioTower, path: Path) -> float:
    """Writes the graph and returns the least cosine with PyTorch over two batch sizes and two lengths."""
    tower.eval()
    torch.onnx.export(
        tower, (torch.rand(2, 187, N_MELS),), str(path), input_names=["mel"], output_names=["embeds"], opset_version=OPSET,
        dynamic_axes={"mel": {0: "batch", 1: "frames"}, "embeds": {0: "batch"}}, dynamo=False, do_constant_folding=True,
    )
    store_halves(path)
    run, generator = session(path), torch.Generator().manual_seed(3)
    worst = 1.0
    for batch, frames in ((1, 187), (5, 187), (1, 313), (5, 313)):
        mel = torch.rand(batch, frames, N_MELS, generator=generator) * 3
        worst = min(worst, _least_cosine(run.run(None, {"mel": mel.numpy()})[0], tower(mel).numpy()))
    return _gate("audio tower", worst)


@torch.inference_mode()
def export_text(tower: TextTower, path: Path) -> float:
    """Writes the fp32 graph and returns the least cosine with PyTorch over two batch sizes and two lengths."""
    tower.eval()
    ids, mask = torch.randint(999, 20_000, (2, 9)), torch.ones(2, 9, dtype=torch.long)
    torch.onnx.export(
        tower, (ids, mask), str(path), input_names=["input_ids", "attention_mask"], output_names=["embeds"], opset_version=OPSET,
        dynamic_axes={"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}, "embeds": {0: "batch"}},
        dynamo=False, do_constant_folding=True,
    )
    onnx.checker.check_model(str(path))
    run, generator = session(path), torch.Generator().manual_seed(4)
    worst = 1.0
    for batch, tokens in ((1, 5), (6, 5), (1, 40), (6, 40)):
        ids = torch.randint(999, 20_000, (batch, tokens), generator=generator)
        mask = (torch.arange(tokens) < torch.randint(2, tokens + 1, (batch, 1), generator=generator)).long()
        ours = run.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})[0]
        worst = min(worst, _least_cosine(ours, tower(ids, mask).numpy()))
    return _gate("text tower", worst)


def store_halves(path: Path) -> None:
    """Stores large weights as float16, in place: half the bytes; they become float32 again on load."""
    model = onnx.load(path)
    graph, casts = model.graph, []
    for tensor in [tensor for tensor in graph.initializer if tensor.data_type == TensorProto.FLOAT and np.prod(tensor.dims) > 1000]:
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), tensor.name + "_half"))
        casts.append(helper.make_node("Cast", [tensor.name + "_half"], [tensor.name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def quantise_text(source: Path, target: Path) -> None:
    """Stores the matrices of all products as int8 with one scale a column; they become float32 again on load.

    Activations stay float32, so an embedding does not depend on its batch, as it would with dynamic
    quantisation, whose activation ranges are taken over the whole batch.
    """
    graph = onnx.load(source).graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes, restored = [], set()
    for node in graph.node:
        name = node.input[1] if node.op_type == "MatMul" else ""
        if name in weights and name not in restored:
            matrix = numpy_helper.to_array(weights[name])
            scale = np.abs(matrix).max(axis=0, keepdims=True) / 127
            graph.initializer.remove(weights[name])
            graph.initializer.append(numpy_helper.from_array(np.round(matrix / scale).astype(np.int8), name + "_int8"))
            graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), name + "_scale"))
            nodes.append(helper.make_node("Cast", [name + "_int8"], [name + "_float"], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [name + "_float", name + "_scale"], [name]))
            restored.add(name)
        nodes.append(node)
    model = helper.make_model(helper.make_graph(nodes, graph.name, graph.input, graph.output, graph.initializer),
                              opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, target)


def batch_error(run: ort.InferenceSession, rows: list[list[int]]) -> float:
    """Largest change of a text's embedding between alone and padded in one batch."""
    width = max(len(row) for row in rows)
    ids = np.zeros((len(rows), width), np.int64)
    mask = np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row)], mask[at, : len(row)] = row, 1
    together = run.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    alone = [run.run(None, {"input_ids": np.array([row]), "attention_mask": np.ones((1, len(row)), np.int64)})[0][0] for row in rows]
    return float(np.abs(together - np.stack(alone)).max())
