"""The front end of mulan-mini: log-mel of one window, and how a clip is cut into windows."""
from __future__ import annotations

from functools import lru_cache

import librosa
import numpy as np
import torch
from torch import Tensor

SAMPLE_RATE_HZ = 16_000
N_FFT = 512
HOP = 256
N_MELS = 96
WINDOW_SAMPLES = 47_616
"""186 hops: 187 frames with centre padding, musicnn's 3-s patch."""


@lru_cache
def _filters() -> Tensor:
    bank = librosa.filters.mel(sr=SAMPLE_RATE_HZ, n_fft=N_FFT, n_mels=N_MELS, fmin=0, fmax=8000, htk=False, norm="slaney")
    return torch.from_numpy(bank.T.copy())


def log_mel(windows: Tensor) -> Tensor:
    """PCM [batch, samples] at 16 kHz to log10(10000·M + 1) [batch, frames, 96], M the Slaney mel power."""
    spectrum = torch.stft(
        windows, N_FFT, HOP, window=torch.hann_window(N_FFT, periodic=True), center=True, pad_mode="constant",
        return_complex=True,
    )
    power = spectrum.real.square() + spectrum.imag.square()
    return torch.log10(10_000 * (power.transpose(1, 2) @ _filters()) + 1)


def cut_windows(samples: np.ndarray) -> np.ndarray:
    """PCM [n] to windows [count, 47616]: no overlap, the last one shifted back to end with the clip.

    A clip shorter than a window is repeated until it fills one.
    """
    if len(samples) < WINDOW_SAMPLES:
        samples = np.resize(samples, WINDOW_SAMPLES) if len(samples) else np.zeros(WINDOW_SAMPLES, np.float32)
    starts = list(range(0, len(samples) - WINDOW_SAMPLES + 1, WINDOW_SAMPLES))
    last = len(samples) - WINDOW_SAMPLES
    if starts[-1] != last:
        starts.append(last)
    return np.stack([samples[start : start + WINDOW_SAMPLES] for start in starts]).astype(np.float32)
