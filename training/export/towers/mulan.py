"""MuLan's own architectures: M-AST or M-ResNet-50 beside BERT, each with a linear layer into the shared space.

The paper's weights were never published, so there is no file format to follow: a checkpoint is a folder with
config.json (`MulanConfig`), weights.safetensors (keys `audio.…` and `text.…`) and the text tower's tokenizer.json.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn.functional import normalize
from torchvision.models.resnet import Bottleneck, ResNet
from transformers import ASTConfig, ASTModel, BertConfig, BertModel


class AstTower(nn.Module):
    """Log-mel [batch, frames, mels] → [batch, dim]: 16 × 16 patches, the mean of both class tokens, a linear layer."""

    def __init__(self, config: ASTConfig, dim: int):
        super().__init__()
        self.backbone = ASTModel(config)
        self.projection = nn.Linear(config.hidden_size, dim)

    def forward(self, mel: Tensor) -> Tensor:
        return normalize(self.projection(self.backbone(input_values=mel).pooler_output), dim=-1)


class ResNetTower(nn.Module):
    """Log-mel [batch, 1, frames, mels] of any length → [batch, dim]; [3, 4, 6, 3] blocks are ResNet-50."""

    def __init__(self, blocks: list[int], dim: int):
        super().__init__()
        self.backbone = ResNet(Bottleneck, blocks, num_classes=dim)
        self.backbone.conv1 = nn.Conv2d(1, 64, kernel_size=7, stride=2, padding=3, bias=False)

    def forward(self, mel: Tensor) -> Tensor:
        return normalize(self.backbone(mel), dim=-1)


class BertTower(nn.Module):
    """Token ids and mask [batch, tokens] → [batch, dim]: the first token's state, a linear layer."""

    def __init__(self, config: BertConfig, dim: int):
        super().__init__()
        self.backbone = BertModel(config, add_pooling_layer=False)
        self.projection = nn.Linear(config.hidden_size, dim)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        states = self.backbone(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return normalize(self.projection(states[:, 0]), dim=-1)


@dataclass
class MulanConfig:
    name: str
    dim: int
    temperature: float
    licence: str
    """{"kind": "ast", "config": ASTConfig's fields} or {"kind": "resnet", "blocks": [3, 4, 6, 3]}"""
    audio: dict[str, Any]
    """BertConfig's fields"""
    text: dict[str, Any]
    """As in mulan.json."""
    front_end: dict[str, Any]
    windows: dict[str, Any]
    max_tokens: int = 512

    def towers(self) -> tuple[nn.Module, BertTower]:
        kind = self.audio["kind"]
        if kind == "ast":
            audio: nn.Module = AstTower(ASTConfig(**self.audio["config"], attn_implementation="eager"), self.dim)
        elif kind == "resnet":
            audio = ResNetTower(self.audio["blocks"], self.dim)
        else:
            raise ValueError(f"audio.kind: expected ast or resnet, got {kind}")
        return audio.eval(), BertTower(BertConfig(**self.text, attn_implementation="eager"), self.dim).eval()


def load_checkpoint(folder: Path) -> tuple[MulanConfig, nn.Module, BertTower]:
    """@raises RuntimeError when a weight is missing, is one too many or has another shape"""
    config = MulanConfig(**json.loads((folder / "config.json").read_text()))
    audio, text = config.towers()
    weights = load_file(folder / "weights.safetensors")
    for name, tower in (("audio", audio), ("text", text)):
        own = {key.removeprefix(f"{name}."): value for key, value in weights.items() if key.startswith(f"{name}.")}
        tower.load_state_dict(own)
    return config, audio, text


def save_checkpoint(folder: Path, config: MulanConfig, audio: nn.Module, text: nn.Module) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    weights = {f"audio.{key}": value for key, value in audio.state_dict().items()}
    weights |= {f"text.{key}": value for key, value in text.state_dict().items()}
    save_file({key: value.contiguous() for key, value in weights.items()}, folder / "weights.safetensors")
    (folder / "config.json").write_text(json.dumps(vars(config), indent=2) + "\n")


SAMPLE_RATE_HZ = 16_000
WINDOW = {"lengthSamples": 10 * SAMPLE_RATE_HZ, "hopSamples": 10 * SAMPLE_RATE_HZ, "padding": "repeat", "lastWindow": "shift"}
"""The paper's 10 s; how it fills a shorter clip is not told."""


def log_mel_front_end(n_mels: int) -> dict[str, Any]:
    """The paper's 25 ms windows every 10 ms; scale, norm and log are a choice of ours, because it names none."""
    return {
        "kind": "logMel", "sampleRateHz": SAMPLE_RATE_HZ, "nFft": 512, "windowLength": 400, "hopLength": 160, "window": "hann",
        "nMels": n_mels, "fMinHz": 60, "fMaxHz": 7800, "melScale": "htk", "norm": "none", "power": 2, "center": True,
        "padMode": "reflect", "log": {"kind": "ln", "offset": 1e-5},
    }


def n_frames(config: MulanConfig) -> int:
    """Of a whole window, centred frames."""
    return 1 + config.windows["lengthSamples"] // config.front_end["hopLength"]


@torch.no_grad()
def seeded(tower: nn.Module, seed: int, gain: float = 1.4) -> nn.Module:
    """Random weights that spread embeddings, so that a comparison would see a mistake; for tests and timing.

    A deep tower wants a smaller gain: above 1, each layer doubles what rounding did in the last.
    """
    generator = torch.Generator().manual_seed(seed)
    for name, parameter in tower.named_parameters():
        if not parameter.requires_grad:
            continue  # constants, such as LAION's Fourier and mel matrices
        if parameter.ndim > 1:
            fan_in = parameter[0].numel()
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * (gain / fan_in**0.5))
        elif name.endswith("bias"):
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * 0.1)
    return tower.eval()
