"""MuQ-MuLan, two layers of each part: window, wrap and averaging rules are the package's own."""
from __future__ import annotations

from dataclasses import asdict
from unittest.mock import patch

import numpy as np
import pytest
import soundfile
import torch
from conftest import TEXTS, cosines, embed, unigram
from export_muq_mulan import export_muq_mulan
from muq import MuQ, MuQConfig, MuQMuLan, MuQMuLanConfig
from muq.muq_mulan.models.text import XLMRobertaModel
from muq.muq_mulan.muq_mulan import AudioTransformerConfig, ModalModelConfig, MuLanConfig, TextTransformerConfig
from tokenizers import Tokenizer
from towers.mulan import seeded
from transformers import Wav2Vec2ConformerConfig, XLMRobertaConfig

CONFORMER = Wav2Vec2ConformerConfig(
    hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128, position_embeddings_type="rotary",
    conv_depthwise_kernel_size=31,
)


def tiny() -> MuQMuLan:
    """Its constructor downloads both backbones; here they are made from small configurations."""
    stat = {"melspec_2048_mean": 6.77, "melspec_2048_std": 18.4}
    # The package reads its conformer's settings by attribute and takes text keys only.
    conformer = {key: value for key, value in CONFORMER.to_dict().items() if not isinstance(value, dict)}
    muq = MuQConfig(conv_dim=16, encoder_dim=64, encoder_depth=2, stat=stat, w2v2_config=conformer)
    roberta = XLMRobertaConfig(
        vocab_size=500, hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128,
        max_position_embeddings=130, pad_token_id=1, attn_implementation="eager",
    )
    config = MuQMuLanConfig(
        mulan=asdict(MuLanConfig(dim_latent=32)),
        audio_model=asdict(ModalModelConfig("muq-tiny", 64)), text_model=asdict(ModalModelConfig("xlm-roberta-tiny", 64)),
        audio_transformer=asdict(AudioTransformerConfig(dim=48, tf_depth=2, heads=2, dim_head=16)),
        text_transformer=asdict(TextTransformerConfig(dim=48, tf_depth=2, heads=2, dim_head=16)),
    )
    with (
        patch.object(MuQ, "from_pretrained", lambda *_, **__: MuQ(muq)),
        patch.object(XLMRobertaModel, "from_pretrained", lambda *_, **__: XLMRobertaModel(roberta)),
    ):
        return seeded(MuQMuLan(asdict(config)), 8)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("muq")
    model = tiny()
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
