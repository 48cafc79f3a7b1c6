"""The figures of the model card, for anything that turns clips and texts into vectors.

Written before training and never used to choose anything in it. Held out: the packages naev-data and
megaglest-data, the sound font MuseScore General, the caption templates and the phrases marked so.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from sklearn.metrics import roc_auc_score

from .captions import describe, synthetic_concepts
from .features import FeatureSet
from .musicnn import MSD_TAGS, MTT_TAGS
from .phrases import ALL, BROAD, GENRES, INSTRUMENTS, MOODS, TEACHER_CONCEPTS

LEAST_POSITIVES = 4
TOP_SHARE = 0.1
"""A real clip counts as positive for a tag when the reference ranks it among the top tenth."""

DEMO = {
    "solo piano": "solo piano", "string quartet": "string quartet", "rock with drums and electric guitar": "rock",
    "jazz trio": "jazz trio", "techno": "techno", "choir": "choir music", "heavy metal": "heavy metal",
    "chiptune": "chiptune", "ambient pad": "ambient", "church organ": "church organ music",
    "acoustic guitar": "fingerpicked guitar", "reggae": "reggae", "big band": "big band", "sitar": "indian classical",
    "harp": "harp music", "bagpipes": "bagpipe music",
}
"""Sixteen prompts of a first listen and the style that each should find."""

ROLES: dict[str, tuple[str, ...]] = {
    "calm": ("ambient1", "ambient2", "ambient2_5", "ambient3", "ambient4", "ambiphonic", "peace1", "peace2", "peace4", "peace6",
             "ocean", "snow", "agriculture", "cosmostation", "void_sensor"),
    "combat": ("combat1", "combat2", "combat3", "battlesomething1", "battlesomething2", "nebu_battle1", "nebu_battle2",
               "flf_battle1", "galacticbattle", "imminent_threat"),
}
"""What the game's authors use a track for, read from naev's file names."""
ROLE_PROMPTS = {
    "calm": ["peaceful background music for exploring space", "calm ambient music", "a quiet, floating atmosphere without drums"],
    "combat": ["music for a space battle", "intense combat music", "driving drums and aggressive energy for a fight"],
}


class System(Protocol):
    def audio(self, clips: FeatureSet) -> np.ndarray: ...
    def text(self, texts: list[str]) -> np.ndarray: ...


@dataclass
class Figure:
    value: float
    chance: float
    n: str
    detail: dict[str, float] = field(default_factory=dict)


def auc(truth: np.ndarray, scores: np.ndarray) -> float | None:
    positives = int(truth.sum())
    if positives < LEAST_POSITIVES or positives > len(truth) - LEAST_POSITIVES:
        return None
    return float(roc_auc_score(truth, scores))


def macro(per_class: dict[str, float | None], n: int) -> Figure:
    known = {name: value for name, value in per_class.items() if value is not None}
    return Figure(float(np.mean(list(known.values()))), 0.5, f"{len(known)} classes, {n} clips", known)


def ranks(similarity: np.ndarray) -> np.ndarray:
    """1-based rank of the right clip for each text, ties counted against it; [texts, clips] with truth on the diagonal."""
    own = np.diagonal(similarity)[:, None]
    return (similarity >= own).sum(axis=1)


def retrieval(similarity: np.ndarray) -> dict[str, Figure]:
    position, n = ranks(similarity), len(similarity)
    return {
        "R@1": Figure(float((position <= 1).mean()), 1 / n, f"{n} texts, {n} clips"),
        "R@10": Figure(float((position <= 10).mean()), 10 / n, f"{n} texts, {n} clips"),
        "median rank": Figure(float(np.median(position)), (n + 1) / 2, f"{n} texts, {n} clips"),
    }


def evaluate_synthetic(system: System, clips: FeatureSet) -> dict[str, Figure]:
    audio, n = system.audio(clips), len(clips.meta)
    concepts = [synthetic_concepts(label) for label in clips.meta]
    figures: dict[str, Figure] = {}
    for name, phrases_held_out in (("held-out templates", False), ("held-out templates and phrases", True)):
        rng = np.random.default_rng(77)
        texts = [describe(c, rng, templates_held_out=True, phrases_held_out=phrases_held_out, shape="all").text for c in concepts]
        for measure, figure in retrieval(system.text(texts) @ audio.T).items():
            figures[f"synthetic retrieval, {name}: {measure}"] = figure
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "genre": ("genre", {**GENRES, **BROAD}), "instrument": ("instrument", INSTRUMENTS), "mood": ("mood", MOODS),
    }
    for kind, (key, table) in kinds.items():
        names = [name for name in table if sum(name in c[key] for c in concepts) >= LEAST_POSITIVES]
        truth = {name: np.array([name in c[key] for c in concepts]) for name in names}
        bare = dict(zip(names, system.text(names) @ audio.T))
        figures[f"synthetic {kind} ROC-AUC, bare label"] = macro({name: auc(truth[name], bare[name]) for name in names}, n)
        said = {name: system.text(list(ALL[name].held_out)) @ audio.T for name in names if ALL[name].held_out}
        figures[f"synthetic {kind} ROC-AUC, held-out phrases"] = macro(
            {name: float(np.mean([auc(truth[name], row) for row in rows])) for name, rows in said.items()}, n)
    minor = np.array([bool(label["minor"]) for label in clips.meta])
    score = audio @ (system.text(["music in a minor key"]) - system.text(["music in a major key"]))[0]
    figures["synthetic minor against major ROC-AUC"] = macro({"minor": auc(minor, score)}, n)
    bpm = np.array([label["bpm"] for label in clips.meta])
    score = audio @ (system.text(["fast tempo"]) - system.text(["slow tempo"]))[0]
    clear = (bpm >= 150) | (bpm <= 72)
    figures["synthetic fast against slow ROC-AUC"] = macro({"fast": auc(bpm[clear] > 100, score[clear])}, int(clear.sum()))
    figures |= demo(system, clips, audio)
    return figures


def demo(system: System, clips: FeatureSet, audio: np.ndarray, draws: int = 200) -> dict[str, Figure]:
    """One clip of each of sixteen styles: does each prompt find its clip, and each clip its prompt?"""
    rng = np.random.default_rng(16)
    by_style = {style: [row for row, label in enumerate(clips.meta) if style in label["genres"]] for style in DEMO.values()}
    prompts = system.text(list(DEMO))
    found = {prompt: 0 for prompt in DEMO}
    back = 0
    for _ in range(draws):
        rows = [int(rng.choice(by_style[style])) for style in DEMO.values()]
        similarity = prompts @ audio[rows].T
        for prompt, best, own in zip(DEMO, similarity.argmax(axis=1), range(len(rows))):
            found[prompt] += int(best == own)
        back += int((similarity.argmax(axis=0) == np.arange(len(rows))).sum())
    each = {prompt: count / draws for prompt, count in found.items()}
    n = f"16 clips, {draws} draws"
    return {
        "sixteen prompts: R@1 text to clip": Figure(float(np.mean(list(each.values()))), 1 / 16, n, each),
        "sixteen prompts: R@1 clip to text": Figure(back / draws / 16, 1 / 16, n),
    }


def _top(values: np.ndarray) -> np.ndarray:
    return values >= np.quantile(values, 1 - TOP_SHARE)


def evaluate_real(system: System, clips: FeatureSet) -> dict[str, Figure]:
    return evaluate_tags(system, clips) | game_roles(system, clips, system.audio(clips))


def evaluate_tags(system: System, clips: FeatureSet) -> dict[str, Figure]:
    """Tags and phrases on real clips, against what the judge and the teachers hear in them."""
    audio, n = system.audio(clips), len(clips.meta)
    judge = (clips.judge - clips.judge.mean(0)) / clips.judge.std(0)
    own = clips.logits.mean(1)
    mtt = dict(zip(MTT_TAGS, judge.T))
    figures: dict[str, Figure] = {}
    bare = dict(zip(MTT_TAGS, system.text(MTT_TAGS) @ audio.T))
    figures["real ROC-AUC, bare tags against the judge"] = macro({tag: auc(_top(mtt[tag]), bare[tag]) for tag in MTT_TAGS}, n)
    tags = MTT_TAGS + [tag for tag in MSD_TAGS if tag not in MTT_TAGS]
    teacher = dict(zip(MSD_TAGS + MTT_TAGS, np.concatenate([own[:, 50:], own[:, :50]], 1).T))
    bare = dict(zip(tags, system.text(tags) @ audio.T))
    figures["real ROC-AUC, bare tags against own teachers"] = macro({tag: auc(_top(teacher[tag]), bare[tag]) for tag in tags}, n)
    phrased: dict[str, float | None] = {}
    for concept, members in TEACHER_CONCEPTS.items():
        heard = [mtt[tag] for tag in members if tag in mtt]
        if heard and ALL[concept].held_out:
            truth = _top(np.mean(heard, axis=0))
            rows = system.text(list(ALL[concept].held_out)) @ audio.T
            phrased[concept] = float(np.mean([auc(truth, row) for row in rows]))
    figures["real ROC-AUC, held-out phrases against the judge"] = macro(phrased, n)
    return figures


def game_roles(system: System, clips: FeatureSet, audio: np.ndarray) -> dict[str, Figure]:
    """Calm against combat tracks of naev, as its authors use them; one vector a track."""
    rows: list[tuple[str, np.ndarray]] = []
    for role, stems in ROLES.items():
        for stem in stems:
            mine = [index for index, label in enumerate(clips.meta) if label["package"] == "naev-data" and label["track"] == stem + ".ogg"]
            if mine:
                rows.append((role, audio[mine].mean(0)))
    vectors = np.stack([vector / np.linalg.norm(vector) for _, vector in rows])
    per_prompt = {}
    for role, prompts in ROLE_PROMPTS.items():
        truth = np.array([own == role for own, _ in rows])
        for prompt, scores in zip(prompts, system.text(prompts) @ vectors.T):
            per_prompt[prompt] = auc(truth, scores)
    return {"real game roles ROC-AUC, descriptions": macro(per_prompt, len(rows))}


def evaluate_samples(system: System, clips: FeatureSet) -> dict[str, Figure]:
    """The repository's sample clips, looked for by the labels and descriptions that their makers gave them."""
    audio, figures = system.audio(clips), {}
    for kind in ("label", "description"):
        found = retrieval(system.text([clip[kind] for clip in clips.meta]) @ audio.T)
        figures |= {f"sample clips, by {kind}: {measure}": found[measure] for measure in ("R@1", "median rank")}
    return figures
