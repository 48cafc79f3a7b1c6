"""Step 2: render label-driven music. Training hears FluidR3 only; MuseScore General is held out.

(MuseScore General descends in part from FluidR3, so the held-out font is another font, not another world.)
The part "chiptune" adds varied pulse-wave music to training, which needs no font.
Usage: 02_render_synthetic.py [train|chiptune|heldout ...] [--clips N]
"""
from __future__ import annotations

import argparse

import numpy as np

from recipe.compose import compose_instrument, compose_style
from recipe.instruments import PROGRAMS
from recipe.log_mel import SAMPLE_RATE_HZ
from recipe.paths import PACKAGES, WORK
from recipe.real import EXCERPT_SAMPLES
from recipe.rendered import save_rendered
from recipe.styles import STYLES
from recipe.synth import FluidSynth, recorded, render_chiptune

FONTS = {
    "train": "fluid-soundfont-gm/usr/share/sounds/sf2/FluidR3_GM.sf2",
    "heldout": "musescore-general-soundfont/usr/share/sounds/sf3/MuseScore_General_Full.sf3",
}
SEEDS = {"train": 1, "heldout": 1_000_003, "chiptune": 2_000_003}
CLIPS = {"train": 3600, "heldout": 480, "chiptune": 110}
INSTRUMENT_SHARE = 0.35
"""How many clips put one instrument in the foreground; the others follow a style."""
SECONDS = EXCERPT_SAMPLES / SAMPLE_RATE_HZ
LEAD_IN_SEC = 0.4


def render(part: str, clips: int) -> None:
    only_chiptune = part == "chiptune"
    synth = None if only_chiptune else FluidSynth(PACKAGES / FONTS[part])
    styles, instruments = list(STYLES), list(PROGRAMS)
    pcm, labels = [], []
    for index in range(clips):
        rng = np.random.default_rng([SEEDS[part], index])
        alone = rng.random() < INSTRUMENT_SHARE
        seconds = SECONDS + LEAD_IN_SEC
        if only_chiptune:
            piece = compose_style("chiptune", rng, seconds)
        elif alone:
            piece = compose_instrument(instruments[index % len(instruments)], rng, seconds)
        else:
            piece = compose_style(styles[index % len(styles)], rng, seconds)
        label = piece.label
        if "chiptune" in label["genres"]:
            label["instruments"] = ["square wave lead"]
            label["families"] = ["synthesizer"]
            samples = render_chiptune(rng, seconds, float(label["bpm"]), bool(label["minor"]), only_chiptune)
        elif synth:
            samples = synth.render(piece, seconds, float(rng.uniform(0.1, 0.7)))
        samples = samples[-EXCERPT_SAMPLES:]
        if float(np.abs(samples).max()) < 1e-3:
            continue
        pcm.append(recorded(samples, rng))
        labels.append({**label, "seed": [SEEDS[part], index]})
    save_rendered(WORK / "rendered" / part, pcm, labels)
    print(part, len(pcm), "clips")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=list(CLIPS))
    parser.add_argument("--clips", type=int)
    options = parser.parse_args()
    for part in options.parts:
        render(part, options.clips or CLIPS[part])


if __name__ == "__main__":
    main()
