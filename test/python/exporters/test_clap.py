"""CLAP of transformers and of LAION's package, small: from a checkpoint to the same embeddings in our library."""
from __future__ import annotations

import numpy as np
import onnx
import pytest
import soundfile
import torch
from conftest import TEXTS, byte_level_bpe, cosines, embed
from export_clap import export_clap
from export_laion import export_laion
from tokenizers import Tokenizer
from towers.laion import LaionAudio, build, state_dict
from towers.mulan import seeded
from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, RobertaConfig

TEXT = {
    "vocab_size": 600, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 1, "intermediate_size": 128,
    "max_position_embeddings": 100,
}
AUDIO = {"patch_embeds_hidden_size": 16, "hidden_size": 128, "depths": [1, 1, 1, 1], "num_attention_heads": [1, 2, 4, 8]}


def extractor(**changed: object) -> ClapFeatureExtractor:
    fields = dict(
        feature_size=64, sampling_rate=48_000, hop_length=480, max_length_s=10, fft_window_size=1024, frequency_min=50,
        frequency_max=14_000, truncation="rand_trunc", padding="repeatpad",
    )
    return ClapFeatureExtractor(**(fields | changed))


@pytest.fixture(scope="module")
def transformers_clap(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clap")
    config = ClapConfig(text_config=TEXT | {"projection_dim": 32}, audio_config=AUDIO | {"projection_dim": 32}, projection_dim=32)
    model = seeded(ClapModel(config), 6)
    model.save_pretrained(folder / "checkpoint")
    extractor().save_pretrained(folder / "checkpoint")
    byte_level_bpe(folder / "checkpoint" / "tokenizer.json")
    parity = export_clap(folder / "checkpoint", folder / "model", ("int8",))
    return model, folder, parity


def heard(pcm: np.ndarray) -> torch.Tensor:
    return extractor()(pcm, sampling_rate=48_000, return_tensors="pt")["input_features"]


@pytest.mark.parametrize("seconds", [10.0, 3.3])
def test_audio_is_what_transformers_computes(transformers_clap, clips, seconds):
    model, folder, parity = transformers_clap
    assert parity["audio"] >= 0.9999
    clip = clips(48_000, seconds)
    ours, _ = embed(folder / "model", [clip], TEXTS[:1])
    pcm, _ = soundfile.read(clip, dtype="float32")
    with torch.inference_mode():
        theirs = model.get_audio_features(input_features=heard(pcm)).numpy()
    assert cosines(ours, theirs)[0] >= 0.9999


def test_the_graph_computes_no_shapes_or_masks_anew(transformers_clap):
    _, folder, _ = transformers_clap
    operators = {node.op_type for node in onnx.load(folder / "model" / "audio.onnx").graph.node}
    assert not operators & {"Resize", "Range", "ScatterND", "ConstantOfShape", "Where"}


def test_texts_are_what_transformers_computes(transformers_clap, clips):
    model, folder, parity = transformers_clap
    assert parity["text"] >= 0.9999
    _, ours = embed(folder / "model", [clips(48_000, 3.3)], TEXTS)
    tokens = Tokenizer.from_file(str(folder / "checkpoint" / "tokenizer.json"))
    for text, row in zip(TEXTS, ours):
        ids = torch.tensor([tokens.encode(text).ids])
        with torch.inference_mode():
            theirs = model.get_text_features(input_ids=ids, attention_mask=torch.ones_like(ids)).numpy()
        assert cosines(row[None], theirs)[0] >= 0.9999


def test_a_fused_checkpoint_is_refused_in_words(transformers_clap, tmp_path):
    _, folder, _ = transformers_clap
    extractor(truncation="fusion").save_pretrained(folder / "checkpoint")
    try:
        with pytest.raises(ValueError, match="fused"):
            export_clap(folder / "checkpoint", tmp_path / "model")
    finally:
        extractor().save_pretrained(folder / "checkpoint")


@pytest.fixture(scope="module")
def laion_clap(tmp_path_factory):
    """The package's smallest audio encoder beside a two-layer RoBERTa, stored as its training script stores it."""
    from towers import laion

    folder = tmp_path_factory.mktemp("laion")
    # Its text projection takes RoBERTa's 768 numbers whatever the model.
    wide = TEXT | {"hidden_size": 768, "num_attention_heads": 12}
    text = RobertaConfig(**wide, type_vocab_size=1, pad_token_id=1, attn_implementation="eager")
    model = seeded(laion.empty(text, "tiny", embed_dim=768), 7, gain=2)
    stored = {"epoch": 1, "state_dict": {f"module.{key}": value for key, value in model.state_dict().items()}}
    torch.save(stored, folder / "checkpoint.pt")
    parity = export_laion(folder / "checkpoint.pt", byte_level_bpe(folder / "tokenizer.json"), folder / "model")
    return model, folder, parity


def test_laions_own_forward_is_what_we_compute(laion_clap, clips):
    model, folder, parity = laion_clap
    assert min(parity.values()) >= 0.9999
    clip = clips(48_000, 10.0)
    ours, _ = embed(folder / "model", [clip], TEXTS[:1])
    pcm, _ = soundfile.read(clip, dtype="float32")
    with torch.inference_mode():
        found = model.encode_audio({"waveform": torch.from_numpy(pcm)[None]}, device="cpu")["embedding"]
        theirs = model.audio_projection(found).numpy()
    assert cosines(ours, theirs)[0] >= 0.9999


def test_a_checkpoint_of_another_audio_encoder_is_refused_in_words():
    with pytest.raises(ValueError, match="HTSAT"):
        build({"audio_branch.conv_block1.conv1.weight": torch.zeros(1)})


def test_the_fixture_tells_sounds_apart(laion_clap):
    """Else every comparison above would hold for a constant."""
    model, _, _ = laion_clap
    noise = torch.randn(1, 1, 1001, 64, generator=torch.Generator().manual_seed(1)) * 15 - 30
    with torch.inference_mode():
        quiet, loud = LaionAudio(model).eval()(torch.cat([noise, noise + 20])).numpy()
    assert quiet @ loud < 0.95


def test_a_checkpoint_with_numpy_scalars_and_a_model_prefix_is_read_without_trust(tmp_path):
    file = tmp_path / "scalars.pt"
    torch.save({"best": np.float64(0.5), "state_dict": {"module.model.logit_scale_a": torch.ones(())}}, file)
    assert list(state_dict(file)) == ["logit_scale_a"]


def test_a_checkpoint_of_another_pickle_needs_to_be_trusted(tmp_path):
    file = tmp_path / "protocol4.pt"
    torch.save({"state_dict": {"logit_scale_a": torch.ones(())}}, file, pickle_protocol=4)
    with pytest.raises(ValueError, match="--trust-checkpoint"):
        state_dict(file)
    assert list(state_dict(file, trusted=True)) == ["logit_scale_a"]


def test_a_hub_id_in_place_of_a_folder_is_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="hf download"):
        export_clap(tmp_path / "laion", tmp_path / "out")
