"""Notes to PCM: General MIDI through FluidSynth's library, chiptune through pulse waves made here."""
from __future__ import annotations

import ctypes
import ctypes.util
from pathlib import Path

import numpy as np
from scipy.signal import butter, sosfilt

from .compose import Note, Piece
from .log_mel import SAMPLE_RATE_HZ

Rng = np.random.Generator


class FluidSynth:
    """One sound font, loaded once. Stereo is rendered at 16 kHz and averaged to mono."""

    def __init__(self, sound_font: Path):
        name = ctypes.util.find_library("fluidsynth") or "libfluidsynth.so.3"
        self.lib = ctypes.CDLL(name)
        for function in ("new_fluid_settings", "new_fluid_synth"):
            getattr(self.lib, function).restype = ctypes.c_void_p
        settings = ctypes.c_void_p(self.lib.new_fluid_settings())
        self.lib.fluid_settings_setnum(settings, b"synth.sample-rate", ctypes.c_double(SAMPLE_RATE_HZ))
        self.lib.fluid_settings_setnum(settings, b"synth.gain", ctypes.c_double(0.5))
        self.synth = ctypes.c_void_p(self.lib.new_fluid_synth(settings))
        if self.lib.fluid_synth_sfload(self.synth, str(sound_font).encode(), 1) < 0:
            raise RuntimeError(f"{sound_font}: FluidSynth could not load this sound font")

    def render(self, piece: Piece, seconds: float, reverb: float = 0.3) -> np.ndarray:
        """Mono float32 [seconds · 16000]."""
        lib, synth = self.lib, self.synth
        lib.fluid_synth_system_reset(synth)
        lib.fluid_synth_set_reverb(synth, ctypes.c_double(reverb), ctypes.c_double(0.3), ctypes.c_double(0.6), ctypes.c_double(reverb))
        for channel, program in piece.programs.items():
            lib.fluid_synth_program_change(synth, channel, program)
        total = int(seconds * SAMPLE_RATE_HZ)
        events: list[tuple[int, int, Note]] = []
        for note in piece.notes:
            start = int(note.start_sec * SAMPLE_RATE_HZ)
            events.append((start, 1, note))
            events.append((start + max(160, int(note.duration_sec * SAMPLE_RATE_HZ)), 0, note))
        events.sort(key=lambda event: event[:2])
        out = np.zeros((total, 2), np.float32)
        at = 0
        for sample, on, note in events:
            sample = min(sample, total)
            if sample > at:
                self._write(out, at, sample)
                at = sample
            if at >= total:
                break
            if on:
                lib.fluid_synth_noteon(synth, note.channel, note.pitch, note.velocity)
            else:
                lib.fluid_synth_noteoff(synth, note.channel, note.pitch)
        if at < total:
            self._write(out, at, total)
        return out.mean(axis=1)

    def _write(self, out: np.ndarray, start: int, end: int) -> None:
        at = out[start:].ctypes.data_as(ctypes.c_void_p)
        self.lib.fluid_synth_write_float(self.synth, end - start, at, 0, 2, at, 1, 2)


def _pulse(frequency_hz: float, samples: int, duty: float) -> np.ndarray:
    """Band-limited pulse wave: the difference of two sawtooth series below 7.6 kHz."""
    time = np.arange(samples) / SAMPLE_RATE_HZ
    harmonics = np.arange(1, max(2, int(7600 / frequency_hz)) + 1)[:60]
    phase = 2 * np.pi * frequency_hz * time
    weights = 2 / (np.pi * harmonics) * np.sin(np.pi * harmonics * duty)
    return np.cos(np.outer(phase, harmonics)) @ weights


def _triangle(frequency_hz: float, samples: int) -> np.ndarray:
    phase = frequency_hz * np.arange(samples) / SAMPLE_RATE_HZ % 1
    return np.round((4 * np.abs(phase - 0.5) - 1) * 8) / 8


