"""Synthetic clips on disk: 16-bit PCM in one .npy, labels in one .json beside it."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import numpy as np


def save_rendered(folder: Path, clips: list[np.ndarray], labels: list[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "pcm.npy", np.stack([np.clip(clip * 32767, -32768, 32767).astype(np.int16) for clip in clips]))
    (folder / "labels.json").write_text(json.dumps(labels))


def rendered_clips(folder: Path) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    """Labels and PCM [95232] at 16 kHz in [-1, 1]."""
    pcm = np.load(folder / "pcm.npy", mmap_mode="r")
    for label, samples in zip(json.loads((folder / "labels.json").read_text()), pcm):
        yield label, samples.astype(np.float32) / 32767
