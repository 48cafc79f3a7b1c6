"""MuQ-MuLan with random weights, for tests and timing: the package's own constructor downloads both backbones."""
from __future__ import annotations

from dataclasses import asdict
from typing import Any
from unittest.mock import patch

from muq import MuQ, MuQConfig, MuQMuLan, MuQMuLanConfig
from muq.muq_mulan.models.text import XLMRobertaModel
from muq.muq_mulan.muq_mulan import AudioTransformerConfig, ModalModelConfig, MuLanConfig, TextTransformerConfig
from transformers import Wav2Vec2ConformerConfig, XLMRobertaConfig

from .mulan import seeded

STAT = {"melspec_2048_mean": 6.77, "melspec_2048_std": 18.4}


def small() -> MuQMuLan:
    """Two layers of each part."""
    conformer = Wav2Vec2ConformerConfig(
        hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128, position_embeddings_type="rotary",
        conv_depthwise_kernel_size=31,
    )
    roberta = XLMRobertaConfig(
        vocab_size=500, hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128,
        max_position_embeddings=130, pad_token_id=1, attn_implementation="eager",
    )
    transformer = {"dim": 48, "tf_depth": 2, "heads": 2, "dim_head": 16}
    return _built(conformer, {"conv_dim": 16, "encoder_dim": 64, "encoder_depth": 2}, roberta, transformer, dim=32, gain=1.4)


def large() -> MuQMuLan:
    """The sizes of MuQ-MuLan-large, 0.7 billion weights: 12 conformer layers, XLM-R base, 8 layers on each."""
    conformer = Wav2Vec2ConformerConfig(
        hidden_size=1024, num_hidden_layers=12, num_attention_heads=16, intermediate_size=4096,
        position_embeddings_type="rotary", conv_depthwise_kernel_size=31,
    )
    roberta = XLMRobertaConfig(
        vocab_size=250_002, max_position_embeddings=514, type_vocab_size=1, pad_token_id=1, attn_implementation="eager",
    )
    return _built(conformer, {}, roberta, {}, dim=512, gain=0.9)


def _built(
    conformer: Wav2Vec2ConformerConfig, muq: dict[str, int], roberta: XLMRobertaConfig, transformer: dict[str, int], dim: int,
    gain: float,
) -> MuQMuLan:
    # The package reads its conformer's settings by attribute and takes text keys only.
    settings: dict[str, Any] = {key: value for key, value in conformer.to_dict().items() if not isinstance(value, dict)}
    audio = MuQConfig(**muq, stat=STAT, w2v2_config=settings)
    config = MuQMuLanConfig(
        mulan=asdict(MuLanConfig(dim_latent=dim)),
        audio_model=asdict(ModalModelConfig("muq", conformer.hidden_size)),
        text_model=asdict(ModalModelConfig("xlm-roberta", roberta.hidden_size)),
        audio_transformer=asdict(AudioTransformerConfig(**transformer)),
        text_transformer=asdict(TextTransformerConfig(**transformer)),
    )
    with (
        patch.object(MuQ, "from_pretrained", lambda *_, **__: MuQ(audio)),
        patch.object(XLMRobertaModel, "from_pretrained", lambda *_, **__: XLMRobertaModel(roberta)),
    ):
        return seeded(MuQMuLan(asdict(config)), 8, gain)
