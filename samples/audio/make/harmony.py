"""Note names, chord symbols and voicings that move as little as possible."""

import re
from itertools import product

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9), "sus4": (0, 5, 7),
    "sus2": (0, 2, 7), "add9": (0, 2, 4, 7), "9": (0, 4, 10, 14), "13": (4, 9, 10, 14), "maj9": (4, 7, 11, 14),
    "m9": (3, 7, 10, 14), "7b9": (4, 7, 10, 13), "7#11": (4, 6, 10, 14), "69": (4, 9, 14, 7),
}
SHARPS = "C C# D D# E F F# G G# A A# B".split()
SYMBOL = re.compile(r"([A-G][#b]?)(.*)$")


def step(name):
    return (STEPS[name[0]] + name.count("#") - name[1:].count("b")) % 12


def pitch(name):
    """MIDI number of "C#4" (middle C is C4 = 60)."""
    letter, octave = re.match(r"([A-G][#b]*)(-?\d)$", name).groups()
    return STEPS[letter[0]] + letter.count("#") - letter[1:].count("b") + 12 * (int(octave) + 1)


def chord(symbol):
    """Pitch classes of a chord symbol; the qualities above the seventh leave the root to the bass."""
    root, quality = SYMBOL.match(symbol).groups()
    return [(step(root) + interval) % 12 for interval in QUALITIES[quality]]


def in_scale(text, scale, steps):
    """The note names of a line moved by steps of a scale ("E F# G ..."); notes outside it are taken as the next below."""
    classes = sorted(step(name) for name in scale.split())
    ladder = [c + 12 * octave for octave in range(1, 10) for c in classes]

    def moved(match):
        below = max(i for i, number in enumerate(ladder) if number <= pitch(match.group()))
        number = ladder[below + steps]
        return f"{SHARPS[number % 12]}{number // 12 - 1}"

    return re.sub(r"[A-G][#b]*\d", moved, text)


def voicings(symbols, low, high):
    """One close voicing a symbol inside low..high (MIDI numbers), each as near as can be to the one before."""
    chosen, before = [], None
    for symbol in symbols:
        places = [[p for p in range(low, high + 1) if p % 12 == c] for c in chord(symbol)]
        candidates = [sorted(v) for v in product(*places) if max(v) - min(v) <= 15]
        centre = (low + high) / 2

        def cost(voicing):
            pull = abs(sum(voicing) / len(voicing) - centre)
            if before is None:
                return pull
            return sum(abs(a - b) for a, b in zip(voicing, before)) + 0.3 * pull

        before = min(candidates, key=cost)
        chosen.append(before)
    return chosen
