from piece import MUSESCORE, Piece
from score import Score

VOICES = {
    "soprano": "E5:2 F5:2 | F5:4 | C5:2 A5:2 | G5:4 | A5:3 F5:1 | D5:2 E5:2 | F#5:4",
    "alto": "A4:4 | A4:4 | A4:2 C5:2 | C5:4 | F5:3 D5:1 | Bb4:2 A4:1 C#5:1 | D5:4",
    "tenor": "F4:4 | D4:2 F4:2 | F4:4 | E4:2 G4:2 | A4:3 A4:1 | F4:2 D4:1 E4:1 | A4:4",
    "bass": "D3:4 | Bb2:4 | F3:2 F2:2 | C3:2 E3:2 | D3:3 D3:1 | G2:2 A2:2 | D2+D3:4",
}


def make():
    score = Score([(0, 66), (20, 66), (26, 52), (30, 50)], reverb_sec=4.5, reverb_wet=0.36, gain=0.4)
    for i, (pan, line) in enumerate(zip((46, 82, 58, 72), VOICES.values())):
        choir = score.part(52, pan=pan, loose_ms=18)
        choir.line(0, line, 84, hold=1.04)
        choir.swell((0, 56), (3, 92), (7, 84), (11, 108), (15, 96), (18, 127), (22, 100), (24.5, 88), (28, 40))
        if i in (1, 3):
            oohs = score.part(53, pan=128 - pan, volume=70, loose_ms=18)
            oohs.line(0, line, 76, hold=1.04)
            oohs.swell((0, 70), (18, 112), (28, 40))
    return score


PIECE = Piece(
    "08-choir-pad.opus", "Nave", "Choir pad",
    "A slow wordless choir in a large echoing space, four voices moving through minor chords to a bright ending.",
    "choral", ("choir",), ("ethereal", "solemn"), 64, "D minor", MUSESCORE, 48000, 2, 26, make, 3.0,
)
