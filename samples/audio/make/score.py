"""A piece of music in beats: parts, lines, chords, drum grids, and the way from beats to seconds."""

from dataclasses import dataclass, field
from random import Random

import numpy as np

from harmony import pitch

DRUM_CHANNEL = 9
DRUMS = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "floor": 41, "hat": 42, "low": 43, "pedal": 44,
    "tom": 45, "open": 46, "mid": 47, "high": 48, "crash": 49, "top": 50, "ride": 51, "china": 52,
    "bell": 53, "tambourine": 54, "splash": 55, "crash2": 57, "shaker": 70, "claves": 75, "conga": 63, "conga low": 64,
    "swirl": 40, "tap": 38,
}
STRENGTH = {"X": 1.2, "x": 1.0, "o": 0.7, "g": 0.4}


@dataclass(frozen=True)
class Note:
    beat: float
    beats: float
    pitch: int
    velocity: float
    delay_sec: float = 0.0


@dataclass(frozen=True)
class Control:
    """A MIDI controller value; number -1 is pitch bend (-8192..8191)."""

    beat: float
    number: int
    value: float


@dataclass
class Part:
    """One instrument. `loose_ms` and `spread` are the standard deviations of its timing and velocity."""

    program: int
    bank: int = 0
    volume: int = 100
    pan: int = 64
    bus: str = "main"
    drums: bool = False
    loose_ms: float = 6
    spread: float = 4
    transpose: int = 0
    notes: list[Note] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)

    def note(self, beat, beats, name, velocity=80, delay_sec=0.0):
        number = (pitch(name) if isinstance(name, str) else name) + self.transpose
        self.notes.append(Note(beat, beats, number, velocity, delay_sec))

    def chord(self, beat, beats, names, velocity=80, strum_ms=0.0):
        for i, name in enumerate(names):
            self.note(beat, beats, name, velocity, i * strum_ms / 1000)

    def line(self, beat, text, velocity=80, to=None, hold=0.95, strum_ms=0.0):
        """Plays "E5:1 D5:.5 r:.5 C4+E4:2>" (name:beats; + stacks, r rests, > accents); velocity glides to `to`."""
        tokens = text.replace("|", " ").split()
        for i, token in enumerate(tokens):
            accent = 12 if token.endswith(">") else 0
            names, _, beats = token.rstrip(">").partition(":")
            length = float(beats)
            level = velocity + ((to if to is not None else velocity) - velocity) * i / max(1, len(tokens) - 1)
            if names != "r":
                self.chord(beat, length * hold, names.split("+"), level + accent, strum_ms)
            beat += length
        return beat

    def grid(self, beat, rows, velocity=90, step=0.25):
        """Drums, one character a step: X accent, x hit, o soft, g ghost; anything else is silence."""
        for name, cells in rows.items():
            hits = [cell for cell in cells if cell not in "| "]
            for i, cell in enumerate(hits):
                if cell in STRENGTH:
                    self.note(beat + i * step, step, DRUMS[name], velocity * STRENGTH[cell])

    def control(self, beat, number, value):
        self.controls.append(Control(beat, number, value))

    def ramp(self, number, points, step=0.125):
        """A controller that moves along (beat, value) points."""
        beats, values = zip(*points)
        for beat in np.arange(beats[0], beats[-1] + step / 2, step):
            self.control(float(beat), number, float(np.interp(beat, beats, values)))

    def swell(self, *points):
        self.ramp(11, points)

    def pedal(self, *beats):
        """Sustain pedal: down all the time, lifted for a moment at each beat."""
        for beat in beats:
            self.control(beat, 64, 0)
            self.control(beat + 0.06, 64, 127)

    def vibrato(self, shortest_beats=0.9, depth=46):
        """Mod wheel that opens late in the long notes only."""
        for note in self.notes:
            if note.beats >= shortest_beats:
                self.control(note.beat, 1, 0)
                self.ramp(1, [(note.beat + 0.3 * note.beats, 0), (note.beat + 0.7 * note.beats, depth)])


class Score:
    def __init__(self, bpm, swing=0.5, reverb_sec=1.6, reverb_wet=0.18, gain=0.5):
        """`bpm`: a number, or (beat, bpm) points joined by straight lines. `swing`: where the off-beat eighth falls."""
        self.tempo = [(0.0, bpm)] if isinstance(bpm, (int, float)) else bpm
        self.swing = swing
        self.reverb_sec = reverb_sec
        self.reverb_wet = reverb_wet
        self.gain = gain
        self.parts: list[Part] = []
        self.effects = {}

    def part(self, program, **how):
        self.parts.append(Part(program, **how))
        return self.parts[-1]

    def drums(self, kit=0, **how):
        return self.part(kit, drums=True, **how)

    def bus(self, name, effect):
        """Sends the parts of this bus through effect(audio [frames, 2], sample_rate_hz)."""
        self.effects[name] = effect

    def seconds(self, beat):
        whole, rest = np.floor(beat), beat - np.floor(beat)
        late = self.swing
        beat = whole + (rest * late / 0.5 if rest < 0.5 else late + (rest - 0.5) * (1 - late) / 0.5)
        edges = np.linspace(0, max(beat, 1e-9), 400)
        middles = (edges[1:] + edges[:-1]) / 2
        beats, bpms = zip(*self.tempo)
        return float(np.sum(60 / np.interp(middles, beats, bpms)) * (edges[1] - edges[0]))

    def performed(self, part, rng: Random):
        """(start_sec, end_sec, pitch, velocity) of each note, humanised."""
        for note in sorted(part.notes, key=lambda n: (n.beat, n.pitch)):
            start = self.seconds(note.beat) + note.delay_sec + rng.gauss(0, part.loose_ms / 1000)
            end = self.seconds(note.beat + note.beats)
            velocity = min(127, max(1, round(rng.gauss(note.velocity, part.spread))))
            yield max(0.0, start), max(end, start + 0.03), note.pitch, velocity
