"""What numpy makes of half-precision numbers: goldens/model/half-floats.json.

Usage: python test/reference/half_floats.py    (pins: test/reference/requirements.txt)

Hashes stand for whole tables: all 65,536 halves as float32, and the halves of all float32 numbers at which rounding
turns (each half, the middle between it and the next, one float32 below and above both, either sign). A few numbers
stand there in full, so that a difference can be read.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[2] / "test" / "goldens" / "model" / "half-floats.json"
NAN_FLOAT, NAN_HALF = np.uint32(0x7FC00000), np.uint16(0x7E00)


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def floats_of_all_halves():
    floats = np.arange(65536, dtype=np.uint16).view(np.float16).astype(np.float32)
    bits = floats.view(np.uint32).copy()
    bits[np.isnan(floats)] = NAN_FLOAT  # what is not a number has no one bit pattern
    return bits


def turning_points():
    """float32 bits: of h, of the middle between h and the next half, and of their neighbours."""
    halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float64)
    following = np.append(halves[1:], 65536.0)
    both = np.stack([halves, (halves + following) / 2], axis=1).astype(np.float32).view(np.uint32).astype(np.int64).ravel()
    near = np.stack([both - 1, both, both + 1], axis=1).ravel()
    near = near[near >= 0].astype(np.uint32)
    return np.concatenate([near, near | np.uint32(0x80000000)])


def main():
    points = turning_points()
    with np.errstate(over="ignore"):
        halves = points.view(np.float32).astype(np.float16).view(np.uint16)
        shown = np.array([0.0, -0.0, 1.0, 1 + 2**-11, 1 + 3 * 2**-11, -2.5, 65504, 65519.996, 65520, -1e6, np.inf, -np.inf, 2**-14, 2**-24, 2**-25, 2**-25 * 1.5, 1e-9, 6.1e-5, 0.1, np.pi], dtype=np.float32)
        examples = [[str(value), int(half)] for value, half in zip(shown, shown.astype(np.float16).view(np.uint16))]
    OUT.write_text(json.dumps({
        "allHalvesAsFloat32": sha256(floats_of_all_halves()),
        "nTurningPoints": len(points),
        "turningPointsAsFloat16": sha256(halves),
        "examples": examples,
        "nan": int(NAN_HALF),
    }) + "\n")
    print(OUT.name, len(points), examples)


if __name__ == "__main__":
    main()
