from harmony import voicings
from piece import FLUID, Piece
from score import Score

CHORDS = ["maj9 D", "7#11 Bb", "m9 E", "13 A", "maj9 D", "7b9 B", "m9 E", "13 A", "69 D"]
BASS = ["D2 A2", "Bb2 F2", "E2 B2", "A2 E2", "D2 A2", "B2 F#2", "E2 B2", "A2 E2"]
VIBES = """
F#5:1.5 E5:.5 C#5:.5 A4:1.5 | r:.5 C5:.5 E5:.5 D5:1 C5:.5 Bb4:1 | B4:1.5 D5:.5 F#5:.5 G5:1.5 | r:.5 F#5:.5 E5:.5 C#5:1 B4:.5 F#4:1
A4:1.5 C#5:.5 E5:.5 F#5:1.5 | A5:1 F#5:.5 D#5:.5 C5:1 A4:1 | G4:.5 B4:.5 D5:1 F#5:1 E5:1 | C#5:1.5 B4:.5 G4:.5 F#4:1.5 | E5+A5:4"""


def make():
    score = Score([(0, 138), (30, 138), (33, 112), (37, 112)], reverb_sec=1.2, reverb_wet=0.15)
    guitar = score.part(24, pan=46, volume=88, loose_ms=7, spread=5)
    bass = score.part(32, pan=64, volume=84, loose_ms=6)
    vibes = score.part(11, pan=88, volume=118, loose_ms=9, spread=5)
    drums = score.drums(40, volume=96, loose_ms=5)
    shapes = voicings([root + quality for quality, root in (name.split() for name in CHORDS)], 52, 70)
    for bar in range(8):
        first, second = BASS[bar].split()
        bass.line(bar * 4, f"{first}:1.5 {second}:.5 {second}:1.5 {first}:.5", 92, hold=0.92)
        guitar.line(bar * 4, f"{first}:2 {second}:2", 70, hold=0.9)
        for beat in (0, 1, 2.5) if bar % 2 == 0 else (0.5, 1.5, 3):
            guitar.chord(bar * 4 + beat, 0.7, shapes[bar], 72, strum_ms=7)
        drums.grid(bar * 4, {
            "rim": "x.....x.....x..." if bar % 2 == 0 else "....x.....x.....", "shaker": "xgogxgogxgogxgog",
            "kick": "x.....xox.....xo", "pedal": "....x.......x...",
        }, 78)
    guitar.chord(32, 4, shapes[8], 74, strum_ms=30)
    bass.note(32, 4, "D2", 90)
    drums.grid(32, {"ride": "x", "kick": "o"}, 70)
    vibes.line(0, VIBES, 76, 84, hold=1.1)
    vibes.pedal(0, 4, 8, 12, 16, 20, 24, 28, 32)
    return score


PIECE = Piece(
    "17-bossa-nova.ogg", "Terrace at Six", "Bossa nova",
    "A quiet bossa nova for nylon-string guitar, vibraphone, bass and brushed percussion with rich jazz chords.",
    "bossa nova", ("nylon-string guitar", "vibraphone", "upright bass", "percussion"), ("mellow", "romantic"), 138, "D major",
    FLUID, 44100, 2, 18, make, 2.0,
)
