"""Makes test/fixtures/models/precisions/: graphs in the precisions that transformers.js's repositories have beside
model.onnx, and what Python's ONNX Runtime computes with the very same files.

Usage: python test/reference/precision_fixtures.py    (pins: test/reference/requirements.txt)

q4      4-bit weights in blocks of 32, symmetric (MatMulNBits of com.microsoft), both towers
q4f16   the same with all else in half precision but inputs and outputs; audio only
bnb4    4-bit normal floats in blocks of 64 (MatMulBnb4), audio only
uint8   int8's twin for processors without signed kernels, audio only
fp16    half precision throughout, inputs and outputs too, as some exporters leave it; both towers

fp16 are the towers of layout_fixtures.py, their shape arithmetic folded and names cut short: a fifth of the bytes.
Those are no good for 4 bits: 8 to 24 wide they fill no block of 32, and a projection centred on the exact outputs
magnifies every error (cosines with fp32 down to -0.1). So the others are towers of their own with the same inputs and
outputs, 64 to 128 wide.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from layout_fixtures import GOLDENS, ROOT, TEXTS, sounds
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_bnb4_quantizer import MatMulBnb4Quantizer
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers.float16 import convert_float_to_float16
from tokenizers import Tokenizer
from transformers import ClapFeatureExtractor

CLAP = ROOT / "test" / "fixtures" / "models" / "layouts" / "clap"
OUT = ROOT / "test" / "fixtures" / "models" / "precisions"
SIDES = {"audio": "audio_model", "text": "text_model"}


def session(path, **options):
    chosen = onnxruntime.SessionOptions()
    chosen.log_severity_level = 3
    for name, value in options.items():
        setattr(chosen, name, value)
    return onnxruntime.InferenceSession(path if isinstance(path, bytes) else str(path), chosen, providers=["CPUExecutionProvider"])


def slim(source, target):
    """What does not depend on the input is computed once; no operator becomes another."""
    session(source, graph_optimization_level=onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC, optimized_model_filepath=str(target))
    model = onnx.load(target)
    graph = model.graph
    short = {value.name: value.name for value in [*graph.input, *graph.output]} | {"": ""}
    cut = lambda name: short.setdefault(name, f"t{len(short)}")
    for i, node in enumerate(graph.node):
        node.name = f"n{i}"
        node.input[:] = [cut(name) for name in node.input]
        node.output[:] = [cut(name) for name in node.output]
    for tensor in graph.initializer:
        tensor.name = cut(tensor.name)
    del graph.value_info[:]
    own = [opset for opset in model.opset_import if opset.domain == ""]
    del model.opset_import[:]
    model.opset_import.extend(own)
    onnx.save(model, target)


def tower(nodes, inputs, output, weights):
    """`nodes`: (operator, inputs, output, attributes); a seeded weight is made for each name with a shape."""
    random = np.random.default_rng(20260102)
    initializers = [
        numpy_helper.from_array(value if isinstance(value, np.ndarray) else random.normal(0, 1.4 / value[0] ** 0.5, value).astype(np.float32), name)
        for name, value in weights.items()
    ]
    made = [helper.make_node(op, list(given), [result], name=f"n{i}", **attributes) for i, (op, given, result, attributes) in enumerate(nodes)]
    graph = helper.make_graph(made, "tower", inputs, [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch_size", 24])], initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def audio_tower():
    """Two layers over the frames, their mean and deviation, a projection."""
    return tower(
        [
            ("Squeeze", ("input_features", "axis1"), "frames", {}),
            ("Add", ("frames", "level"), "level0", {}),
            ("Div", ("level0", "range"), "scaled", {}),
            ("MatMul", ("scaled", "w1"), "h1", {}),
            ("Tanh", ("h1",), "a1", {}),
            ("MatMul", ("a1", "w2"), "h2", {}),
            ("Tanh", ("h2",), "a2", {}),
            ("ReduceMean", ("a2",), "mean", {"axes": [1], "keepdims": 1}),
            ("Sub", ("a2", "mean"), "apart", {}),
            ("Mul", ("apart", "apart"), "square", {}),
            ("ReduceMean", ("square",), "variance", {"axes": [1], "keepdims": 1}),
            ("Sqrt", ("variance",), "deviation", {}),
            ("Concat", ("mean", "deviation"), "both", {"axis": 2}),
            ("MatMul", ("both", "w3"), "projected", {}),
            ("Squeeze", ("projected", "axis1"), "audio_embeds", {}),
        ],
        [helper.make_tensor_value_info("input_features", TensorProto.FLOAT, ["batch_size", 1, 1001, 64])],
        "audio_embeds",
        {"w1": (64, 96), "w2": (96, 64), "w3": (128, 24), "axis1": np.array([1]), "level": np.float32([40]), "range": np.float32([20])},
    )


def text_tower():
    """Word vectors, a layer, the mean over the mask, a layer, a projection."""
    ids = lambda name: helper.make_tensor_value_info(name, TensorProto.INT64, ["batch_size", "sequence_length"])
    return tower(
        [
            ("Gather", ("words", "input_ids"), "vectors", {}),
            ("MatMul", ("vectors", "w1"), "h1", {}),
            ("Tanh", ("h1",), "a1", {}),
            ("Cast", ("attention_mask",), "mask", {"to": TensorProto.FLOAT}),
            ("Unsqueeze", ("mask", "axis2"), "column", {}),
            ("Mul", ("a1", "column"), "kept", {}),
            ("ReduceSum", ("kept", "axis1"), "sum", {"keepdims": 0}),
            ("ReduceSum", ("column", "axis1"), "count", {"keepdims": 0}),
            ("Div", ("sum", "count"), "mean", {}),
            ("MatMul", ("mean", "w2"), "h2", {}),
            ("Tanh", ("h2",), "a2", {}),
            ("MatMul", ("a2", "w3"), "text_embeds", {}),
        ],
        [ids("input_ids"), ids("attention_mask")],
        "text_embeds",
        {"words": np.random.default_rng(4).normal(0, 1, (400, 16)).astype(np.float32), "w1": (16, 64), "w2": (64, 64), "w3": (64, 24), "axis1": np.array([1]), "axis2": np.array([2])},
    )


TOWERS = {"audio": audio_tower, "text": text_tower}


def q4(model):
    quantizer = MatMulNBitsQuantizer(model, bits=4, block_size=32, is_symmetric=True)
    quantizer.process()
    return quantizer.model.model


def bnb4(model):
    quantizer = MatMulBnb4Quantizer(model, MatMulBnb4Quantizer.NF4, 64)
    quantizer.process()
    return quantizer.model.model


def half(model, keep_io_types):
    return convert_float_to_float16(model, keep_io_types=keep_io_types, op_block_list=["Resize", "Range"])


def write(model, name):
    path = OUT / f"{name}.onnx"
    onnx.save(model, path)
    print(path.name, path.stat().st_size, sorted({node.op_type for node in model.graph.node if node.domain}))
    return path


def fixtures():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for side, stem in SIDES.items():
            plain = Path(folder) / f"{stem}.onnx"
            slim(CLAP / "onnx" / f"{stem}.onnx", plain)
            write(half(onnx.load(plain), keep_io_types=False), f"{stem}_fp16")
            write(q4(TOWERS[side]()), f"{stem}_q4")
        write(half(q4(audio_tower()), keep_io_types=True), "audio_model_q4f16")
        write(bnb4(audio_tower()), "audio_model_bnb4")
        onnx.save(audio_tower(), plain)
        quantize_dynamic(str(plain), str(OUT / "audio_model_uint8.onnx"), op_types_to_quantize=["MatMul"], weight_type=QuantType.QUInt8)


def unit(rows):
    rows = np.asarray(rows, np.float64)
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def run(path, inputs):
    """One row for each input, each alone; halves where the graph wants them."""
    opened = session(path)
    wants_half = {info.name for info in opened.get_inputs() if info.type == "tensor(float16)"}
    rows = []
    for feeds in inputs:
        fed = {name: value.astype(np.float16) if name in wants_half else value for name, value in feeds.items()}
        rows.append(opened.run(None, fed)[0][0].astype(np.float64))
    return unit(rows)


def goldens():
    extractor = ClapFeatureExtractor.from_pretrained(CLAP)
    tokenizer = Tokenizer.from_file(str(CLAP / "tokenizer.json"))
    heard = [{"input_features": np.asarray(extractor(one, sampling_rate=48000, return_tensors="np")["input_features"], np.float32)} for one in sounds(48000)]
    encoded = [np.array([tokenizer.encode(text).ids], np.int64) for text in TEXTS]
    said = [{"input_ids": ids, "attention_mask": np.ones_like(ids)} for ids in encoded]
    inputs = {"audio": heard, "text": said}
    value = {"texts": TEXTS}
    for side, stem in SIDES.items():
        exact = run(CLAP / "onnx" / f"{stem}.onnx", inputs[side])
        own = run(TOWERS[side]().SerializeToString(), inputs[side])
        # "fp32": of the towers that all but fp16 are made of.
        value[side] = {"fp32": own.round(6).tolist()}
        for path in sorted(OUT.glob(f"{stem}_*.onnx")):
            rows = run(path, inputs[side])
            value[side][path.stem.removeprefix(f"{stem}_")] = rows.round(6).tolist()
            cosines = (rows * (exact if path.stem.endswith("_fp16") else own)).sum(1)
            print(path.name, "cosine with fp32", cosines.round(4))
        print(side, "cosines among themselves", (own @ own.T)[np.triu_indices(len(own), 1)].round(2))
    (GOLDENS / "precisions.json").write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    fixtures()
    goldens()
