"""Writes the parts of a score as a standard MIDI file."""

import struct

from score import DRUM_CHANNEL

TICKS_PER_BEAT = 1000
MICROSECONDS_PER_BEAT = 500_000  # so that a tick is half a millisecond
TICKS_PER_SEC = 2000


def write_midi(path, score, parts, rng, end_sec):
    """Times are performed seconds: the score's tempo, swing and looseness are already in them."""
    header = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, TICKS_PER_BEAT)
    track = track_bytes(events_of(score, parts, rng), end_sec)
    path.write_bytes(header + struct.pack(">4sI", b"MTrk", len(track)) + track)


def events_of(score, parts, rng):
    """(seconds, order, message) triples."""
    melodic = iter(c for c in range(16) if c != DRUM_CHANNEL)
    for part in parts:
        channel = DRUM_CHANNEL if part.drums else next(melodic)
        if not part.drums:
            yield 0, 0, bytes([0xB0 | channel, 0, part.bank])
        yield 0, 1, bytes([0xC0 | channel, part.program])
        yield 0, 2, bytes([0xB0 | channel, 7, part.volume])
        yield 0, 2, bytes([0xB0 | channel, 10, part.pan])
        for control in part.controls:
            yield score.seconds(control.beat), 3, control_bytes(channel, control)
        for start, end, pitch, velocity in score.performed(part, rng):
            yield start, 5, bytes([0x90 | channel, pitch, velocity])
            yield end, 4, bytes([0x80 | channel, pitch, 0])


def control_bytes(channel, control):
    value = round(control.value)
    if control.number == -1:
        bend = value + 8192
        return bytes([0xE0 | channel, bend & 127, bend >> 7])
    return bytes([0xB0 | channel, control.number, value])


def track_bytes(events, end_sec):
    track = bytearray(b"\x00\xff\x51\x03" + MICROSECONDS_PER_BEAT.to_bytes(3, "big"))
    now = 0
    for seconds, _, message in sorted(events, key=lambda event: event[:2]):
        tick = round(seconds * TICKS_PER_SEC)
        track += variable_length(tick - now) + message
        now = tick
    track += variable_length(max(0, round(end_sec * TICKS_PER_SEC) - now)) + b"\xff\x2f\x00"
    return bytes(track)


def variable_length(value):
    out = [value & 127]
    while value := value >> 7:
        out.append(value & 127 | 128)
    return bytes(reversed(out))
