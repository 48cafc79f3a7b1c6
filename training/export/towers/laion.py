"""LAION's own CLAP (package laion-clap), rebuilt from a state dict without the network."""
from __future__ import annotations

import pickle
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import RobertaConfig, RobertaModel

WIDTHS = {96: "tiny", 128: "base", 256: "large"}
"""Width of the first HTSAT stage → the package's name for it."""


NUMPY_SCALARS = [
    (type(np.float64(0)).__reduce__(np.float64(0))[0], f"numpy.{core}.multiarray.scalar") for core in ("core", "_core")
] + [np.dtype] + [type(np.dtype(kind)) for kind in ("f4", "f8", "i4", "i8", "?")]
"""Losses and scores beside the weights are often numpy's; they are plain data under two names of one module."""


def state_dict(file: Path, trusted: bool = False) -> dict[str, Tensor]:
    """Weights of a `.pt` of LAION's or of open_clip's training script; nothing in it is executed unless `trusted`.

    @raises ValueError where the file holds more than weights and numbers
    """
    try:
        with torch.serialization.safe_globals(NUMPY_SCALARS):
            stored = torch.load(file, map_location="cpu", weights_only=not trusted)
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"{file}: holds more than weights, or an older kind of pickle; reading it may run code that is in it. "
            "If you trust whoever made it, add --trust-checkpoint"
        ) from error
    weights = stored.get("state_dict", stored)
    return {key.removeprefix("module.").removeprefix("model."): value for key, value in weights.items() if "position_ids" not in key}


def build(weights: dict[str, Tensor]) -> nn.Module:
    """The package's model with these weights: HTSAT and RoBERTa, told from their shapes.

    @raises ValueError for a fused model or another audio encoder; RuntimeError where weights do not fit
    """
    patches = weights.get("audio_branch.patch_embed.proj.weight")
    if patches is None:
        raise ValueError("expected an HTSAT audio encoder (audio_branch.patch_embed…); PANN and others are not exported")
    if any("fusion_model" in key for key in weights):
        raise ValueError("a fused CLAP embeds four random crops; expected a non-fusion checkpoint")
    words = weights["text_branch.embeddings.word_embeddings.weight"]
    config = RobertaConfig(
        vocab_size=words.shape[0], hidden_size=words.shape[1],
        num_hidden_layers=1 + max(int(key.split(".")[3]) for key in weights if key.startswith("text_branch.encoder.layer.")),
        num_attention_heads=words.shape[1] // 64,
        intermediate_size=weights["text_branch.encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=weights["text_branch.embeddings.position_embeddings.weight"].shape[0],
        type_vocab_size=1, pad_token_id=1, attn_implementation="eager",
    )
    model = empty(config, WIDTHS[patches.shape[0]], embed_dim=weights["audio_projection.0.weight"].shape[1])
    missing, unknown = model.load_state_dict(weights, strict=False)
    missing = [key for key in missing if "position_ids" not in key]
    if missing or unknown:
        raise RuntimeError(f"the checkpoint does not fit: missing {missing[:3]}, unknown {unknown[:3]}")
    return model.eval()


def empty(config: RobertaConfig, audio_name: str, embed_dim: int) -> nn.Module:
    """The package's model before it has weights; `audio_name` as in WIDTHS."""
    found = find_spec("laion_clap")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("laion-clap is not installed: pip install laion-clap==1.1.7")
    # The package imports itself as the top-level `clap_module`, and its own __init__ a whole training pipeline.
    sys.path.insert(0, str(Path(found.origin).parent))
    from clap_module import htsat
    from clap_module import model as clap

    # The package's own divides by Python's int, and a traced graph would keep the batch that it was traced with.
    htsat.window_reverse = window_reverse

    audio: Any = SimpleNamespace(
        audio_length=1024, clip_samples=480_000, mel_bins=64, sample_rate=48_000, window_size=1024, hop_size=480, fmin=50,
        fmax=14_000, class_num=527, model_type="HTSAT", model_name=audio_name,
    )
    text = SimpleNamespace(context_length=77, vocab_size=49_408, width=512, heads=8, layers=12, model_type="roberta")
    # Its constructor would download roberta-base, whose weights are replaced right after.
    with patch.object(clap.RobertaModel, "from_pretrained", lambda name: RobertaModel(config)):
        return clap.CLAP(embed_dim=embed_dim, audio_cfg=vars(audio), text_cfg=vars(text))


def window_reverse(windows: Tensor, size: int, height: int, width: int) -> Tensor:
    """Windows [batch · windows, size, size, channels] put together to [batch, height, width, channels]."""
    tiles = windows.view(-1, height // size, width // size, size, size, windows.shape[-1])
    return tiles.permute(0, 1, 3, 2, 4, 5).reshape(-1, height, width, windows.shape[-1])


class LaionAudio(nn.Module):
    """Log-mel [batch, 1, frames, mels] → [batch, dim]: the package's forward after its own log-mel."""

    def __init__(self, model: Any):
        super().__init__()
        self.branch, self.projection = model.audio_branch, model.audio_projection

    def forward(self, input_features: Tensor) -> Tensor:
        normed = self.branch.bn0(input_features.transpose(1, 3)).transpose(1, 3)
        found = self.branch.forward_features(self.branch.reshape_wav2img(normed))
        return normalize(self.projection(found["embedding"]), dim=-1)


class LaionText(nn.Module):
    """Token ids and mask [batch, tokens] → [batch, dim]."""

    def __init__(self, model: Any):
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        tokens = {"input_ids": input_ids, "attention_mask": attention_mask}
        return normalize(self.model.encode_text(tokens, input_ids.device), dim=-1)
