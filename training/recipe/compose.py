"""Label-driven music: a style and a seed to notes, in General MIDI terms."""
from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .instruments import FAMILIES, PROGRAMS
from .styles import STYLES, Style

Rng = np.random.Generator
DRUM_CHANNEL = 9
MAJOR, MINOR = [0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10]
PROGRESSIONS = [[0, 4, 5, 3], [0, 5, 3, 4], [0, 3, 4, 0], [0, 3, 0, 4], [5, 3, 0, 4], [0, 6, 5, 4], [1, 4, 0, 5]]
LOW = {"cello": -12, "trombone": -12, "bassoon": -12, "tuba": -24, "double bass": -24, "saxophone": -5, "viola": -5,
       "french horn": -7, "clarinet": -3, "piccolo": 12, "glockenspiel": 12, "music box": 12, "celesta": 7,
       "whistle": 7, "electric guitar": -5, "distorted guitar": -7, "acoustic guitar": -5, "classical guitar": -5,
       "timpani": -24, "sitar": -7, "harmonica": 0, "bagpipes": 0}
"""Semitones from the middle of the treble staff to an instrument's own range."""
KICK, SNARE, RIM, CLAP, HAT, OPEN, RIDE, CRASH = 36, 38, 37, 39, 42, 46, 51, 49
PATTERNS: dict[str, tuple[int, dict[int, str]]] = {
    "rock": (16, {KICK: "x.....x.x.......", SNARE: "....x.......x...", HAT: "x.x.x.x.x.x.x.x."}),
    "pop": (16, {KICK: "x.......x.x.....", SNARE: "....x.......x...", HAT: "x.x.x.x.x.x.x.x.", CLAP: "............x..."}),
    "ballad": (16, {KICK: "x.........x.....", RIM: "....x.......x...", HAT: "x...x...x...x..."}),
    "metal": (16, {KICK: "x.xxx.xxx.xxx.xx", SNARE: "....x.......x...", CRASH: "x...x...x...x..."}),
    "punk": (16, {KICK: "x...x...x...x...", SNARE: "..x...x...x...x.", OPEN: "x.x.x.x.x.x.x.x."}),
    "shuffle": (12, {KICK: "x.....x.....", SNARE: "...x.....x..", RIDE: "x.xx.xx.xx.x"}),
    "swing": (12, {RIDE: "x..x.xx..x.x", 44: "...x.....x..", KICK: "x...........", SNARE: ".....x......"}),
    "funk": (16, {KICK: "x..x......x..x..", SNARE: "....x..x.x..x..x", HAT: "xxxxxxxxxxxxxxxx"}),
    "disco": (16, {KICK: "x...x...x...x...", SNARE: "....x.......x...", OPEN: "..x...x...x...x.", HAT: "xx.xxx.xxx.xxx.x"}),
    "house": (16, {KICK: "x...x...x...x...", CLAP: "....x.......x...", OPEN: "..x...x...x...x."}),
    "techno": (16, {KICK: "x...x...x...x...", HAT: "..x...x...x...x.", CLAP: "....x.......x...", 75: "x..x..x..x..x..."}),
    "synthwave": (16, {KICK: "x...x...x...x...", 40: "....x.......x...", HAT: "x.x.x.x.x.x.x.x."}),
    "dnb": (16, {KICK: "x.........x.....", SNARE: "....x.......x...", HAT: "x.x.x.x.x.x.x.x.", RIDE: "..x...x...x...x."}),
    "hiphop": (16, {KICK: "x..x......x.....", SNARE: "....x.......x...", HAT: "x.x.x.xxx.x.x.x."}),
    "reggae": (16, {KICK: "........x.......", RIM: "........x.......", HAT: "x.x.x.x.x.x.x.x."}),
    "bossa": (16, {KICK: "x..xx..xx..xx..x", RIM: "x..x..x...x..x..", HAT: "x.x.x.x.x.x.x.x."}),
    "latin": (16, {63: "..x...xx..x...xx", 76: "x..x..x...x.x...", 70: "xxxxxxxxxxxxxxxx", 56: "x...x...x...x...", 65: "......x.......x."}),
    "march": (16, {KICK: "x.......x.......", SNARE: "..x.x.xx..x.xxxx", CRASH: "x..............."}),
    "polka": (16, {KICK: "x.......x.......", SNARE: "....x.......x..."}),
    "train": (16, {KICK: "x...x...x...x...", SNARE: "x.xxx.xxx.xxx.xx"}),
    "orchestral": (16, {47: "x..............."}),
    "taiko": (16, {41: "x..x..x.x.x.x...", 43: "..x..x..x.....xx", KICK: "x.......x......."}),
    "tribal": (16, {64: "x..x..x.x..x..x.", 62: "..x.x....x.x...x", 54: "..x...x...x...x."}),
    "tabla": (16, {61: "x..x.xx.x.x.xx.x", 60: "..x.x..x.x.x..x."}),
    "claps": (16, {CLAP: "x..x..x.x.x.x..."}),
    "solo": (16, {}),
}


