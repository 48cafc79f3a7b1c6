"""Log-mel goldens of the Python libraries, for kernel/mulan/audio/logMel.test.ts.

Writes test/goldens/audio/logmel.safetensors. Signals that are easy to make exactly (silence, an impulse, a square
wave, DC, one sample) are named only; the music-like one is stored as int16. Where a library computes in the type of
its input, it is given float64, so that the rounding noise of float32 does not stand for the truth; torchaudio also
builds its window and filters in the default type, which is float64 here (in float32 their rounding alone moves empty
bands by up to 2 dB).
"""
from __future__ import annotations

import json
from pathlib import Path

import librosa
import numpy as np
import torch
import torchaudio
from safetensors.numpy import save_file
from transformers import ASTFeatureExtractor, ClapFeatureExtractor

torch.set_default_dtype(torch.float64)
ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "test" / "goldens" / "audio" / "logmel.safetensors"
N = 12_000


def music(n: int, rate: int) -> np.ndarray:
    """Three decaying plucked chords over noise, as int16."""
    rng = np.random.default_rng(7)
    t = np.arange(n) / rate
    sound = 0.01 * rng.standard_normal(n)
    for beat, root in ((0.0, 110.0), (0.15, 164.8), (0.3, 220.0)):
        local = np.maximum(t - beat, 0)
        envelope = (t >= beat) * np.exp(-6 * local)
        for interval in (1, 1.26, 1.5):
            for harmonic in range(1, 9):
                sound += envelope * 0.09 / harmonic * np.sin(2 * np.pi * root * interval * harmonic * local)
    return np.round(np.clip(sound, -1, 1) * 32767 * 0.9).astype(np.int16)


