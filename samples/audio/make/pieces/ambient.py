import numpy as np

from effects import echo, highpass, lowpass, reverb
from piece import NUMPY, Piece
from synthesis import clock, hertz, place, saw

CHORDS = [(38, 57, 64, 65, 72), (34, 58, 62, 65, 69), (41, 57, 60, 67, 72), (36, 55, 62, 64, 71), (38, 57, 62, 66, 69)]
CHORD_SEC = 5.5
BELLS = [(1.2, 81), (3.1, 88), (6.4, 86), (8.0, 81), (9.6, 77), (12.1, 84), (13.4, 79), (15.8, 88), (17.7, 83), (19.4, 79), (22.6, 86), (23.6, 90), (24.8, 81)]


def make(rate, rng):
    frames = round(PIECE.length_sec * rate)
    t = np.arange(frames) / rate
    pad = np.zeros((frames, 2))
    for i, numbers in enumerate(CHORDS):
        seconds = CHORD_SEC + 3
        shape = np.sin(np.pi * np.clip(clock(seconds, rate) / seconds, 0, 1)) ** 1.2
        for number in numbers:
            for cents, side in ((-7, -0.8), (0, 0.0), (6, 0.8)):
                hz = hertz(number + cents / 100)
                voice = lowpass(saw(hz, seconds, rate, rng.random()), rate, min(1400, hz * 3.2), 2)
                place(pad, voice * shape, max(0, i * CHORD_SEC - 1.2), rate, 0.1 if number > 45 else 0.17, side * (number > 45))
    bells = np.zeros((frames, 2))
    for at, number in BELLS:
        s = clock(3.0, rate)
        wobble = 1.6 * np.exp(-s / 0.5) * np.sin(2 * np.pi * 3.5 * hertz(number) * s)
        place(bells, np.sin(2 * np.pi * hertz(number) * s + wobble) * np.exp(-s / 0.8), at, rate, 0.12, rng.uniform(-0.7, 0.7))
    breath = 0.35 + 0.65 * (0.5 - 0.5 * np.cos(2 * np.pi * t / 7.3)) ** 2
    drift = 0.35 + 0.65 * (0.5 - 0.5 * np.cos(2 * np.pi * (t - 1.1) / 7.3)) ** 2
    sea = highpass(lowpass(rng.standard_normal((frames, 2)), rate, 900, 1), rate, 200, 1) * np.stack([breath, drift], axis=1)
    wet = reverb(echo(bells, rate, 0.62, 0.5, 0.5) + pad, rate, 5.0, 0.4, rng)
    return (wet + 0.05 * sea) * np.minimum(1, t / 1.5)[:, None]


PIECE = Piece(
    "07-夜の海-ambient.opus", "夜の海 (Night Sea)", "夜の海 ambient",
    "A beatless ambient piece: warm synthesizer chords drift over sea-like noise with distant glassy bells.",
    "ambient", ("synthesizer pad", "bells"), ("calm", "dreamy", "spacious"), None, "D minor", NUMPY, 48000, 2, 28, make, 3.5,
)
