from effects import amplifier, boost
from harmony import in_scale
from piece import FLUID, Piece
from score import Score

BPM = 168
RIFF = [  # sixteenths of a bar: o chugs on low E, letters are power chords
    "o o o F o o o G o o o F o Bb . A", "o o o F o o o G o o o C . B . Bb",
    "o o o F o o o G o o o F o Bb . A", "E . . . F . . . G . . . Bb . A .",
]
CHORUS = ["E", "C", "D", "B", "E", "C", "D", "F"]
POWER = {"E": 40, "F": 41, "G": 43, "A": 45, "Bb": 46, "B": 47, "C": 48, "D": 50}
LEAD = """
E5:.5 G5:.5 B5:1 A5:.5 G5:.5 F#5:.5 G5:.5 | E5:.25 G5:.25 C6:.5 B5:.5 C6:.5 G5:1 E5:1
D5:.25 F#5:.25 A5:.5 D6:1 C6:.5 B5:.5 A5:.5 F#5:.5 | D#5:.5 F#5:.5 B5:1 A5:.25 G5:.25 F#5:.25 E5:.25 D#5:1
E5:.25 G5:.25 B5:.25 G5:.25 E6:1 D6:.5 B5:.5 G5:1 | C6:.25 B5:.25 G5:.25 E5:.25 C6:.25 B5:.25 G5:.25 E5:.25 G5:1 C6:1
D6:.25 C6:.25 A5:.25 F#5:.25 D6:.25 C6:.25 A5:.25 F#5:.25 A5:1 D6:1 | F5:.5 A5:.5 C6:.5 F6:1.5 E6:1"""



def make():
    score = Score(BPM, reverb_sec=0.9, reverb_wet=0.1, gain=0.4)
    score.bus("bass", boost(5))
    score.bus("rhythm", amplifier(26, 4600, 0.13))
    score.bus("lead", amplifier(18, 5600, 0.12))
    for pan in (2, 126):
        palm = score.part(28, pan=pan, bus="rhythm", loose_ms=4)
        full = score.part(30, pan=pan, bus="rhythm", loose_ms=5, volume=92)
        for bar in range(4):
            for i, cell in enumerate(RIFF[bar].split()):
                beat = bar * 4 + i / 4
                if cell == "o":
                    palm.chord(beat, 0.22, (40, 47), 112)
                elif cell != ".":
                    length = 0.9 if bar == 3 else 0.45 if RIFF[bar].split()[(i + 1) % 16] == "." else 0.23
                    full.chord(beat, length, (POWER[cell], POWER[cell] + 7, POWER[cell] + 12), 108)
        for bar, name in enumerate(CHORUS):
            for beat, length in ((0, 1.5), (1.5, 1.5), (3, 1)):
                full.chord(16 + bar * 4 + beat, length * 0.95, (POWER[name], POWER[name] + 7, POWER[name] + 12), 106)
        full.chord(48, 6, (40, 47, 52), 116)

    bass = score.part(34, volume=108, bus="bass", loose_ms=4)
    for bar in range(4):
        for i, cell in enumerate(RIFF[bar].split()):
            if cell != ".":
                bass.note(bar * 4 + i / 4, 0.24, (28 if cell == "o" else POWER[cell] - 12), 104)
    for bar, name in enumerate(CHORUS):
        for i in range(8):
            bass.note(16 + bar * 4 + i / 2, 0.45, POWER[name] - 12, 104)
    bass.note(48, 6, 28, 110)

    for pan, steps in ((46, 0), (82, -2)):
        lead = score.part(30, pan=pan, bus="lead", volume=88)
        lead.line(16, in_scale(LEAD, "E F# G A B C D", steps), 104, hold=1.0)
        lead.line(48, in_scale("E6:6", "E F# G A B C D", steps), 104)
        lead.vibrato(0.9, 70)

    drums = score.drums(16, volume=118, loose_ms=3, spread=5)
    for bar in range(12):
        fill = bar in (3, 11)
        chorus = bar >= 4
        drums.grid(bar * 4, {
            "kick": "xxxxxxxxxxxxxxxx" if not fill else "x.x.x.x.xxxxxxxx",
            "snare": ("....X.......X..." if not chorus else "..X...X...X...X.") if not fill else "X...X...XXXX....",
            "crash": "X...............",
            "china" if not chorus else "ride": "..x.x.x.x.x.x.x." if not fill else "....x...........",
            "high": "................" if not fill else "............xx..",
            "floor": "................" if not fill else "..............xx",
        }, 104)
    drums.grid(48, {"crash": "X", "crash2": "X", "kick": "X"}, 112)
    return score


PIECE = Piece(
    "09-heavy-metal.mp3", "Iron Tide", "Heavy metal",
    "Fast heavy metal with palm-muted distorted guitars, relentless double kick drums and a harmonised lead.",
    "metal", ("distorted electric guitar", "bass guitar", "drums"), ("aggressive", "intense", "dark"), BPM, "E phrygian",
    FLUID, 44100, 2, 19.5, make,
)