def signals(rate: int) -> dict[str, np.ndarray]:
    impulse = np.zeros(N, np.float32)
    impulse[N // 2] = 1
    square = np.where((np.arange(N) // 50) % 2 == 0, 1, -1).astype(np.float32)
    return {
        "music": (music(N, rate) / 32768).astype(np.float32),
        "silence": np.zeros(N, np.float32),
        "impulse": impulse,
        "square": square,
        "dc": np.full(N, 0.5, np.float32),
        "one": np.array([0.5], np.float32),
    }


def front_end(**fields: object) -> dict[str, object]:
    return {"kind": "logMel", "center": True, "melScale": "htk", "norm": "none", "power": 2, "padMode": "reflect"} | fields


def librosa_db(y: np.ndarray) -> np.ndarray:
    mel = librosa.feature.melspectrogram(y=y.astype(np.float64), sr=22_050, n_fft=2048, hop_length=512, n_mels=128)
    return librosa.power_to_db(mel, ref=1.0, amin=1e-10, top_db=80).T


def librosa_magnitude(y: np.ndarray) -> np.ndarray:
    mel = librosa.feature.melspectrogram(
        y=y.astype(np.float64), sr=16_000, n_fft=512, win_length=400, hop_length=160, n_mels=40, htk=True, norm=None,
        power=1, fmin=60, fmax=7600,
    )
    return np.log(mel + 1e-5).T


def mulan_mini(y: np.ndarray) -> np.ndarray:
    mel = librosa.feature.melspectrogram(
        y=y.astype(np.float64), sr=16_000, n_fft=512, hop_length=256, n_mels=96, fmax=8000
    )
    return np.log10(10_000 * mel + 1).T


def torchaudio_mel(y: np.ndarray) -> np.ndarray:
    mel = torchaudio.transforms.MelSpectrogram(16_000, n_fft=400, hop_length=160, n_mels=64).double()
    return torch.log(mel(torch.from_numpy(y).double()) + 1e-6).T.numpy()


def torchaudio_db(y: np.ndarray) -> np.ndarray:
    mel = torchaudio.transforms.MelSpectrogram(24_000, n_fft=2048, hop_length=240, n_mels=128).double()
    decibels = torchaudio.transforms.AmplitudeToDB("power", top_db=None)
    return decibels(mel(torch.from_numpy(y).double())).T.numpy()


def kaldi(y: np.ndarray, scale: float, **options: object) -> np.ndarray:
    wave = torch.from_numpy(y).double().unsqueeze(0) * scale
    return torchaudio.compliance.kaldi.fbank(wave, sample_frequency=16_000, dither=0, **options).numpy()


def kaldi_ast(y: np.ndarray) -> np.ndarray:
    return kaldi(y, 1, num_mel_bins=128, window_type="hanning", htk_compat=True, use_energy=False, frame_shift=10)


def kaldi_povey(y: np.ndarray) -> np.ndarray:
    return kaldi(y, 32768, num_mel_bins=80)


AST = ASTFeatureExtractor(max_length=96)
CLAP = ClapFeatureExtractor(
    feature_size=64, sampling_rate=48_000, hop_length=480, max_length_s=10, fft_window_size=1024,
    frequency_min=50, frequency_max=14_000, truncation="rand_trunc", padding="repeatpad",
)


def transformers_ast(y: np.ndarray) -> np.ndarray:
    return AST(y, sampling_rate=16_000, return_tensors="np")["input_values"][0]


def transformers_clap(y: np.ndarray) -> np.ndarray:
    return CLAP(y, sampling_rate=48_000, return_tensors="np")["input_features"][0, 0]


KALDI = dict(
    sampleRateHz=16_000, nFft=512, windowLength=400, hopLength=160, fMinHz=20, fMaxHz=8000, melScale="kaldi",
    center=False, removeDcOffset=True, preEmphasis=0.97,
    log={"kind": "ln", "floor": float(np.finfo(np.float32).eps)},
)
CASES = {
    "librosa-db": (22_050, librosa_db, 1, front_end(
        sampleRateHz=22_050, nFft=2048, windowLength=2048, hopLength=512, nMels=128, fMinHz=0, fMaxHz=11_025,
        melScale="slaney", norm="slaney", padMode="constant", log={"kind": "db", "topDb": 80})),
    "librosa-magnitude": (16_000, librosa_magnitude, 1, front_end(
        sampleRateHz=16_000, nFft=512, windowLength=400, hopLength=160, nMels=40, fMinHz=60, fMaxHz=7600, power=1,
        padMode="constant", log={"kind": "ln", "offset": 1e-5})),
    "mulan-mini": (16_000, mulan_mini, 1, front_end(
        sampleRateHz=16_000, nFft=512, windowLength=512, hopLength=256, nMels=96, fMinHz=0, fMaxHz=8000,
        melScale="slaney", norm="slaney", padMode="constant", log={"kind": "log10", "scale": 10_000, "offset": 1})),
    "torchaudio-400": (16_000, torchaudio_mel, 1, front_end(
        sampleRateHz=16_000, nFft=400, windowLength=400, hopLength=160, nMels=64, fMinHz=0, fMaxHz=8000,
        log={"kind": "ln", "offset": 1e-6})),
    "torchaudio-db": (24_000, torchaudio_db, 2, front_end(
        sampleRateHz=24_000, nFft=2048, windowLength=2048, hopLength=240, nMels=128, fMinHz=0, fMaxHz=12_000,
        log={"kind": "db", "amin": 1e-10})),
    "kaldi-ast": (16_000, kaldi_ast, 1, front_end(**KALDI, nMels=128, window="hannSymmetric")),
    "kaldi-povey": (16_000, kaldi_povey, 1, front_end(**KALDI, nMels=80, window="povey", inputScale=32768)),
    "transformers-ast": (16_000, transformers_ast, 1, front_end(
        **KALDI, nMels=128, window="hannSymmetric",
        normalization={"mean": -4.2677393, "std": 2 * 4.5689974},
        fixedFrames={"count": 96, "fillValue": 4.2677393 / (2 * 4.5689974)})),
    "transformers-clap": (48_000, transformers_clap, 8, front_end(
        sampleRateHz=48_000, nFft=1024, windowLength=1024, hopLength=480, nMels=64, fMinHz=50, fMaxHz=14_000,
        melScale="slaney", norm="slaney", log={"kind": "db", "amin": 1e-10})),
}


def main() -> None:
    tensors: dict[str, np.ndarray] = {}
    cases = []
    for name, (rate, compute, stride, fe) in CASES.items():
        tensors.setdefault(f"music-{rate}", music(N, rate))
        for signal, samples in signals(rate).items():
            try:
                golden = compute(samples).astype(np.float32)
            except Exception as error:  # the library refuses such a short sound
                print(f"{name} {signal}: refused ({type(error).__name__}: {str(error)[:80]})")
                continue
            if golden.size == 0:
                print(f"{name} {signal}: no frame")
                continue
            key = f"{name}/{signal}"
            tensors[key] = np.ascontiguousarray(golden[::stride])
            cases.append({"key": key, "signal": signal, "frames": len(golden), "stride": stride, "frontEnd": fe})
    OUT.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, OUT, metadata={"cases": json.dumps(cases)})
    print(f"{len(cases)} cases, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
