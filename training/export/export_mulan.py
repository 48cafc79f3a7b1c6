"""A MuLan that you trained yourself (M-AST or M-ResNet, BERT) as a folder that `load(folder)` opens.

    python export_mulan.py CHECKPOINT OUT [--precision int8 --precision fp16]

CHECKPOINT is a folder with config.json, weights.safetensors and tokenizer.json; towers/mulan.py says what is in them
and has the modules (`save_checkpoint` writes such a folder from yours).
"""
from __future__ import annotations

from pathlib import Path

from towers.command import parser, report
from towers.folder import ModelFacts, Tower, write_model
from towers.mulan import AstTower, load_checkpoint, n_frames
from towers.probes import audio_probes, text_probes


def export_mulan(checkpoint: Path, out: Path, precisions: tuple[str, ...] = ()) -> dict[str, float]:
    config, audio_module, text_module = load_checkpoint(checkpoint)
    frames, mels = n_frames(config), config.front_end["nMels"]
    if isinstance(audio_module, AstTower):
        # Positions of patches are learned: a graph for one length.
        frames = config.audio["config"]["max_length"]
        probes, free = audio_probes("mel", [(frames, mels)], scale=0.5), {}
        layout = ["batch", "frame", "mel"]
    else:
        probes = audio_probes("mel", [(1, frames, mels), (1, frames // 2 + 3, mels)], scale=2.0, offset=-4.0)
        free, layout = {"mel": {2: "frames"}}, ["batch", "channel", "frame", "mel"]
    audio = Tower(audio_module, probes, {
        "input": {"name": "mel", "layout": layout}, "frontEnd": config.front_end, "windows": config.windows,
        "pooling": {"windows": "mean", "normalizeWindows": True, "normalize": True},
    }, free)
    tokens = {name: {1: "tokens"} for name in ("input_ids", "attention_mask")}
    text = Tower(text_module, text_probes(config.text.get("vocab_size", 30522)), {
        "inputs": {"ids": "input_ids", "mask": "attention_mask"},
        "tokenizer": {"file": "tokenizer.json", "maxTokens": config.max_tokens}, "batching": "masked", "normalize": True,
    }, tokens)
    facts = ModelFacts(config.name, config.name, config.dim, config.temperature, config.licence)
    return write_model(out, facts, audio, text, checkpoint / "tokenizer.json", precisions)


if __name__ == "__main__":
    args = parser(__doc__).parse_args()
    report(args.out, export_mulan(args.checkpoint, args.out, tuple(args.precision)))
