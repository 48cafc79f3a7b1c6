"""A model's folder in the layout of mulan.json (kernel/mulan/model/manifest reads it)."""
from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from torch import nn

from .graph import Inputs, export
from .precision import make_variant, measure_loss


@dataclass
class Tower:
    """A module, what to try it with, and its part of the manifest without file names."""

    module: nn.Module
    probes: list[Inputs]
    manifest: dict[str, Any]
    free_axes: dict[str, dict[int, str]] = field(default_factory=dict)


@dataclass
class ModelFacts:
    id: str
    name: str
    dim: int
    temperature: float
    licence: str
    description: str = ""
    version: str = "1.0.0"
    trained_on: list[dict[str, Any]] = field(default_factory=list)


def write_model(folder: Path, facts: ModelFacts, audio: Tower, text: Tower, tokenizer: Path, precisions: tuple[str, ...] = ()) -> dict[str, float]:
    """Exports both towers behind the parity gate and writes mulan.json; returns the least cosines by tower."""
    folder.mkdir(parents=True, exist_ok=True)
    parity, parts = {}, {}
    for name, tower in (("audio", audio), ("text", text)):
        graph = folder / f"{name}.onnx"
        parity[name] = export(tower.module, graph, tower.probes, tower.free_axes)
        variants, loss = {}, {}
        for precision in precisions:
            target = folder / f"{name}.{precision}.onnx"
            make_variant(precision, graph, target)
            variants[precision], loss[precision] = target.name, measure_loss(graph, target, tower.probes)
        extra = {"precision": "fp32", "variants": variants, "variantLoss": loss} if variants else {}
        parts[name] = {"file": graph.name, **extra, "output": {"name": "embeds"}, **tower.manifest}
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    document = {
        "format": "mulan/1", "id": model_id(facts.id), "name": facts.name, "version": facts.version,
        **({"description": facts.description} if facts.description else {}),
        "dim": facts.dim, "temperature": facts.temperature, "licence": facts.licence, "trainedOn": facts.trained_on,
        "audio": parts["audio"], "text": parts["text"],
        "files": {path.name: file_entry(path) for path in sorted(folder.iterdir()) if path.name != "mulan.json"},
    }
    (folder / "mulan.json").write_text(json.dumps(document, indent=2) + "\n")
    return parity


def model_id(name: str) -> str:
    """What the manifest allows: lower case, digits, dots, dashes and underscores."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._") or "model"


def file_entry(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return {"sha256": digest.hexdigest(), "bytes": path.stat().st_size}
