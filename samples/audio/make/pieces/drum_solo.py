from piece import FLUID, Piece
from score import Score

BARS = [
    {"hat": "x.x.x.x.x.x.x.x.", "snare": "....X..g.g..X..g", "kick": "X.....x.X.x....."},
    {"hat": "x.x.x.x.x.x.x.x.", "open": "..............X.", "snare": "....X..g.g..X.g.", "kick": "X..x..x...x....."},
    {"snare": "X.ooX.ooX.......", "top": "..........XXxx..", "mid": "..............XX", "kick": "X...X...X......."},
    {"snare": "gggXgggXggXgggXg", "kick": "x...x...x...x...", "pedal": "x...x...x...x..."},
    {"top": "Xxx...Xxx.......", "mid": "...Xxx...Xxx....", "floor": "............XXXX", "kick": "X..X..X..X..X.X."},
    {"bell": "X.x.X.x.X.x.X.x.", "snare": "..g.X.g...X..Xg.", "kick": "X..x..x.x..x...x", "floor": "...............x"},
]


def make():
    score = Score([(0, 118), (24, 122), (28, 122), (32, 104)], reverb_sec=0.9, reverb_wet=0.12)
    drums = score.drums(0, volume=118, loose_ms=4, spread=6)
    for bar, rows in enumerate(BARS):
        drums.grid(bar * 4, rows, 102)
    for i in range(24):  # a roll in sextuplets from a whisper, then down the toms
        drums.note(24 + i / 12, 0.1, 38, 40 + 3 * i)
    for i in range(12):
        drums.note(26 + i / 6, 0.15, (50, 48, 47, 45, 43, 41)[i // 2], 106 + i)
        if i % 3 == 0:
            drums.note(26 + i / 6, 0.15, 36, 108)
    drums.grid(28, {"crash": "X.....X...X.....", "kick": "X..xxxX...X.....", "snare": "......X...X.....", "floor": "...xxx.........."}, 112)
    return score


PIECE = Piece(
    "19-drum-solo.opus", "Count of Nothing", "Drum solo",
    "A drum kit alone: a funky groove with ghost notes breaks into tom runs, a press roll and crashes.",
    "rock", ("drums",), ("energetic",), 120, None, FLUID, 48000, 2, 17, make, 1.5,
)
