from piece import MUSESCORE, Piece
from score import Score

BARS = [  # celli ostinato in eighths, inner strings, horns, bass
    ("D3 A3 D4 A3 F3 A3 D4 A3", "F4+A4+D5", "", "D2"), ("D3 Bb3 D4 Bb3 F3 Bb3 D4 Bb3", "F4+Bb4+D5", "", "Bb1"),
    ("F3 A3 C4 A3 F3 C4 F4 C4", "F4+A4+C5", "A3+C4", "F2"), ("E3 G3 C4 G3 E3 C4 E4 C4", "G4+C5+E5", "G3+C4", "C2"),
    ("D3 A3 D4 A3 F3 D4 F4 D4", "A4+D5+F5", "A3+D4+F4", "D2"), ("Bb2 F3 Bb3 F3 D3 Bb3 D4 Bb3", "Bb4+D5+F5", "Bb3+D4+F4", "Bb1"),
    ("C3 G3 C4 G3 E3 C4 E4 G4", "C5+E5+G5", "C4+E4+G4", "C2"), ("D3+A3+D4", "D5+F#5+A5+D6", "D4+F#4+A4", "D1+D2"),
]
MELODY = "A5:3 G5:.5 F5:.5 | D5:2 F5:1 Bb5:1 | G5:2 E5:1 G5:.5 C6:.5 | D6:6"


def make():
    score = Score([(0, 84), (16, 88), (26, 92), (28, 72), (28.5, 80), (36, 80)], reverb_sec=3.2, reverb_wet=0.28, gain=0.4)
    swell = ((0, 40), (8, 62), (16, 86), (24, 108), (28, 122), (31, 110), (34, 127))
    celli = score.part(48, bank=40, pan=88, loose_ms=10)
    strings = score.part(49, pan=52, loose_ms=14)
    tremolo = score.part(44, bank=20, pan=36, volume=84, loose_ms=10)
    basses = score.part(49, bank=50, pan=96, loose_ms=12)
    horns = score.part(60, pan=44, volume=92, loose_ms=12)
    choir = score.part(52, pan=64, volume=88, loose_ms=20)
    trombones = score.part(57, pan=84, volume=92, loose_ms=10)
    violins = score.part(49, bank=20, pan=34, volume=112, loose_ms=12)
    for bar, (ostinato, inner, horn, low) in enumerate(BARS):
        beats = 4 if bar < 7 else 6
        cells = ostinato.split()
        celli.line(bar * 4, " ".join(f"{cell}:{beats / len(cells)}" for cell in cells), 84, 92, hold=0.95)
        strings.line(bar * 4, f"{inner}:{beats}", 76, hold=1.02)
        basses.line(bar * 4, f"{low}:{beats}", 90, hold=1.0)
        if bar < 4:
            tremolo.line(bar * 4, f"{inner.split('+')[-1]}:4", 70, hold=1.02)
        if horn:
            horns.line(bar * 4, f"{horn}:{beats}", 86 + 2 * bar, hold=0.98)
        if bar >= 4:
            choir.line(bar * 4, f"{inner}:{beats}", 84, hold=1.0)
            trombones.line(bar * 4, f"{low.split('+')[-1].replace('1', '2')}:{beats}", 84 + bar, hold=0.96)
    violins.line(16, MELODY, 96, 104, hold=1.02)
    for part in (celli, strings, tremolo, basses, horns, choir, violins):
        part.swell(*swell)
    timpani = score.part(47, pan=76, volume=100)
    for i in range(64):
        timpani.note(24 + i / 16, 0.1, "C3" if i < 60 else "D3", 20 + 1.35 * i)
    timpani.note(16, 2, "D2", 80)
    timpani.note(28, 3, "D2", 118)
    for i in range(16):
        timpani.note(30 + i / 8, 0.1, "D2", 56 + 3 * i)
    timpani.note(32, 3, "D2", 116)
    drums = score.drums(48, volume=100)
    for i in range(32):
        drums.note(26 + i / 16, 0.1, 59, 20 + 2.2 * i)
    for beat in (16, 28, 32):
        drums.grid(beat, {"crash": "X", "kick": "X"}, 70 if beat == 16 else 104)
    return score


PIECE = Piece(
    "18-film-swell.opus", "The Ridge at Dawn", "Film score swell",
    "A cinematic orchestral build: a string ostinato gathers horns, choir and timpani until a bright major arrival.",
    "soundtrack", ("strings", "french horn", "choir", "timpani"), ("epic", "hopeful"), 86, "D minor", MUSESCORE, 48000, 2, 26, make, 2.6,
)
