"""MuQ-MuLan (package muq): its log-mel stays outside the graphs, so that no runtime needs an FFT."""
from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

SAMPLE_RATE_HZ = 24_000
CLIP_SEC = 10
N_MELS = 128
HOP = 240
MAX_TOKENS = 512


class MuqAudio(nn.Module):
    """Normalised log-mel [batch, frames, mels] → [batch, dim], unit length."""

    def __init__(self, model: Any):
        super().__init__()
        mulan = with_plain_norms(model.mulan_module)
        self.muq, self.tower, self.to_latents = mulan.audio.model.model, mulan.audio, mulan.audio_to_latents
        # transformers 5 asks for it, and the package's settings are older.
        self.muq.conformer.config.setdefault("_attn_implementation", "eager")

    def forward(self, mel: Tensor) -> Tensor:
        states = self.muq.encoder(mel.transpose(1, 2))[1][self.tower.use_layer_idx]
        tokens, _ = self.tower.transformer(self.tower.proj(states), return_all_layers=True)
        return unit(self.to_latents(tokens.mean(dim=-2)))


class MuqText(nn.Module):
    """Token ids [batch, tokens] → [batch, dim]. The mean has no mask: one text at a time, unpadded."""

    def __init__(self, model: Any):
        super().__init__()
        mulan = with_plain_norms(model.mulan_module)
        self.tower, self.to_latents = mulan.text, mulan.text_to_latents

    def forward(self, input_ids: Tensor) -> Tensor:
        states = self.tower.model(input_ids=input_ids, attention_mask=torch.ones_like(input_ids)).last_hidden_state
        tokens, _ = self.tower.transformer(self.tower.proj(states), return_all_layers=True)
        return unit(self.to_latents(tokens.mean(dim=-2)))


def with_plain_norms(module: nn.Module) -> Any:
    """Replaces the package's layer norms, in place, by torch's with the same numbers: the package asks a traced
    tensor for its width, which the exporter can then no longer know."""
    for name, child in module.named_children():
        if hasattr(child, "learned_gamma"):
            gamma = child.gamma if child.learned_gamma is None else child.learned_gamma
            plain = nn.LayerNorm(len(gamma))
            plain.weight.data, plain.bias.data = gamma.detach(), child.beta.detach()
            setattr(module, name, plain)
        else:
            with_plain_norms(child)
    return module


def unit(rows: Tensor) -> Tensor:
    return nn.functional.normalize(rows, dim=-1)


def front_end(stat: dict[str, float]) -> dict[str, Any]:
    """torchaudio's MelSpectrogram and decibels; the package drops the last of the 1,001 frames."""
    return {
        "kind": "logMel", "sampleRateHz": SAMPLE_RATE_HZ, "nFft": 2048, "windowLength": 2048, "hopLength": HOP, "window": "hann",
        "nMels": N_MELS, "fMinHz": 0, "fMaxHz": SAMPLE_RATE_HZ / 2, "melScale": "htk", "norm": "none", "power": 2, "center": True,
        "padMode": "reflect", "log": {"kind": "db", "amin": 1e-10, "ref": 1, "topDb": None},
        "normalization": {"mean": stat["melspec_2048_mean"], "std": stat["melspec_2048_std"]},
        "fixedFrames": {"count": CLIP_SEC * SAMPLE_RATE_HZ // HOP, "fillValue": 0},
    }
