"""From a piece to finished audio: sound font or synthesis, room, loudness, fade-out."""

import subprocess
import tempfile
import zlib
from pathlib import Path
from random import Random

import numpy as np
import soundfile
from scipy import signal

from effects import limiter, loudness, reverb
from midi import write_midi
from piece import NUMPY, Piece
from score import Score

TARGET_LUFS = -15.0
LOUDEST_LUFS = -13.0  # for pieces whose peaks leave room
CEILING = 10 ** (-1.2 / 20)  # leaves lossy codecs some room below -1 dBFS


def render(piece: Piece, sound_fonts: dict[str, Path]):
    """float64 [frames, channels] at piece.sample_rate_hz."""
    seed = zlib.crc32(piece.title.encode())
    rate = piece.sample_rate_hz if piece.sample_rate_hz >= 44100 else 2 * piece.sample_rate_hz
    if piece.sound == NUMPY:
        audio = piece.make(rate, np.random.default_rng(seed))
    else:
        audio = play(piece.make(), sound_fonts[piece.sound], rate, piece.length_sec, seed)
    audio = fit(audio, round(piece.length_sec * rate))
    audio = fade(audio, rate, piece.fade_sec)
    if rate != piece.sample_rate_hz:
        audio = signal.resample_poly(audio, 1, 2, axis=0)
    if piece.channels == 1:
        audio = audio.mean(axis=1, keepdims=True)
    return level(audio, piece.sample_rate_hz)


def play(score: Score, sound_font: Path, rate, length_sec, seed):
    """Each bus is played by FluidSynth without its own room; effects and one common room come after."""
    buses = sorted({part.bus for part in score.parts})
    mix = np.zeros((round(length_sec * rate), 2))
    rng = Random(seed)
    for bus in buses:
        parts = [part for part in score.parts if part.bus == bus]
        dry = fluidsynth(score, parts, sound_font, rate, length_sec, rng)
        mix += fit(score.effects.get(bus, lambda audio, _: audio)(dry, rate), len(mix))
    return reverb(mix, rate, score.reverb_sec, score.reverb_wet, np.random.default_rng(seed))


def fluidsynth(score, parts, sound_font, rate, length_sec, rng):
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder, "in.mid"), Path(folder, "out.wav")
        write_midi(midi, score, parts, rng, length_sec)
        command = ["fluidsynth", "-ni", "-q", "-R", "0", "-C", "0", "-g", str(score.gain), "-r", str(rate)]
        subprocess.run([*command, "-T", "wav", "-O", "float", "-F", wav, sound_font, midi], check=True)
        audio, _ = soundfile.read(wav, always_2d=True)
    return audio


def fit(audio, frames):
    return np.pad(audio[:frames], ((0, max(0, frames - len(audio))), (0, 0)))


def fade(audio, rate, seconds):
    frames = round(seconds * rate)
    audio = audio.copy()
    audio[-frames:] *= np.cos(np.linspace(0, np.pi / 2, frames))[:, None] ** 2
    return audio


def level(audio, rate):
    """All clips about equally loud; peaks at the ceiling unless that would make a dense piece too loud."""
    for _ in range(2):
        audio = audio * 10 ** ((TARGET_LUFS - loudness(audio, rate)) / 20)
        audio = limiter(audio, rate, CEILING)
    room = min(CEILING / np.abs(audio).max(), 10 ** ((LOUDEST_LUFS - TARGET_LUFS) / 20))
    return audio * room
