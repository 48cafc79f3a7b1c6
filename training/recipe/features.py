"""What the teachers say about clips, computed once and kept as one .npz a set."""
from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable

import numpy as np
import torch

from .log_mel import cut_windows, log_mel
from .musicnn import Musicnn, Vgg
from .paths import FEATURES, TEACHERS

SAVE_EVERY = 200


@dataclass
class FeatureSet:
    """n clips of two windows each."""

    features: np.ndarray
    """[n, 2, 3412] float16: pooled and penultimate of MTT_musicnn, then of MSD_musicnn."""
    logits: np.ndarray
    """[n, 2, 100] float32: 50 MagnaTagATune tags, 50 Million Song Dataset tags."""
    judge: np.ndarray
    """[n, 50] float32, MTT_vgg's mean logits; zeros where it was not asked."""
    meta: list[dict[str, Any]]

    def heard(self) -> np.ndarray:
        """What the audio head takes: features, then tag logits, [n, 2, 3512] float16."""
        return np.concatenate([self.features, self.logits.astype(np.float16)], axis=2)

    def rows(self, chosen: list[int]) -> "FeatureSet":
        return FeatureSet(self.features[chosen], self.logits[chosen], self.judge[chosen], [self.meta[row] for row in chosen])


class Teachers:
    """Both musicnn networks and, for evaluation sets, the judge."""

    def __init__(self) -> None:
        self.networks = [Musicnn(TEACHERS / name).eval() for name in ("MTT_musicnn", "MSD_musicnn")]
        self.judge = Vgg(TEACHERS / "MTT_vgg").eval()

    @torch.inference_mode()
    def listen(self, mel: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
        """Log-mel [batch, frames, 96] to features [batch, 3412] and logits [batch, 100]."""
        features, logits = [], []
        for network in self.networks:
            pooled, dense, tags = network(mel)
            features += [pooled, dense]
            logits.append(tags)
        return torch.cat(features, 1).numpy(), torch.cat(logits, 1).numpy()


def extract(name: str, clips: Iterable[tuple[dict[str, Any], np.ndarray]], with_judge: bool) -> None:
    """Runs the teachers over clips (label, PCM [95232]) and writes FEATURES/name.npz."""
    teachers = Teachers()
    rows: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    meta = []
    for label, samples in clips:
        mel = log_mel(torch.from_numpy(cut_windows(samples)))
        features, logits = teachers.listen(mel)
        with torch.inference_mode():
            judged = teachers.judge(mel).mean(0).numpy() if with_judge else np.zeros(50, np.float32)
        rows.append((features.astype(np.float16), logits, judged))
        meta.append(label)
        if len(rows) % SAVE_EVERY == 0:
            print(name, len(rows), flush=True)
            _save(name + ".partial", rows, meta)
    _save(name, rows, meta)
    _path(name + ".partial").unlink(missing_ok=True)


def _save(name: str, rows: list[tuple[np.ndarray, np.ndarray, np.ndarray]], meta: list[dict[str, Any]]) -> None:
    FEATURES.mkdir(parents=True, exist_ok=True)
    features, logits, judged = (np.stack(part) for part in zip(*rows))
    np.savez(_path(name), features=features, logits=logits, judge=judged, meta=json.dumps(meta))


def load_training_music() -> FeatureSet:
    """All rendered clips that training may use."""
    parts = [load(name) for name in ("synth-train", "synth-chiptune")]
    features, logits, judge = (np.concatenate([getattr(part, key) for part in parts]) for key in ("features", "logits", "judge"))
    return FeatureSet(features, logits, judge, [label for part in parts for label in part.meta])


def load(name: str) -> FeatureSet:
    with np.load(_path(name)) as kept:
        return FeatureSet(kept["features"], kept["logits"], kept["judge"], json.loads(str(kept["meta"])))


def stored(name: str) -> bool:
    return _path(name).exists()


def _path(name: str) -> Path:
    return FEATURES / f"{name}.npz"
