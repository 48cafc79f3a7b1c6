"""Makes test/fixtures/models/layouts/: the layouts in which people have models, each with tiny seeded random weights,
and what the Python reference (PyTorch through transformers' own feature extractor and tokenizer) says of them.

Usage: python test/reference/layout_fixtures.py    (pins: test/reference/requirements.txt)

clap       Hugging Face CLAP, two graphs under onnx/ in fp32, fp16 and quantized (int8)
clap-one   Hugging Face CLAP, one combined graph in the folder's root
muq        MuQ-MuLan's way with the mel inside audio.onnx; a Unigram tokenizer of XLM-R's class, trained here
muq-chain  the same model as mel.onnx + audio.onnx + text.onnx
"""

import json
import shutil
import warnings
from pathlib import Path

import librosa
import numpy as np
import onnx
import soundfile
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, XLMRobertaConfig, XLMRobertaModel

warnings.filterwarnings("ignore")
ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "test" / "fixtures" / "models" / "layouts"
GOLDENS = ROOT / "test" / "goldens" / "layouts"

RECORDINGS = ["01-nocturne-piano.flac", "04-jazz-trio.ogg", "06-chiptune.wav"]
TEXTS = ["piano", "slow piano music", "fast techno with loud drums", "a string quartet", "heavy metal, distorted guitars!"]
CORPUS = [
    "a calm string quartet", "heavy metal with distorted guitars", "fast techno, drum machine", "slow piano music",
    "silence", "the sound of rain on a roof", "a woman sings a folk song", "jazz trio with upright bass",
    "warm synthesizer pads and a soft beat", "brass band marching", "solo violin, sad and slow", "loud rock guitars",
] * 4


def noise(length):
    """Numerical Recipes' linear congruential generator: the tests make the same numbers."""
    state, values = 1, np.empty(length)
    for i in range(length):
        state = (state * 1_664_525 + 1_013_904_223) & 0xFFFFFFFF
        values[i] = state / 2**31 - 1
    return values


def sounds(rate):
    """Three clips of at most one window: noise, a chord with a beat, a short sweep."""
    time = np.arange(rate * 10) / rate
    chord = sum(np.sin(2 * np.pi * hz * time) for hz in (220, 277.2, 329.6)) * (0.05 + 0.1 * (time % 0.5 < 0.2))
    short = time[: int(rate * 3.3)]
    sweep = 0.3 * np.sin(2 * np.pi * (100 * short + 200 * short**2))
    return [(noise(rate * 10) * 0.3).astype(np.float32), chord.astype(np.float32), sweep.astype(np.float32)]


def recordings(rate):
    """Excerpts of the sample recordings as other tools decode and resample them: libsndfile, soxr."""
    excerpts = []
    for name in RECORDINGS:
        samples, own_rate = soundfile.read(ROOT / "samples" / "audio" / name, dtype="float64", always_2d=True)
        mono = samples.mean(axis=1)[2 * own_rate : 10 * own_rate]
        excerpts.append(librosa.resample(mono, orig_sr=own_rate, target_sr=rate, res_type="soxr_vhq").astype(np.float32))
    return excerpts


def spread(model):
    """Random weights of the usual size give every input nearly the same output: larger ones tell inputs apart."""
    torch.manual_seed(20260102)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.dim() > 1:
                fan = parameter.shape[1:].numel()
                parameter.normal_(0, 1.6 / fan**0.5 if "embed" not in name else 1.0)
            elif name.endswith("bias"):
                parameter.normal_(0, 0.05)
    return model.eval()


def centre(layer, side, inputs):
    """Moves a projection so that the mean of some inputs is 0: else one constant drowns what they say."""
    with torch.no_grad():
        layer.bias -= torch.cat([side(*one) for one in inputs]).mean(0)


