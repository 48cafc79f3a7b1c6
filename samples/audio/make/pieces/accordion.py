from piece import FLUID, Piece
from score import Score

BARS = ["Am", "Am", "Dm", "Am", "E", "E", "Am", "E", "Am", "A", "Dm", "Dm", "Am", "E", "Am", "Am"]
CHORDS = {"Am": ("A2", "E2", "A3+C4+E4"), "Dm": ("D3", "A2", "A3+D4+F4"), "E": ("E2", "B2", "G#3+B3+E4"), "A": ("A2", "E2", "A3+C#4+G4")}
MELODY = """
E5:1> C5:.5 E5:.5 A5:.5 C6:.5 | B5:.5 A5:.5 G#5:.5 A5:.5 E5:1 | F5:.333 G5:.333 F5:.334 E5:.5 F5:.5 A5:1 | E5:2 C5:.5 D5:.5
E5:1> D5:.5 B4:.5 G#4:.5 B4:.5 | D5:.5 C5:.5 B4:.5 D5:.5 F5:.5 D5:.5 | C5:.5 E5:.5 A5:1.5 G#5:.25 A5:.25 | B5:.5 A5:.5 G#5:.5 F5:.5 E5:.5 D5:.5
C5:1> E5:.5 C5:.5 A4:.5 C5:.5 | E5:.5 G5:.5 A5:.5 C#6:.5 E6:1 | D6:1.5> C6:.25 B5:.25 A5:.5 G5:.5 | F5:.5 A5:.5 D5:.5 F5:.5 A4:1
E5:.5 A5:.5 C6:1 B5:.5 A5:.5 | G#5:.5 B5:.5 E5:.5 G#5:.5 B4:.5 D5:.5 | C5:.5 E5:.5 A5:.5 C6:.5 E6:.5 G#5:.5 | C5+E5+A5:.8> r:.2 E4+A4:.8 r:.2 A4+C5+E5+A5:.7>"""


def make():
    score = Score([(0, 176), (42, 176), (46, 138), (49, 138)], reverb_sec=1.2, reverb_wet=0.14)
    accordion = score.part(21, pan=54, volume=104, loose_ms=8, spread=5)
    accordion.line(0, MELODY, 88, 96, hold=0.9)
    accordion.swell((0, 108), (6, 122), (11, 104), (20, 118), (24, 106), (31, 127), (36, 108), (42, 122), (48, 118))
    guitar = score.part(25, pan=92, volume=88, loose_ms=7)
    bass = score.part(32, pan=72, volume=92, loose_ms=6)
    for bar, name in enumerate(BARS[:15]):
        low, alternate, chord = CHORDS[name]
        bass.note(bar * 3, 0.9, alternate if bar % 2 else low, 94)
        guitar.line(bar * 3, f"r:1 {chord}:1 {chord}:1", 74, hold=0.5, strum_ms=9)
    for beat, low in ((45, "A2"), (46, "E2"), (47, "A1")):
        bass.note(beat, 0.7, low, 98)
    return score


PIECE = Piece(
    "20-waltz-accordion.mp3", "Rue des Tilleuls", "Accordion waltz",
    "A brisk musette waltz: nimble accordion over oom-pah-pah guitar and bass.",
    "folk", ("accordion", "acoustic guitar", "upright bass"), ("nostalgic", "cheerful"), 176, "A minor", FLUID, 44100, 1, 18.5, make, 1.4,
)
