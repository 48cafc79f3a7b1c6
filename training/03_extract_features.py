"""Step 3: teacher features of every clip: real ones from the packages, synthetic ones from step 2.

The set "samples" is the repository's own samples/audio with the descriptions written beside them.
Usage: 03_extract_features.py [real-train|real-heldout|synth-train|synth-chiptune|synth-heldout|samples ...]
"""
from __future__ import annotations

import json
import sys
from typing import Any, Iterator

import numpy as np
import torch

from recipe.features import extract, stored
from recipe.paths import PACKAGES, SAMPLES, WORK
from recipe.real import HELD_OUT_PACKAGES, TRAIN_PACKAGES, excerpts, music_tracks, sample_windows
from recipe.rendered import rendered_clips

SETS = ["real-heldout", "real-train", "synth-heldout", "synth-train", "synth-chiptune", "samples"]


def real_clips(packages: list[str]) -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    for package in packages:
        for track in music_tracks((PACKAGES / package).resolve()):
            for excerpt in excerpts(package, track):
                yield {"package": package, "track": excerpt.track, "startSec": excerpt.start_sec}, excerpt.samples


def sample_clips() -> Iterator[tuple[dict[str, Any], np.ndarray]]:
    for entry in json.loads((SAMPLES / "captions.json").read_text()):
        yield {key: entry[key] for key in ("file", "label", "description")}, sample_windows(SAMPLES / entry["file"])


def main(names: list[str]) -> None:
    torch.set_num_threads(1)
    for name in names:
        if stored(name):
            continue
        kind, _, part = name.partition("-")
        if kind == "samples":
            clips = sample_clips()
        elif kind == "real":
            clips = real_clips(TRAIN_PACKAGES if part == "train" else HELD_OUT_PACKAGES)
        else:
            clips = rendered_clips(WORK / "rendered" / part)
        extract(name, clips, with_judge=part == "heldout")


if __name__ == "__main__":
    main(sys.argv[1:] or SETS)
