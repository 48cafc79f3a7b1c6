import numpy as np

from effects import lowpass
from piece import FLUID, Piece
from score import Score

BPM = 104
BASS = [
    "E1:.5> E2:.25> r:.25 D2:.25 E2:.25> r:.25 G1:.25 G#1:.5 B1:.25 D2:.25> E2:.25 D2:.25 B1:.5",
    "E1:.5> E2:.25> r:.5 E2:.25> D2:.25 B1:.25 A1:.25 E2:.25> G1:.5 G#1:.25 E2:.25> B1:.25 D2:.25",
]
CLAVINET = "E4+G#4+D5:.25 r:.25 B3:.25 E4+G#4+D5:.25 r:.25 D4:.25 E4+G4+D5:.25 r:.25 E4+G#4+C#5:.25 r:.25 B3:.25 D4:.25 r:.25 E4+G#4+D5:.5 G4:.25"
LIFT = "A3+C#4+G4:.25 r:.25 E4:.25 A3+C#4+G4:.25 r:.25 G4:.25 A3+C4+G4:.25 r:.25 A3+C#4+F#4:.25 r:.25 E4:.25 G4:.25 r:.25 A3+C#4+G4:.5 C4:.25"


def wah(audio, rate):
    """A pedal rocked twice a beat: crossfades between a closed and an open filter."""
    sway = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(len(audio)) / rate * BPM / 60))[:, None]
    return 1.3 * (1 - sway) * lowpass(audio, rate, 1100) + sway * lowpass(audio, rate, 4500)


def make():
    score = Score(BPM, swing=0.5, reverb_sec=0.8, reverb_wet=0.09, gain=0.45)
    score.bus("wah", wah)
    bass = score.part(36, volume=104, loose_ms=4, spread=6)
    clavinet = score.part(7, pan=40, volume=84, bus="wah", loose_ms=5, spread=8)
    guitar = score.part(28, bank=8, pan=100, volume=96, loose_ms=5, spread=8)
    horns = score.part(61, pan=74, volume=74, loose_ms=7)
    drums = score.drums(0, volume=124, loose_ms=4, spread=6)
    for bar in range(8):
        up = 5 if bar in (4, 5) else 0
        bass.transpose = up
        bass.line(bar * 4, BASS[bar % 2], 92, hold=0.8)
        clavinet.line(bar * 4, LIFT if up else CLAVINET, 88, hold=0.6)
        if bar >= 2:
            chop = "D5+G5+C#6" if up else "D5+G#5+B5"
            guitar.line(bar * 4, f"r:.5 {chop}:.25 r:.5 {chop}:.25 {chop}:.25 r:.75 {chop}:.25 r:.25 {chop}:.25> r:.5 {chop}:.25 r:.25", 84, hold=0.5, strum_ms=6)
        drums.grid(bar * 4, {
            "hat": "XoxoXoxoXoxoXoxo" if bar % 4 < 3 else "XoxoXoxoXo......",
            "open": "......x.......x." if bar % 2 else "..............x.",
            "snare": "....X..g.g..X..g" if bar % 4 < 3 else "....X..g.gX.XXgX",
            "kick": "X..x......x..x.." if bar % 2 else "X.x....x..x.....",
        }, 96)
    bass.transpose = 0
    for beat, text in (
        (8, "r:2.5 E4+G#4+D5:.25> r:.25 E4+G#4+D5:.75>"), (16, "A4+C#5+G5:.25> r:1.25 A4+C#5+G5:.5> C5+E5+Bb5:1>"),
        (24, "r:.5 B4:.25 D5:.25 E5:.5> r:.25 G5:.25 E5:.5 D5:.25 B4:.25 D5:.25 E5:.75>"),
        (28, "r:2 D4+G#4+B4:.25 r:.25 D4+G#4+C#5:.25 r:.25 D4+G#4+D5:.5>"),
    ):
        horns.line(beat, text, 102, hold=0.85)
    for part, chord in ((horns, "E4+G#4+D5"), (clavinet, "E4+G#4+D5"), (bass, "E1")):
        part.line(32, f"{chord}:.4>", 108)
    drums.grid(32, {"crash": "X", "kick": "X", "snare": "X"}, 104)
    return score


PIECE = Piece(
    "14-funk.mp3", "Change in My Pocket", "Funk band",
    "A tight funk groove with slap bass, wah clavinet, scratchy guitar, ghost-note drums and short brass stabs.",
    "funk", ("slap bass", "clavinet", "electric guitar", "brass", "drums"), ("groovy", "playful"), BPM, "E dorian",
    FLUID, 48000, 2, 20, make, 1.2,
)
