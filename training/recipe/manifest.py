"""mulan.json and golden.json: what a runtime must know of the model, and numbers to check itself by."""
from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import torch

from .heads import DIM
from .log_mel import HOP, N_FFT, N_MELS, SAMPLE_RATE_HZ, WINDOW_SAMPLES, cut_windows, log_mel
from .minilm import MAX_TOKENS
from .musicnn import MSD_TAGS, MTT_TAGS
from .real import TRAIN_PACKAGES

VERSION = "1.1.0"


def file_entry(path: Path) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}


def manifest(folder: Path, files: list[str], temperature: float, synthetic_labels: list[str]) -> dict[str, Any]:
    return {
        "format": "mulan/1", "id": "mulan-mini", "name": "MuLan mini", "version": VERSION,
        "description": "A small two-tower music-text model: musicnn features and MiniLM sentences joined in 128 dimensions.",
        "dim": DIM, "temperature": round(temperature, 5), "licence": "ISC AND Apache-2.0",
        "trainedOn": [
            {"dataset": "MagnaTagATune", "how": "teacher features and tags", "labelsSeen": MTT_TAGS},
            {"dataset": "Million Song Dataset (Last.fm tags)", "how": "teacher features and tags", "labelsSeen": MSD_TAGS},
            {"dataset": "synthetic General MIDI", "how": "rendered here with exact labels", "labelsSeen": synthetic_labels},
            {"dataset": "Debian game music packages", "how": "recordings with the teachers' tags: " + ", ".join(TRAIN_PACKAGES)},
        ],
        "audio": {
            "file": "audio.onnx", "input": {"name": "mel", "layout": ["batch", "frame", "mel"]}, "output": {"name": "embeds"},
            "frontEnd": {
                "kind": "logMel", "sampleRateHz": SAMPLE_RATE_HZ, "nFft": N_FFT, "windowLength": N_FFT, "hopLength": HOP, "window": "hann",
                "nMels": N_MELS, "fMinHz": 0, "fMaxHz": 8000, "melScale": "slaney", "norm": "slaney", "power": 2, "center": True,
                "padMode": "constant", "log": {"kind": "log10", "scale": 10_000, "offset": 1},
            },
            "windows": {"lengthSamples": WINDOW_SAMPLES, "hopSamples": WINDOW_SAMPLES, "padding": "repeat", "lastWindow": "shift"},
            "pooling": {"windows": "mean", "normalizeWindows": True, "normalize": True},
        },
        "text": {
            "file": "text.onnx", "inputs": {"ids": "input_ids", "mask": "attention_mask"}, "output": {"name": "embeds"},
            "tokenizer": {"file": "tokenizer.json", "configFile": "tokenizer_config.json", "maxTokens": MAX_TOKENS},
            "batching": "masked", "normalize": True,
            # MiniLM's own unit vector, before the head: `F.normalize` in recipe/minilm.py as the exporter names it.
            "sentenceEncoder": {"id": "all-MiniLM-L6-v2", "output": "/sentence/Div_1_output_0", "dim": 384},
        },
        "files": {name: file_entry(folder / name) for name in files},
    }


GOLDEN_TEXTS = ["piano", "heavy metal with distorted guitars and drums", "A calm ambient pad.", "8-bit video game music", "string quartet"]
GOLDEN_SIGNALS: dict[str, tuple[float, list[tuple[float, float, float]]]] = {
    "chord": (5.5, [(220.0, 0.2, 0.0), (277.18, 0.15, 0.5), (329.63, 0.15, 1.0), (440.0, 0.1, 1.5), (1760.0, 0.02, 2.0)]),
    "bright": (5.5, [(55.0, 0.3, 0.3), (663.0, 0.1, 2.7), (1327.5, 0.08, 0.9), (3100.0, 0.05, 1.1), (6200.0, 0.03, 2.2)]),
    "short": (2.0, [(146.83, 0.25, 0.1), (440.0, 0.1, 0.2), (880.0, 0.05, 0.4)]),
}
"""Seconds, and sine waves as (frequency in Hz, amplitude, phase in radians)."""


def golden_signal(name: str) -> np.ndarray:
    """x[n] = sum of a·sin(2π·f·n/16000 + φ), computed in float64, kept as float32."""
    seconds, sines = GOLDEN_SIGNALS[name]
    n = np.arange(round(seconds * SAMPLE_RATE_HZ))
    return sum(a * np.sin(2 * np.pi * f * n / SAMPLE_RATE_HZ + phase) for f, a, phase in sines).astype(np.float32)


def golden(audio: Any, embed_text: Any) -> dict[str, Any]:
    """`audio` is an ONNX session; `embed_text` turns a list of texts into [n, 128]."""
    clips = []
    for name, (seconds, sines) in GOLDEN_SIGNALS.items():
        windows = cut_windows(golden_signal(name))
        mel = log_mel(torch.from_numpy(windows)).numpy()
        embeds = audio.run(None, {"mel": mel})[0]
        mean = embeds.mean(0)
        first = mel[0].astype(np.float64)
        clips.append({
            "name": name, "sampleRateHz": SAMPLE_RATE_HZ, "durationSec": seconds,
            "formula": "x[n] = sum(amplitude * sin(2 * pi * frequencyHz * n / sampleRateHz + phaseRad)), rounded to float32",
            "sines": [{"frequencyHz": f, "amplitude": a, "phaseRad": phase} for f, a, phase in sines],
            "windows": len(windows),
            "logMel": {"shape": list(mel.shape[1:]), "mean": float(first.mean()), "std": float(first.std()), "min": float(first.min()),
                       "max": float(first.max()), "frame93": [round(float(v), 6) for v in first[93]]},
            "windowEmbeds": [[round(float(v), 7) for v in row] for row in embeds],
            "embedding": [round(float(v), 7) for v in mean / np.linalg.norm(mean)],
        })
    texts = [{"text": text, "embedding": [round(float(v), 7) for v in row]} for text, row in zip(GOLDEN_TEXTS, embed_text(GOLDEN_TEXTS))]
    return {"clips": clips, "texts": texts}
