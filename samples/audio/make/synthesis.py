"""Sounds out of numpy alone: oscillators, envelopes, drums. Every voice is mono float64 [frames]."""

import numpy as np
from scipy import signal


def hertz(number):
    return 440.0 * 2 ** ((number - 69) / 12)


def clock(seconds, rate):
    return np.arange(round(seconds * rate)) / rate


def saw(hz, seconds, rate, phase=0.0):
    """Band-limited sawtooth (PolyBLEP)."""
    increment = hz / rate
    position = (phase + increment * np.arange(round(seconds * rate))) % 1.0
    return 2 * position - 1 - poly_blep(position, increment)


def pulse(hz, seconds, rate, duty=0.5):
    """Band-limited pulse: the difference of two sawtooths."""
    return 0.5 * (saw(hz, seconds, rate) - saw(hz, seconds, rate, 1 - duty))


def poly_blep(position, increment):
    before, after = position < increment, position > 1 - increment
    t = position / increment
    u = (position - 1) / increment
    return np.where(before, 2 * t - t**2 - 1, 0) + np.where(after, u**2 + 2 * u + 1, 0)


def stepped_triangle(hz, seconds, rate):
    """The four-bit triangle of old game consoles."""
    position = (hz * clock(seconds, rate)) % 1.0
    return np.round((1 - 4 * np.abs(position - 0.5)) * 7.5) / 7.5


def envelope(seconds, rate, attack, decay, sustain=0.0, release=0.02):
    t = clock(seconds, rate)
    level = sustain + (1 - sustain) * np.exp(-np.maximum(0, t - attack) / decay)
    return level * np.minimum(1, t / max(attack, 1e-4)) * np.clip((seconds - t) / release, 0, 1)


def sweep_filter(audio, rate, cutoff_hz, resonance=0.7):
    """State-variable low-pass whose cutoff may move (one value a frame)."""
    g = np.tan(np.pi * np.minimum(cutoff_hz, 0.45 * rate) / rate)
    k = 2 * (1 - resonance)
    out, low, band = np.empty_like(audio), 0.0, 0.0
    for i, (x, gain) in enumerate(zip(audio.tolist(), g.tolist())):
        high = (x - low - (gain + k) * band) / (1 + gain * (gain + k))
        mid = gain * high + band
        out[i] = bass = gain * mid + low
        band, low = gain * high + mid, gain * mid + bass
    return out


def kick(rate, top_hz=180, bottom_hz=48, seconds=0.34):
    t = clock(seconds, rate)
    phase = 2 * np.pi * (bottom_hz * t + (top_hz - bottom_hz) * 0.03 * (1 - np.exp(-t / 0.03)))
    click = np.exp(-t / 0.002) * 0.3
    return np.tanh(1.8 * np.sin(phase) * np.exp(-t / 0.16)) * envelope(seconds, rate, 0.001, 1, 1) + click


def hat(rate, rng, seconds=0.06, decay=0.018):
    noise = rng.standard_normal(round(seconds * rate))
    sos = signal.butter(3, 6500, "high", fs=rate, output="sos")
    return 0.5 * signal.sosfilt(sos, noise) * envelope(seconds, rate, 0.001, decay)


def clap(rate, rng, seconds=0.25):
    noise = signal.sosfilt(signal.butter(2, (900, 3200), "band", fs=rate, output="sos"), rng.standard_normal(round(seconds * rate)))
    t = clock(seconds, rate)
    bursts = sum(np.exp(-np.maximum(0, t - start) / fall) * (t >= start) for start, fall in ((0, 0.006), (0.011, 0.006), (0.022, 0.07)))
    return noise * bursts


def place(mix, sound, at_sec, rate, gain=1.0, pan=0.0):
    """Adds a mono sound to mix [frames, 2] with equal-power panning (-1 left .. 1 right)."""
    start = round(at_sec * rate)
    sound = sound[: max(0, len(mix) - start)]
    angle = (pan + 1) * np.pi / 4
    mix[start : start + len(sound), 0] += gain * np.cos(angle) * sound
    mix[start : start + len(sound), 1] += gain * np.sin(angle) * sound
