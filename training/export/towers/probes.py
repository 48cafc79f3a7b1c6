"""Seeded inputs that a graph is compared on."""
from __future__ import annotations

import torch

from .graph import Inputs

BATCHES = (1, 3)


def text_probes(vocabulary: int, lengths: tuple[int, int] = (7, 31), masked: bool = True, lowest: int = 5) -> list[Inputs]:
    """Ids between the special tokens and the vocabulary's end; with a mask, texts of different lengths in a batch."""
    generator = torch.Generator().manual_seed(4)
    probes = []
    for length in lengths:
        for batch in BATCHES:
            ids = torch.randint(lowest, vocabulary, (batch, length), generator=generator)
            if not masked:
                probes.append({"input_ids": ids})
                continue
            ends = torch.randint(2, length + 1, (batch, 1), generator=generator)
            ends[0] = length
            probes.append({"input_ids": ids, "attention_mask": (torch.arange(length) < ends).long()})
    return probes


def audio_probes(name: str, shapes: list[tuple[int, ...]], scale: float, offset: float = 0.0) -> list[Inputs]:
    """Normal numbers of each shape [without batch], in two batch sizes; the first is traced."""
    generator = torch.Generator().manual_seed(3)
    return [
        {name: torch.randn((batch, *shape), generator=generator) * scale + offset} for shape in shapes for batch in BATCHES
    ]
