from effects import echo
from piece import FLUID, Piece
from score import Score

BPM = 76
CHORDS = {"Am": "A3+C4+E4", "Dm": "A3+D4+F4", "G": "G3+B3+D4", "Em": "G3+B3+E4"}
BARS = ["Am", "Dm", "Am", "G", "Am", "Dm", "Em"]
BASS = {
    "Am": "A1:.75 r:.25 A1:.5 C2:.5 E2:.5 r:.5 D2:.5 C2:.5", "Dm": "D2:.75 r:.25 D2:.5 F2:.5 A2:.5 r:.5 G2:.5 F2:.5",
    "G": "G1:.75 r:.25 G1:.5 B1:.5 D2:.5 r:.5 B1:.5 G1:.5", "Em": "E2:.75 r:.25 E2:.5 G2:.5 B1:.5 r:.5 E2:.5 G1:.5",
}
MELODICA = """
E5:1 C5:.5 D5:.5 E5:1.5 G5:.5 | F5:1 D5:.5 E5:.5 F5:2 | E5:.5 D5:.5 C5:.5 A4:.5 C5:2 | B4:1 D5:.5 B4:.5 G4:2
E5:1 C5:.5 D5:.5 A5:1.5 G5:.5 | F5:.5 A5:.5 G5:.5 F5:.5 D5:2 | E5:1 D5:.5 B4:.5 G4:1 B4:1 | A4:3"""


def make():
    score = Score(BPM, swing=0.56, reverb_sec=1.3, reverb_wet=0.14, gain=0.45)
    score.bus("echo", lambda audio, rate: echo(audio, rate, 60 / BPM * 0.75, 0.42, 0.22))
    bass = score.part(33, volume=92, loose_ms=6)
    guitar = score.part(28, pan=36, volume=100, loose_ms=6)
    organ = score.part(16, pan=94, volume=88, loose_ms=6)
    melodica = score.part(22, pan=70, volume=100, bus="echo", loose_ms=12)
    drums = score.drums(0, volume=124, loose_ms=6)
    for bar, name in enumerate(BARS):
        bass.line(bar * 4, BASS[name], 100, hold=0.95)
        chord = CHORDS[name]
        guitar.line(bar * 4, f"r:.5 {chord}:.5 " * 4, 92, hold=0.35, strum_ms=10)
        organ.line(bar * 4, f"r:.25 {chord}:.25 {chord}:.25 r:.25 " * 4, 80, hold=0.8)
        drums.grid(bar * 4, {
            "hat": "o.x.o.x.o.x.o.xo", "rim": "........X......." if bar % 4 < 3 else "........X.....x.",
            "kick": "........X.......", "snare": "................" if bar not in (3, 6) else "...........g.xXx",
            "open": "..............x." if bar % 2 else "................",
        }, 94)
    melodica.line(0, MELODICA, 88, hold=0.95)
    melodica.vibrato(0.9, 40)
    bass.note(28, 2, "A1", 104)
    guitar.chord(28, 0.3, ("A3", "C4", "E4"), 96, strum_ms=10)
    organ.chord(28, 3, ("A3", "C4", "E4"), 80)
    drums.grid(28, {"kick": "X", "crash": "x", "rim": "X"}, 92)
    return score


PIECE = Piece(
    "16-reggae.mp3", "Slow Harbour", "Reggae",
    "A laid-back reggae one drop: round bass, off-beat guitar, bubbling organ and a melody drenched in echo.",
    "reggae", ("bass guitar", "electric guitar", "organ", "harmonica", "drums"), ("laid-back", "sunny"), BPM, "A minor",
    FLUID, 22050, 1, 24.5, make, 2.0,
)
