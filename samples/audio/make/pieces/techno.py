import numpy as np

from effects import echo, highpass, lowpass, reverb
from piece import NUMPY, Piece
from synthesis import clap, clock, envelope, hat, hertz, kick, place, saw, sweep_filter

BPM = 130
BEAT = 60 / BPM
STEP = BEAT / 4
BASS = [33, 33, 45, 33, 33, 36, 33, 45, 33, 33, 43, 33, 33, 40, 45, 31]
STABS = [(57, 60, 64, 67), (57, 60, 64, 67), (53, 57, 60, 64), (55, 59, 62, 65)]


def make(rate, rng):
    seconds = PIECE.length_sec
    frames = round(seconds * rate)
    drums, bass, stabs = (np.zeros((frames, 2)) for _ in range(3))

    line = np.zeros(frames)
    for i in range(16 * 8):
        voice = saw(hertz(BASS[i % 16]), STEP, rate) + 0.7 * saw(hertz(BASS[i % 16]) * 1.006, STEP, rate, 0.3)
        start = round(i * STEP * rate)
        line[start : start + len(voice)] += voice * envelope(STEP, rate, 0.002, 0.09, 0.25, 0.012)
    t = clock(seconds, rate)
    pluck = np.exp(-(t % STEP) / 0.06)
    opening = 260 + 1700 * (0.5 - 0.5 * np.cos(np.pi * np.minimum(1, t / (32 * BEAT)))) ** 1.5
    line = np.tanh(1.2 * sweep_filter(line, rate, 120 + opening * pluck, 0.82))
    place(bass, line, 0, rate, 0.42)

    for bar in range(8):
        for beat in range(4):
            now = (bar * 4 + beat) * BEAT
            if not (bar == 3 and beat >= 2) and not (bar == 7 and beat == 3):
                place(drums, kick(rate), now, rate, 1.0)
            if beat % 2 and bar >= 2:
                place(drums, clap(rate, rng), now, rate, 1.0, 0.1)
            place(drums, hat(rate, rng, 0.16, 0.05), now + BEAT / 2, rate, 0.95, -0.2)
            for step in (1, 3) if bar >= 1 else ():
                place(drums, hat(rate, rng), now + step * STEP, rate, 0.42 + 0.1 * rng.random(), 0.35)
        if bar >= 2:
            for step in (3, 6, 11, 14) if bar % 2 else (3, 6, 11):
                for i, number in enumerate(STABS[bar % 4]):
                    voice = saw(hertz(number), 0.3, rate, 0.2 * i) + saw(hertz(number) * 1.008, 0.3, rate, 0.7)
                    place(stabs, voice * envelope(0.3, rate, 0.003, 0.08), (bar * 16 + step) * STEP, rate, 0.26, (i - 1.5) / 2)
    for i in range(8):  # snare-like build into the break
        place(drums, clap(rate, rng), (14 + i / 4) * BEAT, rate, 0.2 + 0.07 * i)
    place(drums, kick(rate, seconds=0.5), 32 * BEAT, rate, 1.0)
    for i, number in enumerate(STABS[0]):
        place(stabs, saw(hertz(number), 1.2, rate, 0.2 * i) * envelope(1.2, rate, 0.003, 0.3), 32 * BEAT, rate, 0.25, (i - 1.5) / 2)

    noise = highpass(rng.standard_normal((frames, 2)), rate, 2500)
    riser = np.where((t > 8 * BEAT) & (t < 16 * BEAT), ((t - 8 * BEAT) / (8 * BEAT)) ** 2, 0)
    riser += np.where((t > 24 * BEAT) & (t < 32 * BEAT), ((t - 24 * BEAT) / (8 * BEAT)) ** 2, 0)

    stabs = echo(lowpass(stabs, rate, 3200), rate, 3 * STEP, 0.5, 0.45)
    wet = reverb(stabs + 0.06 * noise * riser[:, None], rate, 1.8, 0.25, rng)
    duck = (1 - 0.65 * np.exp(-(t % BEAT) / 0.11))[:, None]
    return drums + duck * (bass + wet)


PIECE = Piece(
    "05-techno.mp3", "Concrete Pulse", "Techno",
    "Four-on-the-floor techno: a pounding kick, off-beat hi-hats, a rolling filtered saw bass and echoing minor stabs.",
    "techno", ("synthesizer", "synth bass", "drum machine"), ("hypnotic", "driving"), BPM, "A minor", NUMPY, 44100, 2, 17, make, 1.6,
)
