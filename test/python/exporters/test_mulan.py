"""MuLan's own architectures, two layers each: from a checkpoint to the same embeddings in our library."""
from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import soundfile
import torch
import torchaudio
from conftest import ROOT, TEXTS, cosines, embed
from export_mulan import export_mulan
from tokenizers import Tokenizer
from towers.graph import ParityError, export
from towers.mulan import WINDOW, MulanConfig, log_mel_front_end, save_checkpoint, seeded
from torch import nn

BERT = {"vocab_size": 30522, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 128}
SMALL_AST = {
    "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 128, "max_length": 1001,
    "num_mel_bins": 64, "patch_size": 16, "frequency_stride": 16, "time_stride": 16,
}
TOKENIZER = ROOT / "models/mulan-mini/tokenizer.json"
"""bert-base-uncased's vocabulary, which MiniLM shares."""


def config(audio: dict) -> MulanConfig:
    return MulanConfig("Tiny MuLan", 32, 0.07, "none", audio, BERT, log_mel_front_end(64), WINDOW, max_tokens=64)


@pytest.fixture(scope="module", params=["ast", "resnet"])
def exported(request, tmp_path_factory):
    audio = {"kind": "ast", "config": SMALL_AST} if request.param == "ast" else {"kind": "resnet", "blocks": [1, 1, 1, 1]}
    folder = tmp_path_factory.mktemp(request.param)
    settings = config(audio)
    towers = [seeded(tower, 5) for tower in settings.towers()]
    save_checkpoint(folder / "checkpoint", settings, *towers)
    shutil.copy(TOKENIZER, folder / "checkpoint" / "tokenizer.json")
    parity = export_mulan(folder / "checkpoint", folder / "model", ("int8", "fp16"))
    return request.param, towers, folder / "model", parity


def reference_audio(kind: str, tower: nn.Module, pcm: np.ndarray) -> np.ndarray:
    """torchaudio's log-mel and the PyTorch module on one window."""
    mel = torchaudio.transforms.MelSpectrogram(16_000, n_fft=512, win_length=400, hop_length=160, f_min=60, f_max=7800, n_mels=64)
    frames = torch.log(mel(torch.from_numpy(pcm)) + 1e-5).T[None]
    with torch.inference_mode():
        return tower(frames if kind == "ast" else frames[:, None]).numpy()


def test_audio_of_one_window_is_the_reference(exported, clips):
    kind, (tower, _), folder, parity = exported
    assert parity["audio"] >= 0.9999
    same_pcm, from_file = clips(16_000, 10.0), clips(44_100, 10.0, 2, "flac")
    ours, _ = embed(folder, [same_pcm, from_file], TEXTS[:1])
    pcm, _ = soundfile.read(same_pcm, dtype="float32")
    assert cosines(ours[:1], reference_audio(kind, tower, pcm))[0] >= 0.9999
    stereo, rate = soundfile.read(from_file, dtype="float32")
    mono = torch.from_numpy(stereo.mean(1))
    resampled = torchaudio.functional.resample(mono, rate, 16_000, lowpass_filter_width=64).numpy()[:160_000]
    assert cosines(ours[1:], reference_audio(kind, tower, resampled))[0] >= 0.999


def test_texts_are_the_reference(exported, clips):
    _, (_, tower), folder, parity = exported
    assert parity["text"] >= 0.9999
    _, ours = embed(folder, [clips(16_000, 10.0)], TEXTS)
    tokens = Tokenizer.from_file(str(TOKENIZER))
    tokens.no_padding()
    for text, row in zip(TEXTS, ours):
        ids = torch.tensor([tokens.encode(text).ids])
        with torch.inference_mode():
            assert cosines(row[None], tower(ids, torch.ones_like(ids)).numpy())[0] >= 0.9999


def test_variants_tell_what_they_cost_and_run(exported, clips):
    _, _, folder, _ = exported
    manifest = json.loads((folder / "mulan.json").read_text())
    for tower in ("audio", "text"):
        assert set(manifest[tower]["variants"]) == {"int8", "fp16"}
        assert manifest[tower]["variantLoss"]["fp16"]["leastCosine"] > 0.999
        assert 0.9 < manifest[tower]["variantLoss"]["int8"]["leastCosine"] <= 1.000001
    clip = clips(16_000, 10.0)
    full, small = embed(folder, [clip], TEXTS), embed(folder, [clip], TEXTS, precision="int8")
    assert cosines(full[0], small[0]).min() > 0.9
    assert not np.array_equal(full[1], small[1])


class ForgetsItsBatch(nn.Module):
    """Tracing bakes the batch's size into the graph: what the gate is there for."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x - x.sum(0) / len(x)


def test_the_gate_refuses_a_graph_that_knows_one_size_only(tmp_path):
    probes = [{"x": torch.randn(batch, 8)} for batch in (2, 5)]
    with pytest.raises(ParityError, match="0.9999"):
        export(ForgetsItsBatch(), tmp_path / "bad.onnx", probes, {})
    assert not (tmp_path / "bad.onnx").exists()