def render_chiptune(rng: Rng, seconds: float, bpm: float, minor: bool, varied: bool = False) -> np.ndarray:
    """Two pulse channels (melody, fast arpeggio), a stepped triangle bass and a noise channel; [seconds · 16000].

    `varied` also changes the balance of the channels, the bass line, the kind of drums and the envelopes.
    """
    scale = [0, 2, 3, 5, 7, 8, 10] if minor else [0, 2, 4, 5, 7, 9, 11]
    key = 57 + int(rng.integers(-5, 6))
    progression = [[0, 4, 5, 3], [0, 5, 3, 4], [0, 3, 4, 0], [0, 6, 5, 4]][rng.integers(4)]
    step = 60 / bpm / 4
    out = np.zeros(int(seconds * SAMPLE_RATE_HZ) + SAMPLE_RATE_HZ)
    duties = rng.choice([0.125, 0.25, 0.5], 2)
    arpeggio, drums = rng.random() < 0.75, rng.random() < 0.8
    motif = [(int(rng.choice([1, 2, 2, 4])), int(rng.integers(-2, 4))) for _ in range(8)]
    melody_level, arpeggio_level, bass_level, noise_level = rng.uniform(0.4, 2.2, 4) if varied else np.ones(4)
    melody_decay, noise_decay = (rng.uniform(0, 8), rng.uniform(12, 60)) if varied else (2.0, 25.0)
    bass_steps = int(rng.choice([2, 4, 8])) if varied else 2
    kick = varied and rng.random() < 0.6

    def add(position: float, length: float, wave: np.ndarray, level: float, decay: float) -> None:
        start = int(position * step * SAMPLE_RATE_HZ)
        envelope = np.exp(-decay * np.arange(len(wave)) / SAMPLE_RATE_HZ)
        end = max(start, min(len(out), start + len(wave)))
        if start < len(out):
            out[start:end] += level * (wave * envelope)[: end - start]

    def hertz(degree: int, octave: int) -> float:
        return 440 * 2 ** ((key + 12 * (degree // 7 + octave) + scale[degree % 7] - 69) / 12)

    samples = lambda length: int(length * step * SAMPLE_RATE_HZ * 0.95)
    for bar in range(int(np.ceil(seconds / (16 * step)))):
        root = progression[bar % 4]
        at, index, degree = 0, 0, root
        while at < 16:
            length, move = motif[(index + bar // 2) % 8]
            length = min(length, 16 - at)
            degree = int(np.clip(degree + move, -2, 11)) if at % 4 else root + int(rng.choice([0, 2, 4]))
            if rng.random() > 0.1:
                add(bar * 16 + at, length, _pulse(hertz(degree, 1), samples(length), duties[0]), 0.28 * melody_level, melody_decay)
            at += length
            index += 1
        for position in range(16):
            if arpeggio:
                add(bar * 16 + position, 1, _pulse(hertz(root + (0, 2, 4)[position % 3], 1), samples(1), duties[1]), 0.14 * arpeggio_level, 6.0)
            if position % bass_steps == 0:
                add(bar * 16 + position, 2, _triangle(hertz(root, -1), samples(bass_steps)), 0.32 * bass_level, 0.5)
            if kick and position % 4 == 0:
                add(bar * 16 + position, 1, _triangle(60, samples(1)), 0.5 * noise_level, 18.0)
            if drums and (position % 8 == 4 or position % 4 == 2 or position % 8 == 0):
                noise = np.repeat(rng.uniform(-1, 1, 4000), 1 if position % 4 == 2 else 2)
                add(bar * 16 + position, 1, noise[: samples(2)], (0.18 if position % 8 == 4 else 0.08) * noise_level, noise_decay)
    return out[: int(seconds * SAMPLE_RATE_HZ)].astype(np.float32)


def recorded(samples: np.ndarray, rng: Rng) -> np.ndarray:
    """The same clip as another recording would have it: tilt, band limits, noise floor, level."""
    if rng.random() < 0.4:
        samples = sosfilt(butter(1, rng.uniform(2500, 7000), fs=SAMPLE_RATE_HZ, output="sos"), samples)
    if rng.random() < 0.3:
        samples = sosfilt(butter(1, rng.uniform(60, 250), "high", fs=SAMPLE_RATE_HZ, output="sos"), samples)
    peak = float(np.abs(samples).max()) or 1.0
    if rng.random() < 0.3:
        samples = np.tanh(samples / peak * rng.uniform(1, 3)) * peak
    level = 10 ** (rng.uniform(-14, -1) / 20)
    samples = samples / (float(np.abs(samples).max()) or 1.0) * level
    if rng.random() < 0.4:
        samples = samples + rng.normal(0, level * 10 ** (rng.uniform(-60, -35) / 20), len(samples))
    return samples.astype(np.float32)
