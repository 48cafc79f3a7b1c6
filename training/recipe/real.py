"""Real recordings: the free game music of Debian packages, cut into short excerpts."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import numpy as np
import soundfile
import soxr

from .log_mel import SAMPLE_RATE_HZ, WINDOW_SAMPLES

TRAIN_PACKAGES = [
    "freedroidrpg-data", "supertuxkart-data", "warzone2100-music", "ufoai-music", "planetblupi-music-ogg", "0ad-data",
]
HELD_OUT_PACKAGES = ["naev-data", "megaglest-data"]

EXCERPT_SAMPLES = 2 * WINDOW_SAMPLES
"""Two windows of 47,616 samples at 16 kHz: 5.95 s."""
SECONDS_PER_EXCERPT = 20
MAX_EXCERPTS = 14
_MUSIC_SUFFIXES = {".ogg", ".opus"}


SAMPLE_WINDOWS = 4
"""Windows taken from each of the repository's sample clips, evenly spaced."""


@dataclass(frozen=True)
class Excerpt:
    package: str
    track: str
    start_sec: float
    samples: np.ndarray
    """[95232] mono float32 at 16 kHz."""


def music_tracks(folder: Path) -> list[Path]:
    """Music files below a package's folder, sound effects left out, sorted by name."""
    return sorted(
        path for path in folder.rglob("*")
        if path.suffix in _MUSIC_SUFFIXES and "music" in path.relative_to(folder).as_posix() and path.is_file()
        and not path.is_symlink() and soundfile.info(path).duration >= 10
    )


def excerpts(package: str, track: Path) -> Iterator[Excerpt]:
    """Evenly spaced excerpts of one track: one every 20 s, 14 at most, first and last second left out."""
    with soundfile.SoundFile(track) as file:
        duration = len(file) / file.samplerate
        needed = EXCERPT_SAMPLES / SAMPLE_RATE_HZ
        count = int(np.clip(duration // SECONDS_PER_EXCERPT, 1, MAX_EXCERPTS))
        for start in np.linspace(1, max(1, duration - needed - 1.5), count):
            file.seek(int(start * file.samplerate))
            pcm = file.read(int((needed + 0.1) * file.samplerate), dtype="float32", always_2d=True).mean(axis=1)
            mono = soxr.resample(pcm, file.samplerate, SAMPLE_RATE_HZ)[:EXCERPT_SAMPLES]
            if len(mono) == EXCERPT_SAMPLES and np.sqrt(np.mean(mono**2)) > 1e-3:
                yield Excerpt(package, track.name, round(float(start), 2), mono.astype(np.float32))


def sample_windows(path: Path) -> np.ndarray:
    """[4 · 47616] mono at 16 kHz: evenly spaced windows of a whole clip, one after the other."""
    pcm, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = soxr.resample(pcm.mean(axis=1), rate, SAMPLE_RATE_HZ)
    starts = np.linspace(0, len(mono) - WINDOW_SAMPLES, SAMPLE_WINDOWS).astype(int)
    return np.concatenate([mono[start : start + WINDOW_SAMPLES] for start in starts]).astype(np.float32)
