from piece import MUSESCORE, Piece
from score import Score

VIOLIN_1 = """
A5:1.5> F#5:.5 D5:.5 E5:.5 F#5:.5 G5:.5 | A5:1 B5:.5 A5:.5 G5:.5 F#5:.5 E5:.5 D5:.5
C#5:1> E5:.5 G5:.5 B5:1 A5:.5 G5:.5 | G5:.75 F#5:.25 E5:.5 F#5:.5 F#5:1 r:.5 A4:.5
D5:1> F#5:.5 D5:.5 B4:1 D5:.5 F#5:.5 | G5:1 B5:.5 G5:.5 E5:.5 A5:.5 G5:.5 C#5:.5
F#5:.5 A5:.5 D6:1.5 C#6:.25 B5:.25 A5:.5 G5:.5 | F#5+D5:1.2> r:.3 A5:.5 D5+A4+F#5:2"""
VIOLIN_2 = """
F#4:.5 A4:.5 F#4:.5 A4:.5 F#4:.5 A4:.5 F#4:.5 A4:.5 | F#4:.5 A4:.5 D5:.5 A4:.5 E4:.5 A4:.5 C#5:.5 A4:.5
G4:.5 A4:.5 G4:.5 A4:.5 G4:.5 C#5:.5 E5:.5 C#5:.5 | C#5:1 A4:.5 D5:.5 D5:1 r:1
F#4:.5 B4:.5 F#4:.5 B4:.5 F#4:.5 B4:.5 F#4:.5 B4:.5 | E4:.5 B4:.5 E4:.5 B4:.5 G4:.5 C#5:.5 E5:.5 G4:.5
A4:1 D5:1 E5:.5 G4:.5 C#5:.5 E5:.5 | D5:1.2 r:.3 C#5:.5 A4+D5:2"""
VIOLA = """
D4:2 D4:1 A3:1 | D4:2 C#4:2 | E4:2 C#4:1 E4:1 | A3:1 C#4:.5 A3:.5 A3:1 r:1
D4:2 F#4:1 D4:1 | B3:2 C#4:1 A3:1 | D4:1 F#4:1 E4:1 A3:1 | A3:1.2 r:.3 G3:.5 F#3+D4:2"""
CELLO = """
D3:.5 r:.5 D3:.5 r:.5 D3:.5 r:.5 C#3:.5 r:.5 | B2:.5 r:.5 F#2:.5 r:.5 A2:1 G3:1
E3:.5 r:.5 E3:.5 r:.5 A2:.5 r:.5 A2:.5 r:.5 | A2:.5 G2:.5 A2:.5 A2:.5 D3:1 D3:.5 C#3:.5
B2:.5 r:.5 B2:.5 r:.5 B2:.5 r:.5 B2:.5 A2:.5 | G2:.5 r:.5 G2:.5 r:.5 A2:.5 r:.5 A2:.5 r:.5
A2:1 A2:1 A2:.5 A2:.5 G2:.5 A2:.5 | D3:1.2 r:.3 A2:.5 D2+D3:2"""


def make():
    score = Score([(0, 116), (26, 116), (31, 92), (34, 92)], reverb_sec=1.8, reverb_wet=0.2)
    for program, pan, text, velocity in (
        (40, 34, VIOLIN_1, 88), (40, 54, VIOLIN_2, 66), (41, 78, VIOLA, 72), (42, 94, CELLO, 82),
    ):
        part = score.part(program, pan=pan, loose_ms=8, spread=5)
        part.line(0, text, velocity, hold=0.88)
        part.swell((0, 112), (6, 122), (12, 104), (16, 98), (24, 120), (30, 127), (32, 104), (34, 80))
        part.vibrato(depth=30)
    return score


PIECE = Piece(
    "02-string-quartet.ogg", "Allegretto for String Quartet", "String quartet",
    "A bright classical movement for two violins, viola and cello, the first violin leading over light repeated notes.",
    "classical", ("violin", "viola", "cello"), ("cheerful", "elegant"), 116, "D major", MUSESCORE, 44100, 2, 18.5, make,
)
