"""General MIDI programs (0-based) behind each instrument name."""
from __future__ import annotations

PROGRAMS: dict[str, list[int]] = {
    "piano": [0, 1], "electric piano": [4, 5], "harpsichord": [6], "celesta": [8], "glockenspiel": [9],
    "music box": [10], "vibraphone": [11], "marimba": [12], "xylophone": [13], "tubular bells": [14],
    "dulcimer": [15], "electric organ": [16, 17, 18], "church organ": [19], "accordion": [21, 23],
    "harmonica": [22], "classical guitar": [24], "acoustic guitar": [25, 24], "jazz guitar": [26],
    "clean electric guitar": [27], "electric guitar": [29, 30, 28], "distorted guitar": [30, 29],
    "upright bass": [32], "electric bass": [33, 34], "slap bass": [36], "synth bass": [38, 39],
    "violin": [40], "viola": [41], "cello": [42], "double bass": [43], "tremolo strings": [44],
    "pizzicato strings": [45], "harp": [46], "timpani": [47], "strings": [48, 49], "synth strings": [50, 51],
    "choir": [52, 53], "trumpet": [56], "trombone": [57], "tuba": [58], "muted trumpet": [59],
    "french horn": [60], "brass": [61], "synth brass": [62, 63], "saxophone": [65, 66, 64, 67], "oboe": [68],
    "english horn": [69], "bassoon": [70], "clarinet": [71], "piccolo": [72], "flute": [73], "recorder": [74],
    "pan flute": [75], "whistle": [78], "ocarina": [79], "square wave lead": [80], "saw lead": [81],
    "synth lead": [81, 82, 84, 86, 87], "synth pad": [88, 89, 90, 91, 94, 95], "space voice": [54],
    "bell synth": [98, 92], "sitar": [104], "banjo": [105], "shamisen": [106], "koto": [107], "kalimba": [108],
    "bagpipes": [109], "fiddle": [110], "shehnai": [111], "steel drums": [114],
}

FAMILIES: dict[str, list[str]] = {
    "guitar": ["classical guitar", "acoustic guitar", "jazz guitar", "clean electric guitar", "electric guitar",
               "distorted guitar"],
    "electric guitar": ["clean electric guitar", "distorted guitar", "jazz guitar"],
    "acoustic guitar": ["classical guitar"],
    "distorted guitar": ["electric guitar"],
    "strings": ["violin", "viola", "cello", "tremolo strings", "pizzicato strings", "synth strings"],
    "violin": ["fiddle"],
    "brass": ["trumpet", "trombone", "tuba", "french horn", "muted trumpet"],
    "trumpet": ["muted trumpet"],
    "woodwinds": ["flute", "clarinet", "oboe", "bassoon", "piccolo", "english horn", "recorder"],
    "flute": ["piccolo", "recorder", "pan flute"],
    "organ": ["church organ", "electric organ"],
    "synthesizer": ["synth lead", "synth pad", "synth bass", "saw lead", "square wave lead", "bell synth",
                    "synth strings", "synth brass"],
    "bass": ["upright bass", "electric bass", "slap bass", "synth bass", "double bass"],
    "mallets": ["vibraphone", "marimba", "xylophone", "glockenspiel"],
    "bells": ["tubular bells", "glockenspiel", "celesta", "bell synth", "music box"],
    "choir": ["space voice"],
}
"""A family's name is true of a clip in which one of its members plays."""
