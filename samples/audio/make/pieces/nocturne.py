from piece import MUSESCORE, Piece
from score import Score

LEFT = [  # twelve triplet eighths a bar
    "C#2 G#2 E3 G#3 C#4 G#3 E3 G#3 C#4 G#3 E3 G#2",
    "A1 A2 E3 A3 C#4 A3 E3 A3 C#4 A3 E3 A2",
    "F#1 F#2 C#3 F#3 A3 F#3 C#3 F#3 A3 F#3 C#3 F#2",
    "G#1 D#2 B#2 F#3 A3 F#3 B#2 F#3 A3 F#3 B#2 D#2",
]
RIGHT = [
    "r:.5 G#4:.5 C#5:1 E5:1.5 D#5:.5",
    "C#5:.75 B4:.25 C#5:.5 E5:.5 A5:1.5 G#5:.5",
    "F#5:1 G#5:.167 F#5:.167 E#5:.166 F#5:.5 A5:.75 C#6:.75 B5:.5",
    "A5:.75 G#5:1 F#5:.5 D#5:.5 B#4:.5 E5:.25 D#5:.5",
]


def make():
    score = Score([(0, 58), (2, 62), (9, 66), (12, 62), (14.5, 56), (16, 40), (20, 40)], reverb_sec=2.4, reverb_wet=0.2)
    piano = score.part(0, loose_ms=9, spread=4)
    for bar, (left, right) in enumerate(zip(LEFT, RIGHT)):
        for i, name in enumerate(left.split()):
            swell = 6 - abs(i - 5)
            piano.note(bar * 4 + i / 3, 0.33, name, 40 + swell + (8 if i == 0 else 0) + 3 * bar)
        piano.line(bar * 4, right, 64 + 5 * bar, 76 + 4 * bar if bar < 3 else 58, hold=1.02)
    piano.line(16, "C#2+C#3:.34 G#3:.33 E4:.33 C#5+E5+G#5:3", 54, 46)
    piano.pedal(0, 4, 8, 12, 14, 16)
    return score


PIECE = Piece(
    "01-nocturne-piano.flac", "Nocturne for Piano", "Piano nocturne",
    "A slow night piece for solo piano: a singing melody over wide broken chords, swelling once and sinking back.",
    "classical", ("piano",), ("calm", "melancholic", "intimate"), 62, "C-sharp minor", MUSESCORE, 44100, 2, 21, make, 2.5,
)
