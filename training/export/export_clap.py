"""A CLAP checkpoint of transformers (config.json, weights, preprocessor_config.json, tokenizer.json) as a folder that
`load(folder)` opens. Unfused checkpoints only: the fused ones mix four random crops.

    python export_clap.py CHECKPOINT OUT [--precision int8 --precision fp16]
"""
from __future__ import annotations

import json
from pathlib import Path

from transformers import ClapModel

from towers.clap import ClapAudio, ClapText, audio_tower, front_end, temperature, text_tower
from towers.command import parser, report
from towers.folder import ModelFacts, write_model


def export_clap(checkpoint: Path, out: Path, precisions: tuple[str, ...] = (), licence: str = "see the checkpoint") -> dict[str, float]:
    if not (checkpoint / "preprocessor_config.json").is_file():
        raise ValueError(
            f"{checkpoint}: expected a folder with config.json, weights, preprocessor_config.json and tokenizer.json. "
            f"Of a model on the hub make one first: hf download {checkpoint} --local-dir FOLDER"
        )
    heard = json.loads((checkpoint / "preprocessor_config.json").read_text())
    model = ClapModel.from_pretrained(checkpoint, attn_implementation="eager").eval()
    if model.config.audio_config.enable_fusion or heard.get("truncation") == "fusion":
        raise ValueError(f"{checkpoint}: a fused CLAP embeds four random crops; expected an unfused one (clap-htsat-unfused, larger_clap_*)")
    front = front_end(
        heard["feature_size"], heard["sampling_rate"], heard["fft_window_size"], heard["hop_length"],
        heard["frequency_min"], heard["frequency_max"],
    )
    facts = ModelFacts(
        checkpoint.name, checkpoint.name, model.config.projection_dim, temperature(model.logit_scale_a.data), licence,
    )
    audio = audio_tower(ClapAudio(model), front, heard["max_length_s"] * heard["sampling_rate"])
    text = text_tower(ClapText(model), model.config.text_config.vocab_size)
    return write_model(out, facts, audio, text, checkpoint / "tokenizer.json", precisions)


if __name__ == "__main__":
    args = parser(__doc__).parse_args()
    try:
        parity = export_clap(args.checkpoint, args.out, tuple(args.precision))
    except ValueError as error:
        raise SystemExit(f"export_clap.py: {error}") from None
    report(args.out, parity)
