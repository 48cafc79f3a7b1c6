"""Makes test/fixtures/models/: two tiny two-tower models with seeded random weights, and what ONNX Runtime's Python says of them.

Usage: python test/reference/model_fixtures.py    (pins: test/reference/requirements.txt)

tiny   log-mel in, text with masks; every part of the runtime's path in a few kilobytes
wave   waveform in, overlapping windows; texts go in one at a time and without a mask
broken text towers that tests put into copies of tiny: collapsed, NaN, too small a table
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "test" / "fixtures" / "models"
GOLDENS = ROOT / "test" / "goldens" / "model"
DIM, N_MELS, FRAMES, HIDDEN = 12, 16, 100, 24
SAMPLE_RATE = 8000

WORDS = """a an the of and with music song piece fast slow loud quiet bright dark happy sad calm angry warm cold
piano guitar violin cello flute drums bass choir organ synth trumpet saxophone harp banjo strings brass
rock jazz blues techno house metal folk classical ambient chiptune funk soul reggae waltz march opera
solo duet quartet trio band orchestra melody rhythm beat major minor female male voice singing instrumental""".split()

TEXTS = [
    "piano",
    "slow piano music",
    "fast techno with loud drums",
    "a string quartet",
    "calm and quiet ambient music with a warm synth and slow strings",
    "Metal!",
]


def weights(rng, *shape, scale=1.0):
    return (rng.standard_normal(shape) * scale).astype(np.float32)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def graph(path, name, nodes, inputs, outputs, constants):
    made = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def tensor(name, kind, *dims):
    return helper.make_tensor_value_info(name, kind, list(dims))


def mel_tower(path, rng):
    """Per mel band the mean and the spread over frames, then two dense layers. The output is not of length 1."""
    nodes = [
        helper.make_node("Squeeze", ["mel", "axis1"], ["x"]),
        helper.make_node("ReduceMean", ["x"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Sub", ["x", "mean"], ["centred"]),
        helper.make_node("Mul", ["centred", "centred"], ["squares"]),
        helper.make_node("ReduceMean", ["squares"], ["variance"], axes=[1], keepdims=0),
        helper.make_node("Sqrt", ["variance"], ["spread"]),
        helper.make_node("Squeeze", ["mean", "axis1"], ["level"]),
        helper.make_node("Concat", ["level", "spread"], ["features"], axis=1),
        helper.make_node("Gemm", ["features", "w1", "b1"], ["hidden"]),
        helper.make_node("Tanh", ["hidden"], ["active"]),
        helper.make_node("Gemm", ["active", "w2", "b2"], ["embeds"]),
    ]
    constants = [
        constant("axis1", np.array([1], np.int64)),
        constant("w1", weights(rng, 2 * N_MELS, HIDDEN, scale=0.2)),
        constant("b1", weights(rng, HIDDEN, scale=0.2)),
        constant("w2", weights(rng, HIDDEN, DIM)),
        constant("b2", weights(rng, DIM, scale=0.1)),
    ]
    inputs = [tensor("mel", TensorProto.FLOAT, "batch", 1, "frames", N_MELS)]
    graph(path, "tiny_audio", nodes, inputs, [tensor("embeds", TensorProto.FLOAT, "batch", DIM)], constants)


def wave_tower(path, rng):
    """A strided filter bank over the samples, its mean power, one dense layer."""
    nodes = [
        helper.make_node("Unsqueeze", ["wavs", "axis1"], ["x"]),
        helper.make_node("Conv", ["x", "filters"], ["bands"], kernel_shape=[64], strides=[32]),
        helper.make_node("Mul", ["bands", "bands"], ["power"]),
        helper.make_node("ReduceMean", ["power"], ["features"], axes=[2], keepdims=0),
        helper.make_node("Add", ["features", "floor"], ["safe"]),
        helper.make_node("Log", ["safe"], ["levels"]),
        helper.make_node("Gemm", ["levels", "w", "b"], ["embeds"]),
    ]
    constants = [
        constant("axis1", np.array([1], np.int64)),
        constant("filters", weights(rng, HIDDEN, 1, 64, scale=0.1)),
        constant("floor", np.array([1e-6], np.float32)),
        constant("w", weights(rng, HIDDEN, DIM, scale=0.3)),
        constant("b", weights(rng, DIM)),
    ]
    inputs = [tensor("wavs", TensorProto.FLOAT, "batch", "samples")]
    graph(path, "wave_audio", nodes, inputs, [tensor("embeds", TensorProto.FLOAT, "batch", DIM)], constants)


def text_tower(path, rng, vocabulary, *, masked, bias=None, kind="spread"):
    """Word vectors, their (masked) mean, one dense layer."""
    word = weights(rng, vocabulary, DIM)
    constants = [constant("words", word), constant("w", weights(rng, DIM, DIM, scale=0.6)), constant("axis1", np.array([1], np.int64))]
    nodes = [helper.make_node("Gather", ["words", "input_ids"], ["vectors"], axis=0)]
    inputs = [tensor("input_ids", TensorProto.INT64, "batch", "tokens")]
    if masked:
        inputs.append(tensor("attention_mask", TensorProto.INT64, "batch", "tokens"))
        constants.append(constant("axis2", np.array([2], np.int64)))
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "axis2"], ["mask3"]),
            helper.make_node("Mul", ["vectors", "mask3"], ["kept"]),
            helper.make_node("ReduceSum", ["kept", "axis1"], ["sum"], keepdims=0),
            helper.make_node("ReduceSum", ["mask", "axis1"], ["count"], keepdims=1),
            helper.make_node("Div", ["sum", "count"], ["mean"]),
        ]
    else:
        nodes.append(helper.make_node("ReduceMean", ["vectors"], ["mean"], axes=[1], keepdims=0))
    nodes.append(helper.make_node("MatMul", ["mean", "w"], ["mixed"]))
    if kind == "collapsed":
        # Like a checkpoint whose text tower was lost: a large constant drowns what the text says.
        constants.append(constant("constant", weights(rng, DIM, scale=60)))
        nodes.append(helper.make_node("Add", ["mixed", "constant"], ["embeds"]))
    elif kind == "nan":
        nodes += [helper.make_node("Sub", ["mixed", "mixed"], ["zero"]), helper.make_node("Div", ["zero", "zero"], ["embeds"])]
    else:
        nodes.append(helper.make_node("Tanh", ["mixed"], ["embeds"]))
    graph(path, "tiny_text", nodes, inputs, [tensor("embeds", TensorProto.FLOAT, "batch", DIM)], constants)


def word_tokenizer(path):
    vocabulary = {token: i for i, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
    tokenizer.save(str(path))
    return tokenizer, len(vocabulary)


def manifest(folder, model_id, audio, text):
    files = {}
    for file in sorted(folder.iterdir()):
        if file.name != "mulan.json":
            data = file.read_bytes()
            files[file.name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    value = {
        "format": "mulan/1",
        "id": model_id,
        "name": f"{model_id} (random weights, for tests)",
        "version": "1",
        "dim": DIM,
        "temperature": 0.1,
        "licence": "Apache-2.0",
        "trainedOn": [],
        "audio": audio,
        "text": text,
        "files": files,
    }
    (folder / "mulan.json").write_text(json.dumps(value, indent=2) + "\n")


FRONT_END = {
    "kind": "logMel", "sampleRateHz": SAMPLE_RATE, "nFft": 256, "windowLength": 256, "hopLength": 80,
    "window": "hann", "nMels": N_MELS, "fMinHz": 0, "fMaxHz": SAMPLE_RATE / 2, "melScale": "slaney", "norm": "slaney",
    "power": 2, "center": True, "padMode": "constant", "log": {"kind": "log10", "scale": 10000, "offset": 1},
    "fixedFrames": {"count": FRAMES, "fillValue": 0},
}
POOLING = {"windows": "mean", "normalizeWindows": True, "normalize": True}


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def run(path, feeds):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(["embeds"], feeds)[0]


def main():
    GOLDENS.mkdir(parents=True, exist_ok=True)
    tiny, wave, broken = OUT / "tiny", OUT / "wave", OUT / "broken"
    for folder in (tiny, wave, broken):
        folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(20260101)

    tokenizer, n_words = word_tokenizer(tiny / "tokenizer.json")
    mel_tower(tiny / "audio.onnx", rng)
    text_tower(tiny / "text.onnx", rng, n_words, masked=True)
    text = {
        "file": "text.onnx", "inputs": {"ids": "input_ids", "mask": "attention_mask"}, "output": {"name": "embeds"},
        "tokenizer": {"file": "tokenizer.json", "maxTokens": 16}, "batching": "masked", "normalize": True,
    }
    audio = {
        "file": "audio.onnx", "input": {"name": "mel", "layout": ["batch", "channel", "frame", "mel"]},
        "output": {"name": "embeds"}, "frontEnd": FRONT_END,
        "windows": {"lengthSamples": SAMPLE_RATE, "hopSamples": SAMPLE_RATE, "padding": "zeros", "lastWindow": "pad"},
        "pooling": POOLING,
    }
    manifest(tiny, "tiny", audio, text)

    word_tokenizer(wave / "tokenizer.json")
    wave_tower(wave / "audio.onnx", rng)
    text_tower(wave / "text.onnx", rng, n_words, masked=False)
    single = {**text, "inputs": {"ids": "input_ids"}, "batching": "single"}
    manifest(wave, "wave", {
        **audio, "input": {"name": "wavs", "layout": ["batch", "sample"]},
        "frontEnd": {"kind": "waveform", "sampleRateHz": SAMPLE_RATE},
        "windows": {"lengthSamples": SAMPLE_RATE, "hopSamples": SAMPLE_RATE // 2, "padding": "wrap", "lastWindow": "pad"},
    }, single)

    # Text towers that tests put into copies of "tiny".
    text_tower(broken / "text-collapsed.onnx", rng, n_words, masked=True, kind="collapsed")
    text_tower(broken / "text-nan.onnx", rng, n_words, masked=True, kind="nan")
    text_tower(broken / "text-small-table.onnx", rng, n_words - 20, masked=True)

    encoded = [tokenizer.encode(t).ids for t in TEXTS]
    text_rows = [run(tiny / "text.onnx", {"input_ids": np.array([ids], np.int64), "attention_mask": np.ones((1, len(ids)), np.int64)})[0] for ids in encoded]
    mel = np.abs(rng.standard_normal((3, 1, FRAMES, N_MELS))).astype(np.float32)
    wavs = (rng.standard_normal((2, SAMPLE_RATE)) * 0.1).astype(np.float32)
    golden = {
        "texts": TEXTS,
        "ids": encoded,
        "textEmbeddings": unit(np.array(text_rows)).tolist(),
        "mel": {"dims": list(mel.shape), "embeds": run(tiny / "audio.onnx", {"mel": mel}).tolist()},
        "wavs": {"dims": list(wavs.shape), "embeds": run(wave / "audio.onnx", {"wavs": wavs}).tolist()},
    }
    mel.tofile(GOLDENS / "mel.f32")
    wavs.tofile(GOLDENS / "wavs.f32")
    (GOLDENS / "tiny.json").write_text(json.dumps(golden) + "\n")
    cosines = unit(np.array(text_rows)) @ unit(np.array(text_rows)).T
    print("text-text cosines:", cosines[np.triu_indices(len(TEXTS), 1)].round(2))


if __name__ == "__main__":
    main()
