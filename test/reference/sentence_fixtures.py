"""Makes test/fixtures/models/sentence/: tiny text encoders with seeded random weights, in the layouts that
sentence-transformers and optimum write, and what sentence-transformers itself says of them.

Usage: python test/reference/sentence_fixtures.py    (pins: test/reference/requirements.txt)

layered    modules.json with pooling and normalisation, onnx/model.onnx with last_hidden_state and pooler_output
whole      the same weights as one graph that pools itself: token_embeddings and sentence_embedding
dense      layered, with a Dense module after the pooling
quantised  the graph of layered with int8 activations, whose ranges depend on the whole batch
"""

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import sentence_transformers
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules as models
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers import models as token_models
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "test" / "fixtures" / "models" / "sentence"
GOLDEN = ROOT / "test" / "goldens" / "model" / "sentence.json"
WIDTH, MAX_TOKENS = 24, 20
WORDS = "a an the of and with music song piano guitar violin drums slow fast quiet loud string strings quartet played softly".split()
PIECES = [c for c in "abcdefghijklmnopqrstuvwxyz0123456789.,!?-'"]
TEXTS = [
    "piano",
    "slow piano music",
    "A string quartet, played softly.",
    "loud drums and a fast guitar",
    "Zither!",
    "the quiet music of strings with a violin and a guitar and drums and a piano and more than fits into twenty tokens",
]
POOLINGS = ["mean", "cls", "max", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]


def tokenizer():
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    vocab += [piece for piece in PIECES if piece not in vocab] + ["##" + piece for piece in PIECES]
    made = Tokenizer(token_models.WordPiece({token: i for i, token in enumerate(vocab)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocab.index("[CLS]")), ("[SEP]", vocab.index("[SEP]"))]
    )
    special = {"unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "mask_token": "[MASK]"}
    return PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=32, **special), len(vocab)


class Layered(torch.nn.Module):
    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, ids, mask, types):
        out = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)
        return out.last_hidden_state, out.pooler_output


class Whole(torch.nn.Module):
    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, ids, mask):
        tokens = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(2).to(tokens.dtype)
        return tokens, torch.nn.functional.normalize((tokens * weight).sum(1) / weight.sum(1), dim=1)


def export(module, path, inputs, outputs):
    path.parent.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(5, 20, (2, 7))
    feeds = (ids, torch.ones_like(ids), torch.zeros_like(ids))[: len(inputs)]
    axes = {name: {0: "batch", 1: "tokens"} for name in inputs}
    axes |= {name: {0: "batch", 1: "tokens"} if "token" in name or "hidden" in name else {0: "batch"} for name in outputs}
    torch.onnx.export(module.eval(), feeds, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes,
                      opset_version=17, dynamo=False)


def save(model, folder):
    """As sentence-transformers writes it, without the weights and the card."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as made:
        model.save(made, create_model_card=False)
        for path in Path(made).rglob("*"):
            is_weights = path.suffix in (".safetensors", ".bin") and "Dense" not in str(path)
            if path.is_dir() or is_weights:
                continue
            target = folder / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def rows(model):
    return [model.encode(text, convert_to_numpy=True).astype(float).round(7).tolist() for text in TEXTS]


def embedded():
    """MiniLM inside the embedded model: the tensor that mulan.json names, taken out by onnx and onnxruntime."""
    folder = ROOT / "models" / "mulan-mini"
    named = json.loads((folder / "mulan.json").read_text())["text"]["sentenceEncoder"]
    model = onnx.load(folder / "text.onnx")
    model.graph.output.append(onnx.helper.make_tensor_value_info(named["output"], onnx.TensorProto.FLOAT, ["batch", named["dim"]]))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokens.no_padding()
    found = []
    for text in TEXTS[:3]:
        ids = np.array([tokens.encode(text).ids], np.int64)
        row = session.run([named["output"]], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        found.append(row.astype(float).round(6).tolist())
    return found


@torch.inference_mode()
def main():
    torch.manual_seed(20260101)
    tokens, size = tokenizer()
    bert = BertModel(BertConfig(vocab_size=size, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
                                max_position_embeddings=40, initializer_range=0.4), ).eval()
    goldens = {"sentenceTransformers": sentence_transformers.__version__, "texts": TEXTS, "poolings": {}}
    with tempfile.TemporaryDirectory() as base:
        bert.save_pretrained(base)
        tokens.save_pretrained(base)
        transformer = models.Transformer(base, max_seq_length=MAX_TOKENS)
        goldens["ids"] = [transformer.tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"] for text in TEXTS]
        for mode in POOLINGS:
            pooled = SentenceTransformer(modules=[transformer, models.Pooling(WIDTH, pooling_mode=mode)], device="cpu")
            goldens["poolings"][mode] = rows(pooled)
        whole = SentenceTransformer(modules=[transformer, models.Pooling(WIDTH, pooling_mode="mean"), models.Normalize()], device="cpu")
        save(whole, OUT / "layered")
        dense = models.Dense(WIDTH, 10, activation_function=torch.nn.Tanh())
        small = SentenceTransformer(modules=[transformer, models.Pooling(WIDTH, pooling_mode="mean"), dense], device="cpu")
        save(small, OUT / "dense")
        goldens["dense"] = rows(small)
    inputs = ["input_ids", "attention_mask", "token_type_ids"]
    export(Layered(bert), OUT / "layered" / "onnx" / "model.onnx", inputs, ["last_hidden_state", "pooler_output"])
    quantised = OUT / "quantised" / "model.onnx"
    quantised.parent.mkdir(exist_ok=True)
    quantize_dynamic(OUT / "layered" / "onnx" / "model.onnx", quantised, weight_type=QuantType.QInt8)
    shutil.rmtree(OUT / "whole", ignore_errors=True)
    export(Whole(bert), OUT / "whole" / "model.onnx", inputs[:2], ["token_embeddings", "sentence_embedding"])
    for name in ("tokenizer.json", "tokenizer_config.json", "config.json"):
        shutil.copy(OUT / "layered" / name, OUT / "whole" / name)
    ids = [torch.tensor([row]) for row in goldens["ids"]]
    pooler = [bert(input_ids=row, attention_mask=torch.ones_like(row)).pooler_output[0] for row in ids]
    goldens["poolings"]["pooler"] = [np.round(row.double().numpy(), 7).tolist() for row in pooler]
    goldens["embedded"] = embedded()
    GOLDEN.write_text(json.dumps(goldens) + "\n")


if __name__ == "__main__":
    main()
