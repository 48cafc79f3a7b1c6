"""Step 3: teacher features of every clip: real ones from the packages, synthetic ones from step 2.

Usage: 03_extract_features.py [real-train|real-heldout|synth-train|synth-heldout ...]
"""
from __future__ import annotations

import sys
from typing import Any, Iterator

import numpy as np
import torch

from recipe.features import extract, stored
from recipe.paths import PACKAGES, WORK
from recipe.real import HELD_OUT_PACKAGES, TRAIN_PACKAGES, excerpts, music_tracks
from recipe.rendered import rendered_clips

SETS = ["real-heldout", "real-train", "synth-heldout", "synth-train"]


def real_clips(packages: list[str]) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    for package in packages:
        for track in music_tracks((PACKAGES / package).resolve()):
            for excerpt in excerpts(package, track):
                yield {"package": package, "track": excerpt.track, "startSec": excerpt.start_sec}, excerpt.samples


def main(names: list[str]) -> None:
    torch.set_num_threads(1)
    for name in names:
        if stored(name):
            continue
        kind, part = name.split("-")
        if kind == "real":
            clips = real_clips(TRAIN_PACKAGES if part == "train" else HELD_OUT_PACKAGES)
        else:
            clips = rendered_clips(WORK / "rendered" / part)
        extract(name, clips, with_judge=part == "heldout")


if __name__ == "__main__":
    main(sys.argv[1:] or SETS)
