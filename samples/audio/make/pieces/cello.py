from piece import MUSESCORE, Piece
from score import Score

LINE = """
D2:.5> A2:.25 F3:.25 E3:.25 F3:.25 D3:.25 F3:.25 A2:.25 F3:.25 E3:.25 F3:.25 D3:.25 F3:.25 A2:.25 F3:.25
D2:.5> Bb2:.25 G3:.25 F3:.25 G3:.25 E3:.25 G3:.25 Bb2:.25 G3:.25 F3:.25 G3:.25 E3:.25 G3:.25 Bb2:.25 G3:.25
C#3:.5> E3:.25 Bb3:.25 A3:.25 Bb3:.25 G3:.25 Bb3:.25 E3:.25 A3:.25 G3:.25 F3:.25 E3:.25 D3:.25 C#3:.25 A2:.25
D3:.25 F3:.25 A3:.25 D4:.25 C4:.25 Bb3:.25 A3:.25 G3:.25 F3:.25 A3:.25 D4:.25 F4:.25 E4:.25 D4:.25 C4:.25 D4:.25
Bb3:1.5> A3:.25 G3:.25 E3:.25 G3:.25 Bb3:.25 D4:.25 C#4:.5 A3:.5
F4:1.5> E4:.25 D4:.25 G3:.25 Bb3:.25 E4:.5 C#4:1 | A2+F3+D4:4"""


def make():
    tempo = [(0, 70), (1, 78), (4, 80), (12, 84), (16, 74), (17.5, 66), (19, 76), (22, 58), (24, 46), (28, 46)]
    score = Score(tempo, reverb_sec=2.2, reverb_wet=0.2)
    cello = score.part(42, volume=110, loose_ms=10, spread=5)
    cello.line(0, LINE, 80, 90, hold=1.0, strum_ms=70)
    cello.swell((0, 96), (3, 112), (4, 98), (8, 118), (11, 104), (15, 127), (16, 108), (17, 125), (20, 112), (21.3, 127), (24, 110), (27, 66))
    cello.vibrato(0.9, 54)
    return score


PIECE = Piece(
    "15-solo-cello.opus", "Prelude for Cello", "Solo cello",
    "An unaccompanied cello prelude in baroque manner: broken chords that climb, two sighs, and a rolled final chord.",
    "classical", ("cello",), ("introspective", "melancholic"), 78, "D minor", MUSESCORE, 48000, 1, 23.5, make, 2.4,
)
