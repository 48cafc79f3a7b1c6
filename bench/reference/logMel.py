"""transformers' CLAP extractor and librosa on 10 s: medians in ms, for comparison with bench/logMel.ts."""
import json
import sys
import time

import librosa
import numpy as np
from transformers import ClapFeatureExtractor

n_runs, duration = int(sys.argv[1]), int(sys.argv[2])
clap = ClapFeatureExtractor(
    feature_size=64, sampling_rate=48_000, hop_length=480, max_length_s=10, fft_window_size=1024,
    frequency_min=50, frequency_max=14_000, truncation="rand_trunc", padding="repeatpad",
)


def chirp(rate: int) -> np.ndarray:
    i = np.arange(duration * rate)
    return np.sin(i * i * 1e-6).astype(np.float32)


def clap_mel(y: np.ndarray) -> object:
    return clap(y, sampling_rate=48_000, return_tensors="np")


def librosa_mel(y: np.ndarray) -> object:
    return librosa.power_to_db(librosa.feature.melspectrogram(y=y, sr=22_050, n_fft=2048, hop_length=512, n_mels=128))


def median_ms(run: object, y: np.ndarray) -> float:
    times = []
    for _ in range(n_runs):
        begin = time.perf_counter()
        run(y)
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[n_runs // 2]


print(json.dumps([median_ms(clap_mel, chirp(48_000)), median_ms(librosa_mel, chirp(22_050))]))
