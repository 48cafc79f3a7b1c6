"""MuQ-MuLan, two layers of each part: window, wrap and averaging rules are the package's own."""
from __future__ import annotations

import numpy as np
import pytest
import soundfile
import torch
from conftest import TEXTS, cosines, embed, unigram
from export_muq_mulan import export_muq_mulan
from tokenizers import Tokenizer
from towers.muq_untrained import small

@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("muq")
    model = small()
    parity = export_muq_mulan(model, unigram(folder / "tokenizer.json"), folder / "model", licence="none")
    return model, folder, parity


@pytest.mark.parametrize("seconds", [10.0, 4.0, 23.0])
def test_audio_is_what_the_package_computes(exported, clips, seconds):
    """4 s wrap around; 23 s are three windows, the last one filled up with the start."""
    model, folder, parity = exported
    assert parity["audio"] >= 0.9999
    clip = clips(24_000, seconds)
    ours, _ = embed(folder / "model", [clip], TEXTS[:1])
    pcm, _ = soundfile.read(clip, dtype="float32")
    if seconds < 10:
        # The package fills up with [0, missing), which ends early where the clip is shorter than half a window; we go on.
        pcm = np.resize(pcm, 240_000)
    with torch.inference_mode():
        theirs = model(wavs=torch.from_numpy(pcm)[None]).numpy()
    assert cosines(ours, theirs)[0] >= 0.9999


def test_texts_are_what_the_package_computes_for_one_at_a_time(exported, clips):
    model, folder, parity = exported
    assert parity["text"] >= 0.9999
    _, ours = embed(folder / "model", [clips(24_000, 10.0)], TEXTS)
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
    for text, row in zip(TEXTS, ours):
        encoded = {"input_ids": torch.tensor([tokens.encode(text).ids])}
        encoded["attention_mask"] = torch.ones_like(encoded["input_ids"])
        model.mulan.text._tokenizer = lambda *_, **__: _Moved(encoded)
        with torch.inference_mode():
            assert cosines(row[None], model(texts=[text]).numpy())[0] >= 0.9999


class _Moved(dict):
    """What a tokenizer of transformers returns, as far as the package uses it."""

    def to(self, _device: object) -> "_Moved":
        return self
