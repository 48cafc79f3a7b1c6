from piece import MUSESCORE, Piece
from score import Score

TRUMPET_1 = """
F4:.5 F4:.25 F4:.25 Bb4:1 D5:1 F5:1> | Eb5:.75 D5:.25 C5:.5 Bb4:.5 C5:2
F4:.5 F4:.25 F4:.25 C5:1 Eb5:1 G5:1> | F5:.75 Eb5:.25 D5:.5 C5:.5 D5:2
G5:1.5> F5:.5 Eb5:1 D5:.5 Eb5:.5 | F5:1 Bb5:1.5> A5:.25 G5:.25 F5:.5 Eb5:.5 | D5:.333 D5:.333 D5:.334 D5:1 C5:.333 C5:.333 C5:.334 F5:1 | Bb5:4>"""
TRUMPET_2 = """
D4:.5 D4:.25 D4:.25 F4:1 Bb4:1 D5:1> | C5:.75 Bb4:.25 A4:.5 G4:.5 A4:2
F4:.5 F4:.25 F4:.25 A4:1 C5:1 Eb5:1> | D5:.75 C5:.25 Bb4:.5 A4:.5 Bb4:2
Eb5:1.5> D5:.5 C5:1 Bb4:.5 C5:.5 | D5:1 F5:1.5> Eb5:.25 Eb5:.25 D5:.5 C5:.5 | Bb4:.333 Bb4:.333 Bb4:.334 Bb4:1 A4:.333 A4:.333 A4:.334 C5:1 | D5+F5:4>"""
HORNS = """
r:1 D4+F4:1 F4+Bb4:1 Bb4:1 | G4:1 Eb4+G4:1 F4+A4:2 | r:1 C4+F4:1 C4+Eb4:1 A4+C4:1 | Bb4:1 F4+A4:1 F4+Bb4:2
Bb3+Eb4+G4:2> C4+Eb4+G4:2 | D4+F4+Bb4:2> Eb4+G4+Bb4:2 | F4+Bb4:2 Eb4+F4+A4:2 | D4+F4+Bb4:4>"""
TROMBONES = """
r:1 Bb2+F3:1 Bb2+D3:1 Bb2+F3:1 | Eb3+G3:2 F2+C3:2 | r:1 F3+A3:1 F3+C4:1 F3+A3:1 | Bb2+F3:1 F2+C3:1 Bb2+F3:2
Eb3+G3:2> C3+G3:2 | Bb2+F3:2> Eb3+Bb3:2 | F3+Bb3:2 F2+C3:2 | Bb2+F3+D4:4>"""
TUBA = "r:1 Bb1:1 r:1 Bb1:1 | Eb2:2 F1:2 | r:1 F1:1 r:1 F1:1 | Bb1:1 F1:1 Bb1:2 | Eb2:2 C2:2 | Bb1:2 G1:2 | F1:2 F1:2 | Bb1:4>"


def make():
    score = Score([(0, 112), (24, 112), (28, 92), (32, 92)], reverb_sec=2.2, reverb_wet=0.2, gain=0.4)
    for program, pan, volume, text, velocity in (
        (56, 48, 100, TRUMPET_1, 104), (56, 58, 100, TRUMPET_2, 94), (60, 36, 88, HORNS, 88),
        (57, 84, 72, TROMBONES, 94), (58, 92, 112, TUBA, 96),
    ):
        part = score.part(program, pan=pan, volume=volume, loose_ms=7)
        part.line(0, text, velocity, velocity + 8, hold=0.9)
        part.ramp(11, [(28, 104), (29.5, 92), (31.8, 127)])
    timpani = score.part(47, pan=72, volume=112)
    timpani.line(0, "Bb2:1 r:2 Bb2:1 | r:2 F2:1 F2:1 | r:3 F2:1 | r:2 Bb2:1 F2:.5 F2:.5 | Eb2:2 r:2 | Bb2:2 r:2 | r:4", 96)
    for i in range(48):
        timpani.note(24 + i / 12, 0.1, "F2", 50 + i)
        timpani.note(28 + i / 14, 0.1, "Bb2", 104 - i // 2 if i < 24 else 80 + i // 2)
    drums = score.drums(48, volume=122)
    for beat in (0, 8, 16, 20):
        drums.grid(beat, {"snare": "xxxx.xxxX.......X..." if beat < 16 else "X..xX.xxX..xX.xx"}, 66)
    for i in range(32):
        drums.note(24 + i / 8, 0.1, 38, 30 + 1.8 * i)
    for beat in (16, 28):
        drums.grid(beat, {"crash": "X", "kick": "x"}, 96)
    return score


PIECE = Piece(
    "13-brass-fanfare.ogg", "Fanfare for an Opening", "Brass fanfare",
    "A ceremonial fanfare for trumpets, horns, trombones and tuba with timpani and snare drum.",
    "classical", ("trumpet", "french horn", "trombone", "tuba", "timpani"), ("triumphant", "festive"), 112, "B-flat major",
    MUSESCORE, 44100, 2, 19.5, make,
)
