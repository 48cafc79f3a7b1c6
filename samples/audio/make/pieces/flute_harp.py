from piece import MUSESCORE, Piece
from score import Score

HARP = [  # six eighths a bar
    "G2 D3 B3 D4 G4 B4", "G2 E3 C#4 E4 A4 C#5", "G2 D3 B3 D4 G4 D5", "F#2 D3 A3 D4 F#4 A4",
    "E2 B2 G3 B3 E4 G4", "C2 G2 E3 G3 C4 E4", "A2 E3 C4 E4 A4 C5", "D2 A2 F#3 C4 D4 F#4",
]
FLUTE = """
D5:1.5 B4:.5 D5:.5 G5:.5 | A5:1.5 G5:.25 F#5:.25 E5:1 | D5:.5 G5:.5 B5:1.5 A5:.25 G5:.25 | A5:2 r:.5 F#5:.5
G5:1.5 F#5:.25 G5:.25 B5:.5 E5:.5 | E5:1 G5:.5 C6:1 B5:.5 | A5:.75 B5:.25 C6:.5 B5:.5 A5:.5 E5:.5 | F#5:1.5 A5:.5 G5:.5 F#5:.5 | G5:3"""


def make():
    score = Score([(0, 82), (4, 88), (18, 88), (23, 70), (24, 58), (28, 58)], reverb_sec=2.4, reverb_wet=0.24)
    harp = score.part(46, pan=84, volume=104, loose_ms=8, spread=5)
    for bar, names in enumerate(HARP):
        for i, name in enumerate(names.split()):
            harp.note(bar * 3 + i / 2, 2.5 - i / 4, name, 82 - (4 * i if i else -8))
    for i, name in enumerate("G2 D3 G3 B3 D4 G4 B4 D5 G5".split()):
        harp.note(24 + i / 9, 4, name, 78)
    flute = score.part(73, pan=48, volume=100, loose_ms=10, spread=4)
    flute.line(0, FLUTE, 78, 88, hold=1.0)
    flute.swell((0, 88), (3, 116), (6, 96), (9, 122), (12, 92), (16.5, 124), (19, 118), (23, 100), (24, 112), (27, 60))
    flute.vibrato(0.9, 50)
    return score


PIECE = Piece(
    "12-flute-and-harp.opus", "Water Garden", "Flute and harp",
    "A flute sings a gentle tune in three over rippling harp arpeggios, ending with a rising glide.",
    "classical", ("flute", "harp"), ("gentle", "dreamy"), 86, "G major", MUSESCORE, 48000, 2, 20, make, 2.2,
)
