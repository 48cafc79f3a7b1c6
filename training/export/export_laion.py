"""LAION's own CLAP checkpoint (`.pt`, non-fusion, HTSAT + RoBERTa) as a folder that `load(folder)` opens.

    python export_laion.py CHECKPOINT.pt OUT --tokenizer TOKENIZER_JSON [--precision int8 --precision fp16] [--trust-checkpoint]

TOKENIZER_JSON is roberta-base's tokenizer.json, which the checkpoint does not carry.
"""
from __future__ import annotations

from pathlib import Path

from towers.clap import SAMPLE_RATE_HZ, audio_tower, front_end, temperature, text_tower
from towers.command import parser, report
from towers.folder import ModelFacts, write_model
from towers.laion import LaionAudio, LaionText, build, state_dict


def export_laion(checkpoint: Path, tokenizer: Path, out: Path, precisions: tuple[str, ...] = (), licence: str = "see the checkpoint", trusted: bool = False) -> dict[str, float]:
    weights = state_dict(checkpoint, trusted)
    model = build(weights)
    dim, vocabulary = weights["text_projection.2.weight"].shape[0], weights["text_branch.embeddings.word_embeddings.weight"].shape[0]
    audio = audio_tower(LaionAudio(model), front_end(64, SAMPLE_RATE_HZ, 1024, 480, 50, 14_000), 10 * SAMPLE_RATE_HZ)
    facts = ModelFacts(checkpoint.stem, checkpoint.stem, dim, temperature(weights["logit_scale_a"]), licence)
    return write_model(out, facts, audio, text_tower(LaionText(model), vocabulary), tokenizer, precisions)


if __name__ == "__main__":
    command = parser(__doc__)
    command.add_argument("--tokenizer", type=Path, required=True, help="roberta-base's tokenizer.json")
    command.add_argument("--trust-checkpoint", action="store_true", help="read a file that may run code; only from people you trust")
    args = command.parse_args()
    try:
        parity = export_laion(args.checkpoint, args.tokenizer, args.out, tuple(args.precision), trusted=args.trust_checkpoint)
    except ValueError as error:
        raise SystemExit(f"export_laion.py: {error}") from None
    report(args.out, parity)