def byte_level_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer = trainers.BpeTrainer(vocab_size=340, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer


def unigram_tokenizer():
    """XLM-R's class (Unigram with Metaspace, <s> … </s>), trained on a few sentences: its own vocabulary comes with no package."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=220, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


def clap():
    config = ClapConfig(
        text_config=dict(vocab_size=400, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=24, max_position_embeddings=66, projection_dim=24, pad_token_id=1, bos_token_id=0, eos_token_id=2),
        audio_config=dict(patch_embeds_hidden_size=8, hidden_size=16, depths=[1, 1], num_attention_heads=[1, 2], num_hidden_layers=2, window_size=4, projection_dim=24, spec_size=256, num_mel_bins=64, aff_block_r=1, num_classes=4, mlp_ratio=1.0, patch_size=8, patch_stride=[8, 8]),
        projection_dim=24,
    )
    config._attn_implementation = "eager"
    model = ClapModel._from_config(config, attn_implementation="eager")
    return spread(model), config


class AudioSide(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model
        self.eval()  # the exporter gives a wrapper its mode back, and all below it

    def forward(self, input_features):
        pooled = self.model.audio_model(input_features=input_features, is_longer=None).pooler_output
        return self.model.audio_projection(pooled)


class TextSide(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model
        self.eval()  # the exporter gives a wrapper its mode back, and all below it

    def forward(self, input_ids, attention_mask):
        pooled = self.model.text_model(input_ids=input_ids, attention_mask=attention_mask).pooler_output
        return self.model.text_projection(pooled)


class Both(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.audio, self.text = AudioSide(model), TextSide(model)
        self.eval()

    def forward(self, input_ids, input_features, attention_mask):
        text = torch.nn.functional.normalize(self.text(input_ids, attention_mask), dim=-1)
        audio = torch.nn.functional.normalize(self.audio(input_features), dim=-1)
        logits = audio @ text.T / 0.07
        return logits, logits.T, text, audio


def export(module, inputs, path, names, outputs, axes):
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(module, inputs, str(path), input_names=names, output_names=outputs, dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=True)
    print(path.relative_to(OUT), path.stat().st_size)


def fp16(source, target):
    onnx.save(convert_float_to_float16(onnx.load(source), keep_io_types=True, op_block_list=["Resize", "Range", "STFT"]), target)


def int8(source, target):
    quantize_dynamic(str(source), str(target), op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8)


def clap_folders():
    model, config = clap()
    tokenizer = byte_level_tokenizer()
    extractor = ClapFeatureExtractor(feature_size=64, sampling_rate=48000, hop_length=480, max_length_s=10, fft_window_size=1024, frequency_min=50, frequency_max=14000, padding="repeatpad", truncation="rand_trunc")
    pcm = [*sounds(48000), *recordings(48000)]
    heard = [torch.tensor(np.asarray(extractor(one, sampling_rate=48000, return_tensors="np")["input_features"])).float() for one in pcm]
    centre(model.audio_projection.linear2, AudioSide(model), [(one,) for one in heard])
    encoded = [torch.tensor([tokenizer.encode(text).ids]) for text in TEXTS]
    centre(model.text_projection.linear2, TextSide(model), [(ids, torch.ones_like(ids)) for ids in encoded])
    folder, one = OUT / "clap", OUT / "clap-one"
    text_axes = {"input_ids": {0: "batch_size", 1: "sequence_length"}, "attention_mask": {0: "batch_size", 1: "sequence_length"}, "text_embeds": {0: "batch_size"}}
    audio_axes = {"input_features": {0: "batch_size"}, "audio_embeds": {0: "batch_size"}}
    ids = torch.tensor([[0, 5, 9, 2], [0, 7, 2, 1]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    features = torch.randn(2, 1, 1001, 64)
    with torch.no_grad():
        export(AudioSide(model), (features,), folder / "onnx/audio_model.onnx", ["input_features"], ["audio_embeds"], audio_axes)
        export(TextSide(model), (ids, mask), folder / "onnx/text_model.onnx", ["input_ids", "attention_mask"], ["text_embeds"], text_axes)
        both_axes = {
            "input_ids": {0: "text_batch_size", 1: "sequence_length"}, "attention_mask": {0: "text_batch_size", 1: "sequence_length"},
            "input_features": {0: "audio_batch_size"}, "text_embeds": {0: "text_batch_size"}, "audio_embeds": {0: "audio_batch_size"},
            "logits_per_audio": {0: "audio_batch_size", 1: "text_batch_size"}, "logits_per_text": {0: "text_batch_size", 1: "audio_batch_size"},
        }
        export(Both(model), (ids, features, mask), one / "model.onnx", ["input_ids", "input_features", "attention_mask"], ["logits_per_audio", "logits_per_text", "text_embeds", "audio_embeds"], both_axes)
    for side in ("audio_model", "text_model"):
        fp16(folder / f"onnx/{side}.onnx", folder / f"onnx/{side}_fp16.onnx")
        int8(folder / f"onnx/{side}.onnx", folder / f"onnx/{side}_quantized.onnx")
    for target in (folder, one):
        extractor.save_pretrained(target)
        config.save_pretrained(target)
        tokenizer.save(str(target / "tokenizer.json"))
        (target / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 512, "tokenizer_class": "RobertaTokenizer"}) + "\n")

    with torch.no_grad():
        audio = [AudioSide(model)(features)[0].numpy() for features in heard]
        text = [text_row(TextSide(model), tokenizer, one_text) for one_text in TEXTS]
    golden("clap", audio, text, tokenizer)


def text_row(side, tokenizer, text):
    ids = torch.tensor([tokenizer.encode(text).ids])
    return side(ids, torch.ones_like(ids))[0].numpy()


def unit(rows):
    rows = np.asarray(rows, np.float64)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def golden(name, audio, text, tokenizer):
    GOLDENS.mkdir(parents=True, exist_ok=True)
    value = {"recordings": RECORDINGS, "texts": TEXTS, "ids": [tokenizer.encode(t).ids for t in TEXTS], "text": unit(text).round(7).tolist(), "audio": unit(audio).round(7).tolist()}
    (GOLDENS / f"{name}.json").write_text(json.dumps(value) + "\n")
    for what in ("text", "audio"):
        rows = np.array(value[what])
        print(name, what, "cosines", (rows @ rows.T)[np.triu_indices(len(rows), 1)].round(2))


class Mel(torch.nn.Module):
    """MuQ's front end in small: power spectrogram, mel bands, decibels."""

    def __init__(self, n_fft=1024, hop=240, n_mels=16, rate=24000):
        super().__init__()
        from torchaudio.functional import melscale_fbanks
        self.n_fft, self.hop = n_fft, hop
        self.register_buffer("window", torch.hann_window(n_fft))
        self.register_buffer("bank", melscale_fbanks(n_fft // 2 + 1, 0.0, rate / 2, n_mels, rate))

    def forward(self, wavs):
        spectrum = torch.stft(wavs, self.n_fft, self.hop, window=self.window, center=False, return_complex=False)
        power = spectrum.pow(2).sum(-1)
        return 10 * torch.log10(torch.clamp(power.transpose(1, 2) @ self.bank, min=1e-10))


class MuqAudio(torch.nn.Module):
    def __init__(self, n_mels=16, hidden=24, dim=32):
        super().__init__()
        self.conv = torch.nn.Conv1d(n_mels, hidden, 5, stride=4)
        self.attention = torch.nn.Linear(hidden, 1)
        self.out = torch.nn.Linear(2 * hidden, dim)

    def forward(self, mel):
        x = torch.tanh(self.conv((mel + 20).transpose(1, 2) / 20)).transpose(1, 2)
        weight = torch.softmax(self.attention(x), dim=1)
        mean = (x * weight).sum(1)
        deviation = ((x - mean[:, None]) ** 2).mean(1)
        return torch.nn.functional.normalize(self.out(torch.cat([mean, deviation], 1)), dim=-1)


class MuqWhole(torch.nn.Module):
    def __init__(self, mel, audio):
        super().__init__()
        self.mel, self.audio = mel, audio

    def forward(self, wavs):
        return self.audio(self.mel(wavs))


class MuqText(torch.nn.Module):
    """XLM-R, then the plain mean over all tokens, padding too: why texts go in unpadded."""

    def __init__(self, vocabulary, dim=32):
        super().__init__()
        config = XLMRobertaConfig(vocab_size=vocabulary, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=24, max_position_embeddings=70, pad_token_id=1)
        config._attn_implementation = "eager"
        self.model = XLMRobertaModel(config, add_pooling_layer=False)
        self.out = torch.nn.Linear(16, dim)

    def forward(self, input_ids, attention_mask):
        hidden = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return torch.nn.functional.normalize(self.out(hidden.mean(1)), dim=-1)


def wrapped(pcm, length):
    """Windows of ten seconds; the last is filled up with the start of the track."""
    starts = range(0, len(pcm), length)
    filled = []
    for start in starts:
        window = pcm[start : start + length]
        while len(window) < length:
            window = np.concatenate([window, pcm[: length - len(window)]])
        filled.append(window)
    return np.stack(filled)


def muq_folders():
    tokenizer = unigram_tokenizer()
    mel = Mel()
    audio, text = spread(MuqAudio()), spread(MuqText(tokenizer.get_vocab_size()))
    whole = MuqWhole(mel, audio).eval()
    folder, chain = OUT / "muq", OUT / "muq-chain"
    for target in (folder, chain):
        target.mkdir(parents=True, exist_ok=True)
        tokenizer.save(str(target / "tokenizer.json"))
    wavs = torch.randn(2, 240000) * 0.1
    ids = torch.tensor([[0, 5, 9, 2]])
    text_axes = {"input_ids": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "tokens"}, "text_embeds": {0: "batch"}}
    with torch.no_grad():
        export(whole, (wavs,), folder / "audio.onnx", ["wavs"], ["audio_embeds"], {"wavs": {0: "batch"}, "audio_embeds": {0: "batch"}})
        export(mel, (wavs,), chain / "mel.onnx", ["wavs"], ["mel"], {"wavs": {0: "batch"}, "mel": {0: "batch"}})
        export(audio, (mel(wavs),), chain / "audio.onnx", ["mel"], ["audio_embeds"], {"mel": {0: "batch"}, "audio_embeds": {0: "batch"}})
        for target in (folder, chain):
            export(text, (ids, torch.ones_like(ids)), target / "text.onnx", ["input_ids", "attention_mask"], ["text_embeds"], text_axes)
    (folder / "manifest.json").write_text(json.dumps({"name": "MuQ-MuLan (tiny, random weights)", "sample_rate": 24000, "clip_seconds": 10, "embedding_dim": 32, "max_tokens": 64}) + "\n")
    pcm = sounds(24000)
    long = np.concatenate([pcm[1], pcm[2], pcm[0][:60000]])
    pcm = [*pcm, *recordings(24000)]
    with torch.no_grad():
        rows = [whole(torch.tensor(wrapped(one, 240000))).mean(0).numpy() for one in [*pcm, long]]
        texts = [text_row(text, tokenizer, one) for one in TEXTS]
    golden("muq", rows, texts, tokenizer)


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    clap_folders()
    muq_folders()
