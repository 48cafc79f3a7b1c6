from effects import amplifier, boost, echo
from piece import FLUID, Piece
from score import Score

ROOTS = ["E2", "C2", "G2", "D2", "E2", "C2", "G2", "D2"]
FIFTHS = {"E2": "E2+B2+E3", "C2": "C3+G3+C4", "G2": "G2+D3+G3", "D2": "D3+A3+D4"}
LEAD = """
B4:.5 D5:.5 E5:1.5 G5:.5 F#5:.5 E5:.5 | G5:1.5 E5:.5 D5:.5 E5:.5 B4:1
D5:.5 E5:.25 D5:.25 B4:.5 D5:.5 G5:1 B5:1 | A5:1.5 F#5:.5 A5:.5 B5:.5 D6:1"""


def make():
    score = Score(126, reverb_sec=1.1, reverb_wet=0.14, gain=0.4)
    score.bus("bass", boost(5))
    score.bus("rhythm", amplifier(9, 4300, 0.1))
    lead_amplifier = amplifier(14, 5200, 0.1)
    score.bus("lead", lambda audio, rate: echo(lead_amplifier(audio, rate), rate, 60 / 126 * 0.75, 0.35, 0.25))

    for pan in (8, 120):
        guitar = score.part(29 if pan < 64 else 30, pan=pan, bus="rhythm", loose_ms=9)
        for bar, root in enumerate(ROOTS):
            power = FIFTHS[root]
            guitar.line(bar * 4, f"{power}:1.5> {power}:.5 {power}:.5 {power}:.5> {power}:.5 {power}:.5", 92, hold=0.9, strum_ms=5)
        guitar.line(32, "E2+B2+E3:4", 100, strum_ms=10)

    bass = score.part(34, volume=112, bus="bass", loose_ms=5)
    for bar, root in enumerate(ROOTS):
        low = root.replace("2", "1") if root == "E2" else root
        bass.line(bar * 4, f"{low}:.5 " * 6 + (f"{low}:.5 {low}:.5" if bar % 4 < 3 else "F#2:.5 D2:.5"), 96, hold=0.9)
    bass.note(32, 4, "E1", 104)

    lead = score.part(30, pan=70, volume=96, bus="lead", loose_ms=9)
    lead.line(16, LEAD, 92, 110, hold=1.0)
    lead.line(32, "E5:4", 110)
    lead.ramp(-1, [(32, -2048), (32.4, 0)], 0.03)
    lead.vibrato(0.9, 60)

    drums = score.drums(16, volume=124, loose_ms=5, spread=5)
    for bar in range(8):
        drums.grid(bar * 4, {
            "hat" if bar < 4 else "ride": "X.x.X.x.X.x.X.x." if bar % 4 < 3 else "X.x.X.x.........",
            "snare": "....X..g....X..g" if bar % 4 < 3 else "....X...X.XXoxXX",
            "kick": "X.....x.X.x....." if bar % 2 == 0 else "X..x....x.x...x.",
            "high": "................" if bar != 3 else "..........xx....",
        }, 100)
    for beat in (0, 16, 32):
        drums.grid(beat, {"crash": "X", "kick": "X"}, 108)
    return score


PIECE = Piece(
    "03-rock-band.mp3", "Open Road", "Rock band",
    "A driving rock band: two crunchy rhythm guitars, picked bass and big drums, joined by a soaring lead guitar.",
    "rock", ("electric guitar", "bass guitar", "drums"), ("energetic", "confident"), 126, "E minor", FLUID, 44100, 2, 18, make, 2.2,
)