@dataclass(frozen=True)
class Note:
    start_sec: float
    duration_sec: float
    channel: int
    pitch: int
    velocity: int


@dataclass
class Piece:
    notes: list[Note] = field(default_factory=list)
    programs: dict[int, int] = field(default_factory=dict)
    label: dict[str, object] = field(default_factory=dict)


class Composer:
    """Writes one piece; time is counted in sixteenths of a beat's quarter until a note is placed."""

    def __init__(self, style: Style, rng: Rng, seconds: float):
        self.style, self.rng = style, rng
        self.bpm = float(rng.uniform(*style.bpm))
        self.minor = bool(rng.random() < style.minor)
        self.scale = MINOR if self.minor else MAJOR
        self.key = int(rng.integers(-5, 7))
        self.progression = PROGRESSIONS[rng.integers(len(PROGRESSIONS))]
        self.step_sec = 60 / self.bpm / 4
        self.steps_a_bar = 12 if style.figure == "waltz" else 16
        self.bars = int(np.ceil(seconds / (self.step_sec * self.steps_a_bar)))
        self.piece = Piece()
        self.channels: dict[str, int] = {}

    def channel(self, role: str, instrument: str) -> int:
        key = f"{role}/{instrument}"
        if key not in self.channels:
            free = [c for c in range(16) if c != DRUM_CHANNEL]
            self.channels[key] = free[len(self.channels)]
            self.piece.programs[self.channels[key]] = int(self.rng.choice(PROGRAMS[instrument]))
        return self.channels[key]

    def pitch(self, degree: int, base: int) -> int:
        return base + self.key + 12 * (degree // 7) + self.scale[degree % 7]

    def play(self, bar: int, step: float, length: float, channel: int, pitch: int, velocity: float) -> None:
        start = (bar * self.steps_a_bar + step) * self.step_sec + float(self.rng.normal(0, 0.004))
        loud = int(np.clip(velocity + self.rng.normal(0, 6), 20, 127))
        self.piece.notes.append(Note(max(0, start), length * self.step_sec * 0.96, channel, int(np.clip(pitch, 21, 108)), loud))

    def melody(self, instrument: str, density: float, base: int = 72, velocity: float = 100) -> None:
        channel = self.channel("lead", instrument)
        degree = int(self.rng.integers(0, 7))
        motif = [(float(self.rng.choice([2, 4, 4, 6, 8] if density < 0.6 else [1, 2, 2, 2, 3, 4])), int(self.rng.integers(-2, 3)))
                 for _ in range(8)]
        for bar in range(self.bars):
            step, at = 0.0, 0
            root = self.progression[bar % len(self.progression)]
            while step < self.steps_a_bar:
                length, move = motif[(at + (bar // 2) * 3) % len(motif)]
                at += 1
                length = min(length, self.steps_a_bar - step)
                degree = int(np.clip(degree + move, -3, 10))
                if step % 8 == 0:
                    degree = root + int(self.rng.choice([0, 2, 4]))
                if self.rng.random() > 0.12:
                    self.play(bar, step, length, channel, self.pitch(degree, base + LOW.get(instrument, 0)), velocity)
                step += length

    def voices(self, instruments: tuple[str, ...]) -> None:
        """Four-part writing: sustained chord tones, the upper voices moving more."""
        bases = [76, 67, 60, 48]
        for part, instrument in enumerate(instruments):
            channel = self.channel(f"voice{part}", instrument)
            for bar in range(self.bars):
                root = self.progression[bar % len(self.progression)]
                cuts = {0: [8, 4, 4, 2, 2], 1: [8, 4, 4], 2: [8, 8, 4], 3: [16, 8]}[part]
                step = 0.0
                while step < self.steps_a_bar:
                    length = min(float(self.rng.choice(cuts)), self.steps_a_bar - step)
                    tone = int(self.rng.choice([0, 2, 4] if part < 3 else [0]))
                    passing = int(self.rng.integers(-1, 2)) if part == 0 and step % 8 else 0
                    self.play(bar, step, length, channel, self.pitch(root + tone + passing, bases[part]), 88 if part else 98)
                    step += length

    def chords(self, instrument: str, figure: str, velocity: float = 78) -> None:
        channel = self.channel("chords", instrument)
        base = 55 if instrument in ("distorted guitar", "electric guitar", "acoustic guitar", "classical guitar") else 60
        base += {"music box": 12, "celesta": 12}.get(instrument, 0)
        for bar in range(self.bars):
            root = self.progression[bar % len(self.progression)]
            tones = [self.pitch(root + d, base) for d in (0, 2, 4)]
            for step, length, which in _figure(figure, self.steps_a_bar, self.rng):
                if figure in ("power", "gallop", "eighths") and instrument in ("distorted guitar", "electric guitar"):
                    hit = [tones[0] - 12, tones[0] - 5, tones[0]]
                elif which is None:
                    hit = tones + ([tones[0] + 12] if figure in ("strum", "pad") else [])
                elif which < 0:
                    hit = [tones[0] - 12]
                else:
                    hit = [(tones + [tones[0] + 12, tones[1] + 12])[which % 5]]
                for position, pitch in enumerate(hit):
                    late = 0.12 * position if figure == "strum" else 0
                    self.play(bar, step + late, length, channel, pitch, velocity)

    def bass(self, instrument: str, figure: str) -> None:
        channel = self.channel("bass", instrument)
        for bar in range(self.bars):
            root = self.progression[bar % len(self.progression)]
            for step, length, degree in _bass_line(figure, self.style.drums, self.steps_a_bar, self.rng):
                base = 36 if instrument != "harp" else 48
                self.play(bar, step, length, channel, self.pitch(root + degree, base), 92)

    def drums(self, name: str) -> None:
        size, pattern = PATTERNS[name]
        if name == "solo":
            pattern = {drum: "".join("x" if self.rng.random() < p else "." for _ in range(16))
                       for drum, p in ((KICK, 0.3), (SNARE, 0.35), (HAT, 0.5), (48, 0.2), (45, 0.2), (41, 0.15), (CRASH, 0.06))}
        for bar in range(self.bars):
            for drum, hits in pattern.items():
                for position, hit in enumerate(hits):
                    dropped = name not in ("techno", "house", "disco") and self.rng.random() < 0.06
                    if hit == "x" and not dropped:
                        step = position * self.steps_a_bar / size
                        accent = 104 if position % (size // 4) == 0 else 84
                        self.play(bar, step, 1, DRUM_CHANNEL, drum, accent - (20 if drum in (HAT, RIDE, 70) else 0))
            if name in ("rock", "pop", "metal", "punk", "solo", "funk") and bar % 2 == 1 and self.rng.random() < 0.5:
                for position, drum in enumerate((48, 48, 45, 41)):
                    self.play(bar, 12 + position, 1, DRUM_CHANNEL, drum, 100)


def _figure(name: str, steps: int, rng: Rng) -> list[tuple[float, float, int | None]]:
    """(step, length, tone): tone None is the whole chord, -1 the low root."""
    if name == "arpeggio":
        shape = [[0, 1, 2, 3, 2, 1, 2, 1], [0, 2, 1, 2, 3, 2, 1, 2], [0, 1, 2, 3, 4, 3, 2, 1]][rng.integers(3)]
        return [(2.0 * i, 4.0, shape[i % 8]) for i in range(steps // 2)]
    if name == "alberti":
        return [(2.0 * i, 2.0, (0, 2, 1, 2)[i % 4]) for i in range(steps // 2)]
    if name == "sixteenths":
        shape = rng.integers(0, 5, 8)
        return [(float(i), 0.7, int(shape[i % 8])) for i in range(steps) if rng.random() < 0.85]
    if name == "ostinato":
        shape = [0, 2, 1, 2, 0, 2, 1, 3]
        return [(2.0 * i, 1.6, shape[i % 8]) for i in range(steps // 2)]
    if name == "loop":
        return [(0.0, 6.0, None), (6.0, 2.0, 3), (8.0, 4.0, None), (12.0, 2.0, 2), (14.0, 2.0, 1)]
    if name == "waltz":
        return [(4.0, 3.0, None), (8.0, 3.0, None)]
    if name == "stride":
        return [(0.0, 2.0, -1), (4.0, 2.0, None), (8.0, 2.0, -1), (12.0, 2.0, None)]
    if name == "montuno":
        return [(s, 1.2, t) for s, t in ((0.0, None), (2.0, 1), (3.0, 2), (5.0, None), (7.0, 3), (9.0, None), (11.0, 2), (13.0, None), (15.0, 1))]
    spots = {
        "block": ([0, 8], 8), "pad": ([0], 16), "drone": ([0], 16), "strum": ([0, 4, 6, 10, 12, 14], 2.5),
        "eighths": (list(range(0, 16, 2)), 1.8), "power": (list(range(0, 16, 2)), 2), "gallop": ([0, 2, 3, 4, 6, 7, 8, 10, 11, 12, 14, 15], 1),
        "boogie": ([0, 4, 8, 12], 3), "comp": ([[0, 6, 11], [3, 8, 14], [0, 5, 10]][rng.integers(3)], 2.5),
        "funk": ([0, 3, 6, 7, 10, 13, 14], 0.8), "offbeat": ([2, 6, 10, 14] if rng.random() < 0.5 else [4, 12], 1.2),
        "bossa": ([0, 3, 6, 10, 13], 2), "stab": ([0, 3, 6, 10, 14], 1.5), "staccato": ([0, 4, 8, 12, 14], 1.2),
    }
    places, length = spots[name]
    return [(float(place), float(length), None) for place in places if place < steps]


def _bass_line(figure: str, drums: str, steps: int, rng: Rng) -> list[tuple[float, float, int]]:
    """(step, length, scale degree above the chord's root)."""
    if drums == "swing":
        return [(0.0, 4.0, 0), (4.0, 4.0, 2), (8.0, 4.0, 4), (12.0, 4.0, int(rng.choice([5, 3, 6])))]
    if figure in ("gallop", "power", "eighths"):
        return [(2.0 * i, 2.0, 0) for i in range(8)]
    if figure in ("sixteenths", "stab"):
        return [(4.0 * i + 2, 1.5, 0) for i in range(4)]
    if figure == "boogie":
        return [(2.0 * i, 2.0, (0, 0, 2, 2, 4, 4, 5, 4)[i]) for i in range(8)]
    if figure == "funk":
        return [(0.0, 1.5, 0), (3.0, 1.0, 0), (6.0, 1.0, 7), (8.0, 1.0, 0), (11.0, 1.0, 4), (14.0, 1.0, 6)]
    if figure in ("offbeat", "bossa", "montuno", "strum", "staccato") and steps == 16:
        return [(0.0, 6.0, 0), (6.0, 2.0, 4), (8.0, 6.0, 4), (14.0, 2.0, 0)]
    if figure in ("pad", "drone", "block", "arpeggio", "alberti", "loop"):
        return [(0.0, float(steps), 0)]
    return [(0.0, 4.0, 0), (8.0, 4.0, 4)] if steps == 16 else [(0.0, 4.0, 0)]


def _pick(choices: tuple[str, ...], rng: Rng) -> str:
    return str(choices[rng.integers(len(choices))]) if choices else ""


def compose_style(name: str, rng: Rng, seconds: float) -> Piece:
    """A piece in one of STYLES."""
    style = STYLES[name]
    composer = Composer(style, rng, seconds)
    used: list[str] = []
    if style.voices:
        composer.voices(style.voices)
        used += style.voices
    chords = _pick(style.chords, rng)
    lead = _pick(style.lead, rng)
    bass = _pick(style.bass, rng)
    dense = 0.8 if composer.bpm < 100 and rng.random() < 0.4 else 0.4
    if lead and rng.random() < (0.75 if chords and chords != lead else 1.0):
        composer.melody(lead, dense)
        used.append(lead)
    if chords:
        composer.chords(chords, style.figure)
        used.append(chords)
    if bass:
        composer.bass(bass, style.figure)
        used.append(bass)
    drummed = bool(style.drums) and rng.random() < 0.94
    if drummed:
        composer.drums(style.drums)
    return _labelled(composer, [name, *style.also], used, drummed and style.drums != "orchestral", _pick(style.moods, rng))


def compose_instrument(instrument: str, rng: Rng, seconds: float) -> Piece:
    """One instrument in the foreground: alone, in chords, or over a light accompaniment."""
    composer = Composer(Style(bpm=(60, 150), minor=0.4, figure="arpeggio"), rng, seconds)
    used = [instrument]
    manner = rng.random()
    if "bass" in instrument and instrument != "tubular bells":
        composer.bass(instrument, str(rng.choice(["funk", "boogie", "strum"])))
    elif manner < 0.2:
        composer.chords(instrument, str(rng.choice(["pad", "block", "arpeggio"])), 95)
    else:
        composer.melody(instrument, float(rng.choice([0.3, 0.8])), velocity=108)
    drummed = False
    concepts = []
    if manner > 0.55:
        other = str(rng.choice(["piano", "acoustic guitar", "strings", "synth pad"]))
        if other != instrument:
            composer.chords(other, str(rng.choice(["pad", "arpeggio", "block"])), 58)
            used.append(other)
        if manner > 0.8:
            composer.drums(str(rng.choice(["rock", "pop", "hiphop", "ballad"])))
            drummed = True
    else:
        concepts.append("solo")
    return _labelled(composer, concepts, used, drummed, "")


def _labelled(composer: Composer, genres: list[str], used: list[str], drummed: bool, mood: str) -> Piece:
    instruments = list(dict.fromkeys(used))
    families = [family for family, members in FAMILIES.items() if set(members) & set(instruments)]
    composer.piece.label = {
        "genres": genres, "instruments": instruments, "families": [f for f in families if f not in instruments],
        "mood": mood, "bpm": round(composer.bpm), "minor": composer.minor, "drums": drummed,
    }
    return composer.piece
