"""Captions: from what is known of a clip to one of many ways of saying some of it."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from .phrases import ALL, BROAD, GENRES, INSTRUMENTS, MOODS, TEACHER_ONLY, Phrases

Rng = np.random.Generator

TRAIN_TEMPLATES = {
    "genre": ["{g}", "{g}", "{g}", "{g} music", "some {g}", "a {g} track", "a recording of {g}", "this is {g}", "instrumental {g}",
              "This audio is a {g} song.", "genre: {g}", "the sound of {g}"],
    "instrument": ["{i}", "{i}", "{i}", "{i} music", "music with {i}", "the sound of {i}", "a recording of {i}", "{i} playing", "features {i}",
                   "you can hear {i}", "instrument: {i}", "a piece for {i}"],
    "mood": ["{m}", "{m}", "{m} music", "a {m} mood", "music that feels {m}", "something {m}", "mood: {m}"],
    "two": ["{i} and {j}", "{i}, {j}", "{i} with {j}", "music with {i} and {j}", "{j} and {i}"],
    "genre+instrument": ["{g} with {i}", "{g}, {i}", "{g} featuring {i}", "{i} in a {g} track", "{i}, {g}", "{g} played on {i}"],
    "mood+genre": ["{m} {g}", "{m}, {g}", "{g} that sounds {m}", "a {m} piece of {g}", "{g}, {m} mood"],
    "mood+instrument": ["{m} {i}", "{m} music with {i}", "{i}, {m}", "a {m} {i} tune"],
    "all": ["{m} {g} with {i} and {j}", "{g}, {i}, {j}, {m}", "a {m} {g} track with {i}", "{i} and {j} playing {m} {g}",
            "{m} music: {g} with {i}", "an instrumental {g} piece with {i}, {j}, {m} mood"],
}
HELD_OUT_TEMPLATES = {
    "genre": ["an excerpt from a {g} performance", "please find me {g}", "{g} playing in the background"],
    "instrument": ["the main instrument here is {i}", "I would like to hear {i}", "what {i} sounds like"],
    "mood": ["put on something that is {m}", "the atmosphere is {m}"],
    "two": ["a combination of {i} plus {j}", "{i} is heard together with {j}"],
    "genre+instrument": ["a {g} performance where {i} can be heard", "{i} takes part in this {g} number"],
    "mood+genre": ["the atmosphere is {m} and the style is {g}", "{g}, and rather {m} at that"],
    "mood+instrument": ["the atmosphere is {m} and {i} can be heard", "{i} in a {m} setting"],
    "all": ["the style is {g}, the atmosphere is {m}, and we hear {i} as well as {j}",
            "in this {m} number from the world of {g}, {i} meets {j}"],
}
SHARES = {"genre": 0.3, "instrument": 0.26, "mood": 0.05, "two": 0.09, "genre+instrument": 0.1, "mood+genre": 0.06,
          "mood+instrument": 0.05, "all": 0.09}
PLAIN = set(GENRES) | set(BROAD)


@dataclass(frozen=True)
class Caption:
    text: str
    concepts: tuple[str, ...]
    """What it asserts: a clip of which all of these hold is no negative for it."""


def synthetic_concepts(label: dict[str, Any]) -> dict[str, list[str]]:
    """Concepts that hold of a rendered clip, by kind."""
    instruments = [*label["instruments"], *label["families"]]
    if label["drums"]:
        instruments.append("drums")
    tempo = ["fast"] if label["bpm"] >= 150 else ["slow"] if label["bpm"] <= 72 else []
    return {"genre": list(dict.fromkeys(label["genres"])), "instrument": list(dict.fromkeys(instruments)),
            "mood": [label["mood"]] if label["mood"] else [], "extra": tempo + ([] if label["drums"] else ["no drums"])}


def say(concept: str, rng: Rng, held_out: bool = False) -> str:
    phrases: Phrases = ALL[concept]
    if held_out and phrases.held_out:
        return str(rng.choice(phrases.held_out))
    if rng.random() < 0.45:
        return concept
    return str(rng.choice(phrases.train))


def describe(concepts: dict[str, list[str]], rng: Rng, *, templates_held_out: bool = False, phrases_held_out: bool = False,
             shape: str | None = None) -> Caption:
    """One caption of a clip; `shape` names the kind of template, drawn from SHARES when not given."""
    genres, instruments = concepts["genre"], concepts["instrument"]
    moods = concepts["mood"] + [c for c in concepts.get("extra", []) if rng.random() < 0.3]
    possible = {
        "genre": bool(genres), "instrument": bool(instruments), "mood": bool(moods), "two": len(instruments) > 1,
        "genre+instrument": bool(genres and instruments), "mood+genre": bool(moods and genres),
        "mood+instrument": bool(moods and instruments), "all": bool(genres and moods and len(instruments) > 1),
    }
    if shape is None or not possible[shape]:
        shapes = [name for name in SHARES if possible[name]]
        weights = np.array([SHARES[name] for name in shapes])
        shape = str(rng.choice(shapes, p=weights / weights.sum()))
    template = str(rng.choice((HELD_OUT_TEMPLATES if templates_held_out else TRAIN_TEMPLATES)[shape]))
    pair = [str(name) for name in rng.permutation(instruments)[:2]] if instruments else []
    genre = genres[0] if genres and rng.random() < 0.7 else str(rng.choice(genres)) if genres else ""
    fillers = {"g": genre, "i": pair[0] if pair else "", "j": pair[1] if len(pair) > 1 else "",
               "m": str(rng.choice(moods)) if moods else ""}
    used = {key: name for key, name in fillers.items() if "{" + key + "}" in template}
    text = template.format(**{key: say(name, rng, phrases_held_out) for key, name in used.items()})
    text = text.replace(" music music", " music")
    if not templates_held_out and rng.random() < 0.15:
        text = text[0].upper() + text[1:] + "."
    return Caption(text, tuple(used.values()))


def teacher_concepts(z: dict[str, float], rng: Rng, least: float = 0.9) -> dict[str, list[str]]:
    """Concepts for a real clip: what the teachers find most unusual about it, by kind."""
    top = [name for name, value in sorted(z.items(), key=lambda item: -item[1])[:7] if value > least][:5]
    top = top or [max(z, key=lambda name: z[name])]
    kinds: dict[str, list[str]] = {"genre": [], "instrument": [], "mood": []}
    for name in top:
        if name in MOODS or name in TEACHER_ONLY and name in MOOD_LIKE:
            kinds["mood"].append(name)
        elif name in INSTRUMENTS or name in ("vocal", "female vocal", "male vocal"):
            kinds["instrument"].append(name)
        else:
            kinds["genre"].append(name)
    return kinds


MOOD_LIKE = {"loud", "quiet", "weird", "beautiful", "party", "sexy", "catchy", "experimental"}
