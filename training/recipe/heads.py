"""The trained part: what turns teacher features and sentence vectors into one shared space."""
from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .features import FeatureSet
from .minilm import MiniLm, sentence_vectors, tokenizer
from .paths import MINILM

DIM = 128
TAGS = 100
AUDIO_WIDTH = 3412 + TAGS
"""1506 pooled and 200 penultimate features of each teacher, then both teachers' 50 tag logits."""


class AudioHead(nn.Module):
    """Features and tag logits [batch, 3512] to unit embeddings [batch, 128].

    The logits have a linear way of their own: what the teachers learned from much real music then holds for
    clips unlike those that the heads are trained on.
    """

    def __init__(self, hidden: int = 384, dropout: float = 0.4):
        super().__init__()
        self.register_buffer("mean", torch.zeros(AUDIO_WIDTH))
        self.register_buffer("inverse_std", torch.ones(AUDIO_WIDTH))
        self.dropout = nn.Dropout(dropout)
        self.up = nn.Linear(AUDIO_WIDTH - TAGS, hidden)
        self.middle = nn.Linear(hidden, hidden)
        self.down = nn.Linear(hidden, DIM)
        self.tags = nn.Linear(TAGS, DIM, bias=False)

    def fit(self, heard: np.ndarray) -> None:
        rows = torch.from_numpy(heard.reshape(-1, AUDIO_WIDTH)).float()
        self.mean.copy_(rows.mean(0))
        self.inverse_std.copy_(1 / rows.std(0).clamp_min(1e-3))

    def forward(self, heard: Tensor) -> Tensor:
        x = ((heard - self.mean) * self.inverse_std).clamp(-6, 6)
        features, tags = x[:, :-TAGS], x[:, -TAGS:]
        x = F.gelu(self.up(self.dropout(features)))
        x = x + F.gelu(self.middle(self.dropout(x)))
        return F.normalize(self.down(self.dropout(x)) + self.tags(tags), dim=1)


class TextHead(nn.Module):
    """Sentence vectors [batch, 384] to unit embeddings [batch, 128]."""

    def __init__(self, hidden: int = 512, dropout: float = 0.2):
        super().__init__()
        self.up = nn.Linear(384, hidden)
        self.down = nn.Linear(hidden, DIM)
        self.skip = nn.Linear(384, DIM, bias=False)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors: Tensor) -> Tensor:
        x = vectors * 384**0.5
        return F.normalize(self.skip(x) + self.down(self.dropout(F.gelu(self.up(x)))), dim=1)


class Heads(nn.Module):
    """Both heads and the temperature they were trained with."""

    def __init__(self) -> None:
        super().__init__()
        self.audio = AudioHead()
        self.text = TextHead()
        self.log_temperature = nn.Parameter(torch.tensor(0.07).log())

    @property
    def temperature(self) -> Tensor:
        return self.log_temperature.exp().clamp(0.03, 0.2)


class HeadSystem:
    """The trained model as evaluation sees it: clips are the mean of their windows."""

    def __init__(self, heads: Heads):
        self.heads = heads.eval()
        self.model, self.tokens = MiniLm(MINILM).eval(), tokenizer(MINILM)

    @torch.inference_mode()
    def audio(self, clips: FeatureSet) -> np.ndarray:
        windows = torch.from_numpy(clips.heard()).float()
        embeds = self.heads.audio(windows.flatten(0, 1)).unflatten(0, windows.shape[:2])
        return F.normalize(embeds.mean(1), dim=1).numpy()

    @torch.inference_mode()
    def text(self, texts: list[str]) -> np.ndarray:
        return self.heads.text(torch.from_numpy(sentence_vectors(self.model, self.tokens, texts))).numpy()


def load_heads(stored: dict[str, Any]) -> Heads:
    heads = Heads()
    heads.load_state_dict(stored)
    return heads.eval()
