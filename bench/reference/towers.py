"""The towers of bench/towers.ts in PyTorch: exports them with seeded weights, then runs them in eager mode on request.

    python towers.py export FOLDER [--size small]   graphs, inputs and towers.json
    python towers.py model FOLDER [--size small]    M-ResNet and BERT as a model that load() opens
    python towers.py serve FOLDER --threads 2       a line of JSON in ({"tower": …}), a line of JSON out ({"ms": …})

Needs training/export/requirements.txt and, for muq and muqText, requirements-no-deps.txt.
"""
from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor, nn
from transformers import ASTConfig, BertConfig, ClapConfig, ClapModel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "export"))
from export_mulan import export_mulan  # noqa: E402
from towers.clap import ClapAudio  # noqa: E402
from towers.graph import export  # noqa: E402
from towers.mulan import (  # noqa: E402
    WINDOW, AstTower, BertTower, MulanConfig, ResNetTower, log_mel_front_end, save_checkpoint, seeded,
)
from towers.precision import make_variant  # noqa: E402

DIM = 128
TOKENS = 64
"""Of MuLan's 10 s at 100 frames a second; AST's positions are for 1,024."""
FRAMES = {"ast": 1024, "resnet": 1001, "clap": 1001, "muq": 1000}
MELS = {"ast": 128, "resnet": 64, "clap": 64, "muq": 128}
TEXT = ("bert", "muqText")


def build(name: str, small: bool) -> nn.Module:
    """Eager attention everywhere, real sizes unless `small`."""
    layers = 2 if small else 12
    if name.startswith("muq"):
        from towers import muq, muq_untrained

        model = muq_untrained.small() if small else muq_untrained.large()
        return (muq.MuqText(model) if name in TEXT else muq.MuqAudio(model)).eval()
    if name == "resnet":
        return seeded(ResNetTower([1, 1, 1, 1] if small else [3, 4, 6, 3], DIM), 1, gain=0.9)
    if name == "ast":
        config = ASTConfig(num_hidden_layers=layers, max_length=FRAMES["ast"], num_mel_bins=MELS["ast"], attn_implementation="eager")
        return seeded(AstTower(config, DIM), 2, gain=0.9)
    if name == "bert":
        return seeded(BertTower(BertConfig(num_hidden_layers=layers, attn_implementation="eager"), DIM), 3, gain=0.9)
    config = ClapConfig(projection_dim=DIM if small else 512, text_config={"num_hidden_layers": 1})
    if small:
        config.audio_config.depths = [1, 1, 1, 1]
    config._attn_implementation = "eager"
    model = ClapModel(config)
    return ClapAudio(seeded(model, 4, gain=0.9))


def inputs(name: str, batch: int, seed: int) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    if name in TEXT:
        ids = torch.randint(10, 490, (batch, TOKENS), generator=generator)
        return {"input_ids": ids} | ({"attention_mask": torch.ones_like(ids)} if name == "bert" else {})
    shape = (batch, FRAMES[name], MELS[name]) if name in ("ast", "muq") else (batch, 1, FRAMES[name], MELS[name])
    scale, offset = {"clap": (15.0, -30.0), "ast": (0.5, 0.0), "muq": (1.0, 0.0)}.get(name, (2.0, -4.0))
    return {"input_features" if name == "clap" else "mel": torch.randn(shape, generator=generator) * scale + offset}


PRECISIONS = {"resnet": (), "clap": (), "bert": ("int8",), "ast": ("int8",), "muq": ("int8",), "muqText": ("int8",)}


def export_all(folder: Path, small: bool, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listed = {}
    for name in only:
        graph, done = folder / f"{name}.onnx", folder / f"{name}.json"
        if not done.exists():
            free = {key: {1: "tokens"} for key in inputs(name, 1, 5)} if name in TEXT else {}
            cosine = export(build(name, small), graph, [inputs(name, 1, 5), inputs(name, 2, 6)], free)
            for precision in PRECISIONS[name]:
                make_variant(precision, graph, folder / f"{name}.{precision}.onnx")
            tensors = []
            for key, value in inputs(name, 1, 7).items():
                file = f"{name}.{key}.bin"
                value.contiguous().numpy().tofile(folder / file)
                tensors.append({"name": key, "dims": list(value.shape), "dtype": str(value.dtype).removeprefix("torch."), "file": file})
            done.write_text(json.dumps({"inputs": tensors, "precisions": list(PRECISIONS[name]), "exportCosine": cosine}))
        listed[name] = json.loads(done.read_text())
    (folder / "towers.json").write_text(json.dumps({"small": small, "torch": torch.__version__, "towers": listed}, indent=2) + "\n")


def write_mulan(folder: Path, small: bool) -> None:
    """By way of a checkpoint and the exporter, as a user would."""
    resnet, bert = build("resnet", small), build("bert", small)
    blocks = [len(layer) for layer in (resnet.backbone.layer1, resnet.backbone.layer2, resnet.backbone.layer3, resnet.backbone.layer4)]
    config = MulanConfig(
        "M-ResNet", DIM, 0.07, "none", {"kind": "resnet", "blocks": blocks},
        {"num_hidden_layers": bert.backbone.config.num_hidden_layers}, log_mel_front_end(MELS["resnet"]), WINDOW,
    )
    with TemporaryDirectory() as checkpoint:
        save_checkpoint(Path(checkpoint), config, resnet, bert)
        shutil.copy(ROOT / "models/mulan-mini/tokenizer.json", checkpoint)
        export_mulan(Path(checkpoint), folder)


@torch.inference_mode()
def serve(folder: Path, threads: int) -> None:
    torch.set_num_threads(threads)
    small = json.loads((folder / "towers.json").read_text())["small"]
    name, tower, given = None, None, {}
    for line in sys.stdin:
        asked = json.loads(line)["tower"]
        if asked != name:
            name, tower, given = asked, build(asked, small), inputs(asked, 1, 7)
        started = time.perf_counter()
        rows = tower(*given.values())
        ms = 1000 * (time.perf_counter() - started)
        print(json.dumps({"ms": ms, "row": np.asarray(rows[0]).tolist()}), flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("what", choices=["export", "model", "serve"])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--size", choices=["small", "real"], default="real")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--only", nargs="+", default=list(PRECISIONS), choices=list(PRECISIONS))
    args = arguments.parse_args()
    if args.what == "export":
        export_all(args.folder, args.size == "small", args.only)
    elif args.what == "model":
        write_mulan(args.folder, args.size == "small")
    else:
        serve(args.folder, args.threads)
