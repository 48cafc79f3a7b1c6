"""CLAP: audio features as transformers' ClapFeatureExtractor makes them, and both towers with their projections."""
from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize

from .folder import Tower
from .probes import audio_probes, text_probes

SAMPLE_RATE_HZ = 48_000
MAX_TOKENS = 77
"""LAION's own limit; the positions would carry 512."""


class ClapAudio(nn.Module):
    """Log-mel [batch, 1, frames, mels] → [batch, dim] of transformers' ClapModel."""

    def __init__(self, model: Any):
        super().__init__()
        self.backbone, self.projection = model.audio_model, model.audio_projection

    def forward(self, input_features: Tensor) -> Tensor:
        return normalize(self.projection(self.backbone(input_features=input_features).pooler_output), dim=-1)


class ClapText(nn.Module):
    """Token ids and mask [batch, tokens] → [batch, dim] of transformers' ClapModel."""

    def __init__(self, model: Any):
        super().__init__()
        self.backbone, self.projection = model.text_model, model.text_projection

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        pooled = self.backbone(input_ids=input_ids, attention_mask=attention_mask).pooler_output
        return normalize(self.projection(pooled), dim=-1)


def front_end(n_mels: int, sample_rate: int, n_fft: int, hop: int, f_min: float, f_max: float) -> dict[str, Any]:
    """Slaney's scale and norm, decibels: what the unfused checkpoints hear."""
    return {
        "kind": "logMel", "sampleRateHz": sample_rate, "nFft": n_fft, "windowLength": n_fft, "hopLength": hop, "window": "hann",
        "nMels": n_mels, "fMinHz": f_min, "fMaxHz": f_max, "melScale": "slaney", "norm": "slaney", "power": 2, "center": True,
        "padMode": "reflect", "log": {"kind": "db", "amin": 1e-10, "ref": 1, "topDb": None},
    }


def audio_tower(module: nn.Module, front: dict[str, Any], window_samples: int) -> Tower:
    frames = 1 + window_samples // front["hopLength"]
    return Tower(module, audio_probes("input_features", [(1, frames, front["nMels"])], scale=15.0, offset=-30.0), {
        "input": {"name": "input_features", "layout": ["batch", "channel", "frame", "mel"]}, "frontEnd": front,
        "windows": {"lengthSamples": window_samples, "hopSamples": window_samples, "padding": "repeatpad", "lastWindow": "shift"},
        "pooling": {"windows": "mean", "normalizeWindows": True, "normalize": True},
    })


def text_tower(module: nn.Module, vocabulary: int) -> Tower:
    tokens = {name: {1: "tokens"} for name in ("input_ids", "attention_mask")}
    return Tower(module, text_probes(vocabulary), {
        "inputs": {"ids": "input_ids", "mask": "attention_mask"},
        "tokenizer": {"file": "tokenizer.json", "maxTokens": MAX_TOKENS}, "batching": "masked", "normalize": True,
    }, tokens)


def temperature(logit_scale: Tensor) -> float:
    """The scale is stored as the logarithm of 1/τ."""
    return round(float(torch.exp(-logit_scale)), 6)
