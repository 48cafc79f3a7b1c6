"""What is known about a clip besides its sound."""

from collections.abc import Callable
from dataclasses import dataclass

FLUID = "FluidR3 GM"
MUSESCORE = "MuseScore General"
NUMPY = "numpy"


@dataclass(frozen=True)
class Piece:
    """`make` gives a Score for a sound font, or for NUMPY takes a sample rate and gives audio [frames, 2]."""

    file: str
    title: str
    label: str
    description: str
    genre: str
    instruments: tuple[str, ...]
    mood: tuple[str, ...]
    bpm: int | None
    key: str | None
    sound: str
    sample_rate_hz: int
    channels: int
    length_sec: float
    make: Callable
    fade_sec: float = 1.8

    @property
    def format(self):
        return {"wav": "WAV, 16-bit", "flac": "FLAC, 16-bit", "mp3": "MP3", "ogg": "Ogg Vorbis", "opus": "Ogg Opus"}[
            self.file.rsplit(".", 1)[1]
        ]
