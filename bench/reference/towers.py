"""The towers of bench/towers.ts in PyTorch: exports them with seeded weights, then runs them in eager mode on request.

    python towers.py export FOLDER [--size small]   graphs, inputs and towers.json
    python towers.py serve FOLDER --threads 2       a line of JSON in ({"tower": …}), a line of JSON out ({"ms": …})

Needs training/export/requirements.txt.
"""
from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import ASTConfig, BertConfig, ClapConfig, ClapModel

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "training" / "export"))
from towers.clap import ClapAudio  # noqa: E402
from towers.graph import export  # noqa: E402
from towers.mulan import AstTower, BertTower, ResNetTower, seeded  # noqa: E402
from towers.precision import make_variant  # noqa: E402

DIM = 128
TOKENS = 64
"""Of MuLan's 10 s at 100 frames a second; AST's positions are for 1,024."""
FRAMES = {"ast": 1024, "resnet": 1001, "clap": 1001}
MELS = {"ast": 128, "resnet": 64, "clap": 64}


def build(name: str, small: bool) -> nn.Module:
    """Eager attention everywhere, real sizes unless `small`."""
    layers = 2 if small else 12
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
    if name == "bert":
        ids = torch.randint(1000, 30000, (batch, TOKENS), generator=generator)
        return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    shape = (batch, FRAMES[name], MELS[name]) if name == "ast" else (batch, 1, FRAMES[name], MELS[name])
    scale, offset = (15.0, -30.0) if name == "clap" else (0.5, 0.0) if name == "ast" else (2.0, -4.0)
    return {"input_features" if name == "clap" else "mel": torch.randn(shape, generator=generator) * scale + offset}


PRECISIONS = {"resnet": (), "clap": (), "bert": ("int8",), "ast": ("int8",)}


def export_all(folder: Path, small: bool, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    listed = {}
    for name in only:
        graph, done = folder / f"{name}.onnx", folder / f"{name}.json"
        if not done.exists():
            free = {"input_ids": {1: "tokens"}, "attention_mask": {1: "tokens"}} if name == "bert" else {}
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
    arguments.add_argument("what", choices=["export", "serve"])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--size", choices=["small", "real"], default="real")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--only", nargs="+", default=list(PRECISIONS), choices=list(PRECISIONS))
    args = arguments.parse_args()
    if args.what == "export":
        export_all(args.folder, args.size == "small", args.only)
    else:
        serve(args.folder, args.threads)
