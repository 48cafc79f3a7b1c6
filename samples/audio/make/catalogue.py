"""Writes what is known about the clips: captions.json for notebooks, PROVENANCE.md for people."""

import json

from piece import FLUID, MUSESCORE, NUMPY

HOW = {
    FLUID: "own score, FluidSynth with FluidR3 GM (MIT)",
    MUSESCORE: "own score, FluidSynth with MuseScore General (MIT)",
    NUMPY: "own score, synthesised with numpy (no sound font)",
}
HEAD = """# Where the clips come from
Every clip was composed for this project as a score in Python and made by the scripts in [make/](make/README.md).
No recording by others is in them. All are dedicated to the public domain under
[CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/) by the MuLan Notebooks authors.

| file | title | what it is | instruments | tempo, key | format | sample rate | channels | duration | made by |
|---|---|---|---|---|---|---|---|---|---|
"""
FOOT = """
## Sound fonts
Neither is part of this repository; both are played at making time and free under the MIT licence.
- **FluidR3 GM** 3.1, © 2000–2002, 2008 Frank Wen (Debian package `fluid-soundfont-gm`).
- **MuseScore General** 0.2.1, © 2018–2021 S. Christian Collins, on FluidR3 Mono © 2014–2017 Michael Cowgill and
  FluidR3 © Frank Wen; some of its samples are public domain or CC0 (Debian package `musescore-general-soundfont`).
"""


def write_captions(path, pieces):
    rows = [
        {
            "file": p.file, "title": p.title, "label": p.label, "description": p.description,
            "genre": p.genre, "instruments": p.instruments, "mood": p.mood,
        }
        for p in pieces
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def write_provenance(path, pieces):
    rows = [
        (
            f"`{p.file}`", p.title, p.label, ", ".join(p.instruments),
            ", ".join(filter(None, (f"{p.bpm} bpm" if p.bpm else "free", p.key))), p.format,
            f"{p.sample_rate_hz / 1000:g} kHz", "mono" if p.channels == 1 else "stereo", f"{p.length_sec:g} s", HOW[p.sound],
        )
        for p in pieces
    ]
    path.write_text(HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows) + FOOT)
