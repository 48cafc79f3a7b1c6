import numpy as np

from harmony import pitch
from piece import NUMPY, Piece
from synthesis import clock, envelope, hertz, place, pulse, stepped_triangle

BPM = 150
BEAT = 60 / BPM
LEAD = """
E5:.5 G5:.5 C6:.5 G5:.5 E6:.75 D6:.25 C6:1 | B5:.5 D6:.5 G5:.5 B5:.5 D6:1 G5:1 | A5:.5 C6:.5 E6:.5 C6:.5 A6:.75 G6:.25 E6:1 | F6:.5 E6:.5 D6:.5 C6:.5 B5:.5 D6:.5 G6:1
E6:.5 C6:.5 G5:.5 C6:.5 E6:.75 F6:.25 G6:1 | F6:.5 D6:.5 Bb5:.5 D6:.5 F6:1 D6:1 | E6:.5 C#6:.5 A5:.5 E6:.5 F6:.5 A6:.5 F6:.5 D6:.5 | G6:.5 F6:.5 E6:.5 D6:.5 B5:.5 G5:.5 A5:.5 B5:.5 | C6:.25 E6:.25 G6:.25 C7:1.75"""
CHORDS = ["C4 E4 G4", "B3 D4 G4", "C4 E4 A4", "C4 F4 A4|B3 D4 G4", "C4 E4 G4", "Bb3 D4 F4", "C#4 E4 A4|D4 F4 A4", "D4 F4 G4|B3 D4 G4"]
BASS = ["C3", "G2", "A2", "F2|G2", "C3", "Bb2", "A2|D3", "G2"]


def make(rate, rng):
    mix = np.zeros((round(PIECE.length_sec * rate), 2))
    beat = 0.0
    for token in LEAD.replace("|", " ").split():
        name, beats = token.split(":")
        seconds = float(beats) * BEAT
        voice = vibrato_pulse(hertz(pitch(name)), seconds, rate, 0.25)
        voice *= envelope(seconds, rate, 0.004, 0.25, 0.5, 0.03)
        place(mix, voice, beat * BEAT, rate, 0.34)
        place(mix, voice, (beat + 0.75) * BEAT, rate, 0.08)  # the console's echo: the same note again, softer
        beat += float(beats)

    for bar in range(8):
        chords, basses = CHORDS[bar].split("|"), BASS[bar].split("|")
        for half in range(2):
            names = chords[half % len(chords)].split()
            for i in range(16):  # broken chord in thirty-seconds
                voice = pulse(hertz(pitch(names[i % 3]) + 12), BEAT / 8, rate, 0.125 if bar < 4 else 0.5)
                place(mix, voice * envelope(BEAT / 8, rate, 0.002, 0.08, 0.3, 0.004), (bar * 4 + half * 2 + i / 8) * BEAT, rate, 0.13)
            root = pitch(basses[half % len(basses)])
            for i, octave in enumerate((0, 12, 0, 12)):
                voice = stepped_triangle(hertz(root + octave), BEAT * 0.44, rate)
                place(mix, voice * envelope(BEAT * 0.44, rate, 0.002, 1, 1, 0.01), (bar * 4 + half * 2 + i / 2) * BEAT, rate, 0.3)
        for step, kind in enumerate("K.h.S.hhK.K.S.h." if bar % 4 < 3 else "K.h.S.hhK.SSSSSS"):
            if kind != ".":
                place(mix, noise_channel(kind, rate, rng), (bar * 4 + step / 4) * BEAT, rate, 0.3)
    place(mix, stepped_triangle(hertz(pitch("C3")), BEAT * 2, rate) * envelope(BEAT * 2, rate, 0.002, 1, 1, 0.3), 32 * BEAT, rate, 0.3)
    return mix


def vibrato_pulse(hz, seconds, rate, duty):
    t = clock(seconds, rate)
    depth = 0.0009 * np.clip((t - 0.2) / 0.2, 0, 1)  # seconds of read-ahead, opening late
    plain = pulse(hz, seconds + 0.01, rate, duty)
    return np.interp(t + 0.002 + depth * 0.3 * np.sin(2 * np.pi * 6 * t), np.arange(len(plain)) / rate, plain)


def noise_channel(kind, rate, rng):
    """Held random bits, as a shift register gives: slow for the kick, fast for the hat."""
    seconds, clock_hz, decay = {"K": (0.12, 1800, 0.04), "S": (0.14, 9000, 0.05), "h": (0.05, 20000, 0.014)}[kind]
    bits = rng.choice((-1.0, 1.0), size=round(seconds * clock_hz) + 1)
    held = bits[(clock(seconds, rate) * clock_hz).astype(int)]
    return held * envelope(seconds, rate, 0.001, decay) * (0.5 if kind == "h" else 1)


PIECE = Piece(
    "06-chiptune.wav", "Level One", "Chiptune",
    "A bouncy 8-bit game tune: pulse-wave lead and flickering arpeggios, triangle bass and noise drums.",
    "chiptune", ("pulse wave", "triangle wave", "noise channel"), ("playful", "upbeat"), BPM, "C major", NUMPY, 22050, 1, 14.5, make, 1.0,
)
