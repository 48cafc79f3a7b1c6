"""Step 6: the shipped folder: ONNX graphs with a parity gate, manifest, golden numbers, NOTICE and model card.

The figures in the card are those of the shipped graphs: text weights in int8, all else float32.
"""
from __future__ import annotations

import json
import shutil
import tempfile
import time
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Callable

import numpy as np
import onnxruntime as ort
import torch

from recipe.captions import synthetic_concepts
from recipe.card import ModelFacts, model_card, notice
from recipe.evaluation import evaluate_real, evaluate_samples, evaluate_synthetic
from recipe.features import FeatureSet, load, load_training_music
from recipe.heads import HeadSystem, load_heads
from recipe.log_mel import N_MELS, SAMPLE_RATE_HZ, WINDOW_SAMPLES, cut_windows, log_mel
from recipe.manifest import golden, manifest
from recipe.minilm import tokenizer
from recipe.paths import CHECKPOINT, MINILM, MODEL, REPORT, WORK
from recipe.phrases import ALL
from recipe.rendered import rendered_clips
from recipe.towers import AudioTower, TextTower, batch_error, export_audio, export_text, quantise_text, session

FILES = ["audio.onnx", "text.onnx", "tokenizer.json", "tokenizer_config.json"]
LARGEST_BYTES = 40 * 2**20
LARGEST_BATCH_ERROR = 1e-5


class ShippedSystem(HeadSystem):
    """Audio as trained (the gate proves the graph equal), text by the shipped graph, one text at a time."""

    def __init__(self, trained: HeadSystem, text_graph: Path):
        super().__init__(trained.heads)
        self.graph, self.tokens = session(text_graph), tokenizer(MINILM)

    def text(self, texts: list[str]) -> np.ndarray:
        return np.concatenate([self._one(text) for text in texts])

    def _one(self, text: str) -> np.ndarray:
        ids = np.array([self.tokens.encode(text).ids], np.int64)
        return self.graph.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]


def milliseconds(call: Callable[[], object], repeats: int = 12) -> float:
    """Least wall time of one call on one thread: what other work on the machine disturbs least."""
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def main() -> None:
    torch.set_num_threads(1)
    checkpoint = torch.load(CHECKPOINT)
    heads = load_heads(checkpoint["heads"])
    MODEL.mkdir(parents=True, exist_ok=True)
    parity = {"audio": export_audio(AudioTower(heads), MODEL / "audio.onnx")}
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        parity["text"] = export_text(TextTower(heads, small_table=False), full)
        export_text(TextTower(heads, small_table=True), small)
        quantise_text(small, MODEL / "text.onnx")
        full_bytes, full_run = full.stat().st_size, session(full)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(MINILM / name, MODEL / name)

    trained = HeadSystem(heads)
    shipped = ShippedSystem(trained, MODEL / "text.onnx")
    words = list(ALL)
    changed = batch_error(shipped.graph, [shipped.tokens.encode(word).ids for word in words[:40]])
    if changed > LARGEST_BATCH_ERROR:
        raise RuntimeError(f"a batch changes a text embedding by {changed:.2e}, expected at most {LARGEST_BATCH_ERROR}")
    loss = (trained.text(words) * shipped.text(words)).sum(1)
    report = json.loads(REPORT.read_text())
    figures = (evaluate_synthetic(shipped, load("synth-heldout")) | evaluate_samples(shipped, load("samples"))
               | evaluate_real(shipped, load("real-heldout")))
    for name, figure in figures.items():
        report["figures"][name]["shipped"] = asdict(figure)

    audio = session(MODEL / "audio.onnx")
    mel = np.random.default_rng(1).random((3, 187, N_MELS), np.float32)
    ids = np.array([trained.tokens.encode("a calm piece for piano and strings").ids], np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    facts = ModelFacts(
        clips=checkpoint["clips"], captions=checkpoint["captions"], seed=checkpoint["seed"], steps=checkpoint["steps"],
        temperature=heads.temperature.item(), parity=parity, int8_cosine=(float(loss.mean()), float(loss.min())),
        full_text_bytes=full_bytes, batch_error=changed, audio_ms=milliseconds(lambda: audio.run(None, {"mel": mel})),
        text_ms=milliseconds(lambda: shipped.graph.run(None, feed)), full_text_ms=milliseconds(lambda: full_run.run(None, feed)),
        window_cosine=window_cosine(trained, load("real-heldout")), short_clips=short_clips(audio), report=report,
    )
    labels = sorted(name for name in ALL if name in synthetic_labels())
    document = manifest(MODEL, FILES, facts.temperature, labels)
    (MODEL / "mulan.json").write_text(json.dumps(document, indent=2) + "\n")
    (MODEL / "golden.json").write_text(json.dumps(golden(audio, shipped.text)) + "\n")
    (MODEL / "NOTICE").write_text(notice())
    (MODEL / "MODEL_CARD.md").write_text(model_card(facts, MODEL))
    total = sum(path.stat().st_size for path in MODEL.iterdir())
    if total > LARGEST_BYTES:
        raise RuntimeError(f"the model's folder holds {total} bytes, expected at most {LARGEST_BYTES}")
    REPORT.write_text(json.dumps(report, indent=1))
    print(f"parity {parity}, int8 text cosine mean {loss.mean():.5f} least {loss.min():.5f}, {total / 2**20:.1f} MB, "
          f"audio {facts.audio_ms:.0f} ms for three windows, text {facts.text_ms:.1f} ms (fp32 {facts.full_text_ms:.1f})")


def synthetic_labels() -> set[str]:
    return {name for label in load_training_music().meta for names in synthetic_concepts(label).values() for name in names}


def short_clips(audio: ort.InferenceSession, clips: int = 24) -> dict[str, float]:
    """One second of a clip against the whole clip, mean cosine: filled up by repeating, or with zeros."""
    def embed(windows: np.ndarray) -> np.ndarray:
        mean = audio.run(None, {"mel": log_mel(torch.from_numpy(windows)).numpy()})[0].mean(0)
        return mean / np.linalg.norm(mean)

    cosines: dict[str, list[float]] = {"repeat": [], "zeros": []}
    for _, samples in islice(rendered_clips(WORK / "rendered" / "heldout"), clips):
        whole, short = embed(cut_windows(samples)), samples[SAMPLE_RATE_HZ : 2 * SAMPLE_RATE_HZ]
        zeros = np.pad(short, (0, WINDOW_SAMPLES - len(short)))
        cosines["repeat"].append(float(whole @ embed(cut_windows(short))))
        cosines["zeros"].append(float(whole @ embed(zeros[None])))
    return {name: float(np.mean(values)) for name, values in cosines.items()}


@torch.inference_mode()
def window_cosine(system: HeadSystem, clips: FeatureSet) -> float:
    """Mean cosine between the embeddings of a clip's two windows: how steady the model is over 3 s."""
    windows = torch.from_numpy(clips.heard()).float()
    embeds = system.heads.audio(windows.flatten(0, 1)).unflatten(0, windows.shape[:2])
    return float((embeds[:, 0] * embeds[:, 1]).sum(1).mean())


if __name__ == "__main__":
    main()
