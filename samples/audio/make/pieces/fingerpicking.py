from piece import FLUID, Piece
from score import Score

# Travis picking: the thumb alternates, the fingers answer; numbers are strings of the shape, low to high.
SHAPES = {
    "C": ("C3", "G2", "E3", "G3", "C4", "E4"), "Am": ("A2", "E3", "E3", "A3", "C4", "E4"),
    "F": ("F2", "C3", "F3", "A3", "C4", "F4"), "G": ("G2", "D3", "D3", "G3", "B3", "G4"),
    "Em": ("E2", "B2", "E3", "G3", "B3", "E4"), "Dm": ("D3", "A2", "D3", "A3", "D4", "F4"),
}
BARS = ["C", "Am", "F", "G", "C", "Em", "F", "G"]
MELODY = {0: "G4", 1.5: "E4", 4: "C5", 5.5: "B4", 6.5: "A4", 8: "A4", 9.5: "C5", 11: "A4", 12: "B4", 13.5: "D5", 15: "B4",
          16: "C5", 17.5: "G4", 19: "E4", 20: "B4", 21.5: "G4", 24: "A4", 25.5: "G4", 26.5: "F4", 28: "D4", 29.5: "G4", 31: "B4"}


def make():
    score = Score([(0, 104), (28, 104), (32, 84), (36, 80)], swing=0.54, reverb_sec=1.2, reverb_wet=0.15)
    guitar = score.part(25, volume=110, loose_ms=7, spread=6)
    for bar, name in enumerate(BARS):
        bass, alternate, third, low, middle, high = SHAPES[name]
        for i, thumb in enumerate((bass, third, alternate, third)):
            guitar.note(bar * 4 + i, 1.3, thumb, 84 if i % 2 == 0 else 66)
        for beat, finger in ((0.5, middle), (1.5, low), (2, high), (2.5, middle), (3.5, low)):
            if bar * 4 + beat not in MELODY:
                guitar.note(bar * 4 + beat, 1.2, finger, 62)
    for beat, name in MELODY.items():
        guitar.note(beat, 1.8, name, 92)
    guitar.chord(32, 4, ("C3", "G3", "C4", "E4", "G4", "C5"), 78, strum_ms=45)
    return score


PIECE = Piece(
    "10-fingerpicking-guitar.flac", "Porch Light", "Fingerpicked guitar",
    "A solo steel-string acoustic guitar, fingerpicked with an alternating thumb and a simple tune on top.",
    "folk", ("acoustic guitar",), ("warm", "peaceful"), 104, "C major", FLUID, 22050, 1, 21, make, 2.2,
)
