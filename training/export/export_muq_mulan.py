"""MuQ-MuLan as a folder that `load(folder)` opens, with its own rules: 10-s windows, the last one filled up with the
track's start, window embeddings averaged, texts one at a time.

    python export_muq_mulan.py CHECKPOINT OUT --tokenizer TOKENIZER_JSON [--precision int8 --precision fp16]

CHECKPOINT is a folder or a name that `MuQMuLan.from_pretrained` takes; TOKENIZER_JSON is xlm-roberta-base's
tokenizer.json. The published weights are CC BY-NC 4.0: the manifest says so unless --licence says otherwise.
"""
from __future__ import annotations

from pathlib import Path
from typing import Any

from towers.command import parser, report
from towers.folder import ModelFacts, Tower, write_model
from towers.muq import CLIP_SEC, HOP, MAX_TOKENS, N_MELS, SAMPLE_RATE_HZ, MuqAudio, MuqText, front_end
from towers.probes import audio_probes, text_probes


def export_muq_mulan(model: Any, tokenizer: Path, out: Path, precisions: tuple[str, ...] = (), licence: str = "CC-BY-NC-4.0") -> dict[str, float]:
    """`model` is a muq.MuQMuLan."""
    length = CLIP_SEC * SAMPLE_RATE_HZ
    mulan = model.mulan_module
    audio = Tower(MuqAudio(model), audio_probes("mel", [(length // HOP, N_MELS)], scale=1.0), {
        "input": {"name": "mel", "layout": ["batch", "frame", "mel"]}, "frontEnd": front_end(mulan.audio.model.config.stat),
        "windows": {"lengthSamples": length, "hopSamples": length, "padding": "wrap", "lastWindow": "pad"},
        # Windows' embeddings are unit vectors already; their mean is not scaled again.
        "pooling": {"windows": "mean", "normalizeWindows": False, "normalize": False},
    })
    vocabulary = mulan.text.model.config.vocab_size
    text = Tower(MuqText(model), text_probes(vocabulary, masked=False), {
        "inputs": {"ids": "input_ids"}, "tokenizer": {"file": "tokenizer.json", "maxTokens": MAX_TOKENS}, "batching": "single",
        "normalize": True,
    }, {"input_ids": {1: "tokens"}})
    # The package's contrastive loss multiplies by exp(temperature), a learned logarithm.
    tau = round(float((-mulan.contrast.temperatures.detach().flatten()[0]).exp()), 6)
    facts = ModelFacts("muq-mulan", "MuQ-MuLan", mulan.dim_latent, tau, licence)
    return write_model(out, facts, audio, text, tokenizer, precisions)


if __name__ == "__main__":
    from muq import MuQMuLan

    command = parser(__doc__)
    command.add_argument("--tokenizer", type=Path, required=True, help="xlm-roberta-base's tokenizer.json")
    command.add_argument("--licence", default="CC-BY-NC-4.0")
    args = command.parse_args()
    loaded = MuQMuLan.from_pretrained(str(args.checkpoint)).eval()
    report(args.out, export_muq_mulan(loaded, args.tokenizer, args.out, tuple(args.precision), args.licence))
