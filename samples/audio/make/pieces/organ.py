from piece import MUSESCORE, Piece
from score import Score

SOPRANO = "D5:1 D5:1 C5:1 Bb4:1 | A4:1 Bb4:1 C5:1 D5:1 | Eb5:1 D5:1 C5:1 Bb4:.5 A4:.5 | Bb4:1 A4:.5 G4:.5 A4:2 | D5:1 F5:1 Eb5:1 D5:1 | C5:1 Bb4:.5 A4:.5 G4:1 F#4:1 | G4:4"
ALTO = "Bb4:1 A4:1 A4:1 G4:1 | F4:1 G4:1 G4:.5 A4:.5 Bb4:1 | Bb4:1 Bb4:1 A4:1 G4:.5 F#4:.5 | G4:1 G4:.5 E4:.5 F#4:2 | G4:1 A4:1 G4:.5 A4:.5 Bb4:1 | A4:1 G4:.5 F4:.5 Eb4:.5 D4:.5 D4:1 | D4:4"
TENOR = "G4:1 F#4:1 Eb4:1 D4:1 | C4:1 D4:1 Eb4:1 F4:1 | G4:1 F4:1 Eb4:1 D4:1 | D4:1 C#4:1 D4:2 | Bb3:1 C4:1 C4:1 D4:.5 F4:.5 | F4:.5 Eb4:.5 D4:.5 C4:.5 Bb3:1 A3:.5 C4:.5 | B3:4"
BASS = "G2:1 D3:1 Eb3:.5 F3:.5 G3:1 | F3:1 G3:.5 F3:.5 Eb3:1 Bb2:1 | Eb3:.5 F3:.5 G3:.5 Ab3:.5 A3:.5 F#3:.5 G3:.5 D3:.5 | G2:.5 F2:.5 E2:.5 A2:.5 D3:2 | G3:.5 G2:.5 F2:1 C3:.5 F3:.5 Bb2:1 | F3:.5 C3:.5 Bb2:.5 F2:.5 C3:1 D3:1 | G2:4"


def make():
    score = Score([(0, 80), (13, 80), (15.5, 66), (16, 80), (22, 78), (24, 56), (28, 56)], reverb_sec=3.6, reverb_wet=0.3, gain=0.35)
    manual = score.part(19, pan=58, volume=100, loose_ms=4, spread=2)
    for voice in (SOPRANO, ALTO, TENOR):
        manual.line(0, voice, 92, hold=0.94)
    pedal = score.part(19, pan=72, volume=104, loose_ms=4, spread=2)
    pedal.line(0, BASS, 92, hold=0.94)
    sixteen_foot = score.part(19, pan=72, volume=84, transpose=-12, loose_ms=4, spread=2)
    sixteen_foot.line(0, BASS, 92, hold=0.94)
    return score


PIECE = Piece(
    "11-organ-chorale.ogg", "Chorale for Organ", "Church organ chorale",
    "A four-part chorale for church organ with a walking pedal line, closing on a major chord in a long echo.",
    "classical", ("church organ",), ("solemn", "majestic"), 80, "G minor", MUSESCORE, 44100, 2, 24.5, make, 2.6,
)
