"""Makes every clip, PROVENANCE.md and captions.json: python make.py [--only TEXT] [--out FOLDER]."""

import argparse
from pathlib import Path

from catalogue import write_captions, write_provenance
from encode import encode
from piece import FLUID, MUSESCORE
from pieces import PIECES
from render import render

SOUND_FONTS = {
    FLUID: Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    MUSESCORE: Path("/usr/share/sounds/sf3/MuseScore_General.sf3"),
}


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", help="only the files whose name contains this")
    options.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent)
    options.add_argument("--fluid", type=Path, default=SOUND_FONTS[FLUID], help="FluidR3_GM.sf2")
    options.add_argument("--musescore", type=Path, default=SOUND_FONTS[MUSESCORE], help="MuseScore_General.sf3")
    chosen = options.parse_args()
    fonts = {FLUID: chosen.fluid, MUSESCORE: chosen.musescore}
    chosen.out.mkdir(parents=True, exist_ok=True)
    for piece in PIECES:
        if chosen.only in piece.file:
            audio = render(piece, fonts)
            encode(audio, piece.sample_rate_hz, chosen.out / piece.file, piece.title, piece.genre)
            print(piece.file)
    write_captions(chosen.out / "captions.json", PIECES)
    write_provenance(chosen.out / "PROVENANCE.md", PIECES)


if __name__ == "__main__":
    main()
