"""all-MiniLM-L6-v2 in plain PyTorch: a 6-layer BERT and a masked mean over tokens."""
from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

LAYERS, HEADS, WIDTH = 6, 12, 384
LAYER_NORM_EPS = 1e-12
MAX_TOKENS = 128


class RowQuantisedEmbedding(nn.Module):
    """An embedding table as int8 with one scale a row; exact to a 254th of a row's largest value."""

    def __init__(self, table: Tensor):
        super().__init__()
        scale = table.abs().amax(dim=1, keepdim=True).clamp_min(1e-12) / 127
        self.register_buffer("table", torch.round(table / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids].float() * self.scale[ids]


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps=LAYER_NORM_EPS)
        self.norm_output = nn.LayerNorm(WIDTH, eps=LAYER_NORM_EPS)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        split = lambda part: part.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)
        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias, dim=-1)
        x = self.norm_attention(x + self.out((weights @ value).transpose(1, 2).flatten(2)))
        return self.norm_output(x + self.down(F.gelu(self.up(x))))


class MiniLm(nn.Module):
    """Token ids and mask [batch, tokens] to a unit sentence vector [batch, 384]."""

    def __init__(self, folder: Path):
        super().__init__()
        stored = load_file(folder / "model.safetensors")
        self.words = nn.Embedding.from_pretrained(stored["embeddings.word_embeddings.weight"])
        self.register_buffer("positions", stored["embeddings.position_embeddings.weight"])
        self.register_buffer("first_segment", stored["embeddings.token_type_embeddings.weight"][0])
        self.norm = nn.LayerNorm(WIDTH, eps=LAYER_NORM_EPS)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS))
        parts = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm",
                 "up": "intermediate.dense", "down": "output.dense", "norm_output": "output.LayerNorm"}
        own = {f"norm.{end}": stored[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")}
        for index in range(LAYERS):
            for mine, theirs in parts.items():
                for end in ("weight", "bias"):
                    own[f"layers.{index}.{mine}.{end}"] = stored[f"encoder.layer.{index}.{theirs}.{end}"]
        missing, unexpected = self.load_state_dict(own, strict=False)
        if unexpected or set(missing) - {"words.weight", "positions", "first_segment"}:
            raise ValueError(f"MiniLM weights do not fit: missing {missing}, unexpected {unexpected}")

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.words(ids) + self.positions[: ids.shape[1]] + self.first_segment
        x = self.norm(x)
        bias = (1 - mask[:, None, None, :].to(x.dtype)) * -1e9
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask.unsqueeze(2).to(x.dtype)
        return F.normalize((x * weight).sum(1) / weight.sum(1).clamp_min(1), dim=1)


def tokenizer(folder: Path) -> Tokenizer:
    loaded = Tokenizer.from_file(str(folder / "tokenizer.json"))
    loaded.no_padding()
    loaded.enable_truncation(MAX_TOKENS)
    return loaded


@torch.inference_mode()
def sentence_vectors(model: MiniLm, tokens: Tokenizer, texts: list[str], batch: int = 128) -> np.ndarray:
    """[n, 384] float32; texts of like length share a batch."""
    encoded = [tokens.encode(text).ids for text in texts]
    order = sorted(range(len(texts)), key=lambda index: len(encoded[index]))
    out = np.zeros((len(texts), WIDTH), np.float32)
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        width = max(len(encoded[row]) for row in rows)
        ids = torch.zeros(len(rows), width, dtype=torch.long)
        mask = torch.zeros(len(rows), width, dtype=torch.long)
        for at, row in enumerate(rows):
            ids[at, : len(encoded[row])] = torch.tensor(encoded[row])
            mask[at, : len(encoded[row])] = 1
        out[rows] = model(ids, mask).numpy()
    return out
