from harmony import voicings
from piece import FLUID, Piece
from score import Score

CHORDS = ["Gm9", "C13", "Am7", "D7b9", "Gm9", "C13", "F69", "D7b9", "Gm9", "C13", "F69"]
WALK = """
G2:1 A2:1 Bb2:1 B2:1 | C3:1 Bb2:1 A2:1 G#2:1 | A2:1 C3:1 E3:1 Eb3:1 | D3:1 C3:1 A2:1 F#2:1
G2:1 D3:1 Bb2:1 G2:1 | C3:1 E3:1 G3:1 Gb3:1 | F3:1 D3:1 C3:1 A2:1 | D3:1 A2:1 F#2:1 Ab2:1
G2:1 Bb2:1 D3:1 Db3:1 | C3:1 G2:1 E2:1 C2:1 | F2:2 r:.5 F2:1.5"""
SOLO = """
r:.5 D5:.5 F5:.5 A5:.5 Bb5:1 A5:.5 G5:.5 | E5:.5> r:.5 r:.5 G5:.5 Bb5:.333 A5:.333 G5:.334 E5:.5 C5:.5
D5:1> r:.5 C5:.5 E5:.5 G5:.5 B5:.5 A5:.5> | r:.5 Eb5:.5 F#5:.5 A5:.5 C6:.5 A5:.5 Eb5:.5 F#5:.5
D5:1.5 r:.5 Bb4:.5 D5:.5 F5:.5 A5:.5> | r:.5 A5:.5 G#5:.5 A5:.5 E5:1> D5:.5 Bb4:.5
C5:.5 D5:.5 F5:1.5> r:.5 A5:.5 C6:.5 | Eb6:.5 C6:.5 A5:.5 F#5:.5 Eb5:.5 C5:.5 A4:.5 Bb4:.5
D5:1> r:1 F5:.5 D5:.5 Bb4:.5 A4:.5> | r:.5 Bb4:.5 E5:.5 G5:.5 A5:1 G5:.5 E5:.5 | F5:1 r:1.5 A5+D6:1.5"""
COMP = [(0, 1.5), (0.5, 2.5), (1.5, 3), (0, 1.5, 3.5)]


def make():
    score = Score([(0, 146), (40, 146), (44, 118)], swing=0.64, reverb_sec=1.0, reverb_wet=0.13)
    piano = score.part(0, pan=50, volume=104, loose_ms=8, spread=7)
    piano.line(0, SOLO, 86, hold=0.9)
    for bar, voicing in enumerate(voicings(CHORDS, 50, 67)):
        hits = COMP[bar % 4] if bar < 10 else (0, 2.5)
        for hit in hits:
            piano.chord(bar * 4 + hit, 0.5 if hit != 2.5 else 1.2, voicing, 58, strum_ms=4)
    bass = score.part(32, pan=70, volume=84, loose_ms=7)
    bass.line(0, WALK, 96, hold=0.96)
    drums = score.drums(40, pan=64, volume=112, loose_ms=6, spread=7)
    for bar in range(10):
        drums.grid(bar * 4, {
            "ride": "x...X.x.x...X.xo" if bar % 2 else "x...X.xo..x.X.x.",
            "pedal": "....x.......x...",
            "swirl": "x...x...x...x...",
            "tap": "......g....o..g." if bar % 4 < 3 else "....o.x...x.o.x.",
            "kick": "g.......g.......",
        }, 74)
    drums.grid(40, {"ride": "X.........X.....", "kick": "x.........x.....", "tap": "..........x....."}, 84)
    return score


PIECE = Piece(
    "04-jazz-trio.ogg", "Late Set", "Jazz trio",
    "A relaxed swing trio: piano improvising over ii-V-I changes, walking upright bass and brushed drums.",
    "jazz", ("piano", "upright bass", "drums"), ("relaxed", "playful"), 146, "F major", FLUID, 48000, 2, 20, make,
)
