"""The pieces, in the order of their file names."""

from importlib import import_module

NAMES = """
nocturne quartet rock jazz techno chiptune ambient choir metal fingerpicking
organ flute_harp fanfare funk cello reggae bossa film drum_solo accordion
""".split()

PIECES = [import_module(f"pieces.{name}").PIECE for name in NAMES]
