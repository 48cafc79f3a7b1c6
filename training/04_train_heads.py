"""Step 4: train both heads on the teachers' features; teachers and MiniLM stay frozen.

Three losses on batches of rendered and real clips:
- contrastive (InfoNCE both ways) between clips and captions, where a caption that also holds of another clip
  is no negative for it;
- binary: cosine of every rendered clip with every bare phrase against whether it holds;
- correlation: over a batch of real clips, cosine with a tag's phrases against the teachers' standardised tag
  score, and cosine with free captions against the tag-similarity baseline's score.
"""
from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from recipe.baseline import TagBaseline
from recipe.captions import TRAIN_TEMPLATES, describe, synthetic_concepts, teacher_concepts
from recipe.evaluation import evaluate_synthetic, evaluate_tags
from recipe.features import FeatureSet, load, load_training_music
from recipe.heads import Heads, HeadSystem
from recipe.minilm import sentence_vectors
from recipe.musicnn import MSD_TAGS, MTT_TAGS
from recipe.paths import CHECKPOINT
from recipe.phrases import ALL, TEACHER_CONCEPTS, set_aside_for_validation

SEED = 7
CAPTIONS_PER_CLIP = 6
BATCH_SYNTHETIC, BATCH_REAL = 256, 160
STEPS = 800
PEAK_RATE, WEIGHT_DECAY = 1.5e-3, 0.05
TEXT_NOISE = 0.012
"""Standard deviation added to each of a unit sentence vector's 384 numbers."""
W_BINARY, W_TEACHER, W_FREE, W_SPREAD = 1.5, 3.0, 0.8, 0.5
"""Weights of the losses beside the contrastive one; the last keeps captions apart."""
BLENDED = 0.5
"""How many real clips of a batch are heard blended with another one, their tag scores blended alike."""
VALIDATION_PACKAGE = "supertuxkart-data"
HOLDS, MAYBE = 1.0, 0.3
"""Standardised teacher score above which a tag holds of a real clip, or can't be called false."""


@dataclass
class Material:
    features: Tensor
    """[clips, 2, 3512] float16."""
    synthetic: np.ndarray
    real: np.ndarray
    """Row numbers of either kind."""
    teacher: Tensor
    """[clips, teacher concepts] standardised scores; of rendered clips too."""
    truth: Tensor
    """[clips, concepts]: 1 holds, 0.5 can't be called false, 0 does not."""
    captions: list[list[int]]
    """Caption numbers of each clip."""
    asserted: Tensor
    """[captions, concepts] what each caption asserts, as 0 or 1."""
    caption_vectors: Tensor
    phrase_vectors: Tensor
    """[phrases, 384], bare and in a template."""
    phrase_truth: Tensor
    """[clips, phrases] for rendered clips: does the phrase hold?"""
    phrase_trained: Tensor
    """[phrases]: rendered music speaks of it."""
    phrase_teacher: Tensor
    """[phrases, teacher concepts] as 0 or 1: whose phrase it is."""
    tag_z: Tensor
    """[clips, 100] standardised tag logits, unit length, as the baseline has them."""
    caption_tags: Tensor
    """[captions, 100] the baseline's weights."""


def teacher_scores(clips: FeatureSet, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """[n, teacher concepts]: mean standardised logit of each concept's tags, in either teacher's list."""
    z = (clips.logits.mean(1) - mean) / std
    columns = [[i for i, tag in enumerate(MTT_TAGS + MSD_TAGS) if tag in members] for members in TEACHER_CONCEPTS.values()]
    return np.stack([z[:, rows].mean(1) for rows in columns], axis=1).clip(-3, 4)


def gather(rng: np.random.Generator, synthetic: FeatureSet, real: FeatureSet) -> Material:
    baseline = TagBaseline(0.07, real)
    heard = real.logits.mean(1)
    mean, std = heard.mean(0), heard.std(0)
    teacher = np.concatenate([teacher_scores(part, mean, std) for part in (synthetic, real)])
    n_synthetic, n = len(synthetic.meta), len(synthetic.meta) + len(real.meta)

    concepts = list(ALL)
    number = {concept: index for index, concept in enumerate(concepts)}
    truth = np.zeros((n, len(concepts)), np.float32)
    texts: dict[str, int] = {}
    captions: list[list[int]] = []
    asserted: list[list[int]] = []
    known = [synthetic_concepts(label) for label in synthetic.meta]
    for row in range(n):
        if row < n_synthetic:
            for names in known[row].values():
                truth[row, [number[name] for name in names]] = 1
        else:
            for name, value in zip(TEACHER_CONCEPTS, teacher[row]):
                truth[row, number[name]] = 1 if value > HOLDS else 0.5 if value > MAYBE else 0
        mine = []
        for _ in range(CAPTIONS_PER_CLIP):
            if row < n_synthetic:
                what = known[row]
            else:
                what = teacher_concepts(dict(zip(TEACHER_CONCEPTS, teacher[row])), rng)
            caption = describe(what, rng)
            if caption.text not in texts:
                texts[caption.text] = len(texts)
                asserted.append([number[concept] for concept in caption.concepts])
            mine.append(texts[caption.text])
        captions.append(mine)
    for column, name in enumerate(TEACHER_CONCEPTS):
        rows = truth[:n_synthetic, number[name]]
        rows[(rows == 0) & (teacher[:n_synthetic, column] > 1.5)] = 0.5
    asserted_matrix = np.zeros((len(texts), len(concepts)), np.float32)
    for row, names in enumerate(asserted):
        asserted_matrix[row, names] = 1

    phrases: dict[str, set[str]] = {}
    for concept, said in ALL.items():
        for phrase in said.train:
            phrases.setdefault(phrase, set()).add(concept)
    for concept, tags in TEACHER_CONCEPTS.items():
        for tag in tags:
            phrases.setdefault(tag.lower(), set()).add(concept)
    rendered = truth[:n_synthetic].max(0) > 0
    phrase_truth = np.zeros((n, len(phrases)), np.float32)
    phrase_teacher = np.zeros((len(phrases), len(TEACHER_CONCEPTS)), np.float32)
    trained = np.zeros(len(phrases), np.float32)
    for column, owners in enumerate(phrases.values()):
        rows = [number[owner] for owner in owners]
        phrase_truth[:, column] = truth[:, rows].max(1)
        trained[column] = float(rendered[rows].any() and not owners & {"vocal", "fast", "slow", "no drums"})
        for row, name in enumerate(TEACHER_CONCEPTS):
            phrase_teacher[column, row] = float(name in owners)
    framed = [str(rng.choice(TRAIN_TEMPLATES["genre"])).format(g=phrase) for phrase in phrases]

    started = time.time()
    vectors = sentence_vectors(baseline.model, baseline.tokens, [*texts, *phrases, *framed])
    print(f"{len(texts)} captions, {len(phrases)} phrases embedded in {time.time() - started:.0f} s", flush=True)
    caption_vectors, bare, framed_vectors = np.split(vectors, [len(texts), len(texts) + len(phrases)])
    return Material(
        features=torch.from_numpy(np.concatenate([synthetic.heard(), real.heard()])),
        synthetic=np.arange(n_synthetic), real=np.arange(n_synthetic, n),
        teacher=torch.from_numpy(teacher).float(), truth=torch.from_numpy(truth), captions=captions,
        asserted=torch.from_numpy(asserted_matrix), caption_vectors=torch.from_numpy(caption_vectors),
        phrase_vectors=torch.from_numpy(np.stack([bare, framed_vectors], 1)), phrase_truth=torch.from_numpy(phrase_truth),
        phrase_trained=torch.from_numpy(trained), phrase_teacher=torch.from_numpy(phrase_teacher),
        tag_z=torch.from_numpy(np.concatenate([baseline.audio(synthetic), baseline.audio(real)])).float(),
        caption_tags=torch.from_numpy(baseline.weights(caption_vectors)).float(),
    )


def noisy(vectors: Tensor) -> Tensor:
    return F.normalize(vectors + TEXT_NOISE * torch.randn_like(vectors), dim=1)


def hear(heads: Heads, heard: Tensor, rng: np.random.Generator) -> Tensor:
    """[batch, 2, 3512] to [batch, 128]: one of each clip's two windows."""
    window = torch.from_numpy(rng.integers(0, 2, len(heard)))
    return heads.audio(heard[torch.arange(len(heard)), window].float())


def contrastive(audio: Tensor, text: Tensor, holds: Tensor, temperature: Tensor) -> Tensor:
    """InfoNCE both ways; holds [clips, texts] marks pairs that are no negatives."""
    logits = audio @ text.T / temperature
    own = torch.eye(len(logits), dtype=torch.bool)
    logits = logits.masked_fill(holds & ~own, -1e4)
    target = torch.arange(len(logits))
    return (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2


def correlation_loss(scores: Tensor, target: Tensor) -> Tensor:
    """1 − Pearson correlation over clips (rows), averaged over texts (columns)."""
    scores = F.normalize(scores - scores.mean(0), dim=0)
    target = F.normalize(target - target.mean(0), dim=0)
    return 1 - (scores * target).sum(0).mean()


def train(material: Material, steps: int, seed: int) -> Heads:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    heads = Heads()
    heads.audio.fit(material.features.numpy()[:, 0])
    bias = torch.nn.Parameter(torch.full((material.phrase_vectors.shape[0],), -2.0))
    optimiser = torch.optim.AdamW([*heads.parameters(), bias], lr=PEAK_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, PEAK_RATE, total_steps=steps, pct_start=0.08)
    owned = material.phrase_teacher.sum(1) > 0
    usable = material.phrase_trained > 0
    positive_weight = ((1 - material.phrase_truth[material.synthetic].mean(0)) / material.phrase_truth[material.synthetic].mean(0).clamp_min(1e-3)).clamp(1, 12)
    started = time.time()
    for step in range(steps):
        rows = np.concatenate([rng.choice(material.synthetic, BATCH_SYNTHETIC, replace=False),
                               rng.choice(material.real, BATCH_REAL, replace=False)])
        audio = hear(heads, material.features[rows], rng)
        other = rng.choice(material.real, BATCH_REAL)
        share = torch.from_numpy(rng.uniform(0, 1, BATCH_REAL) * (rng.random(BATCH_REAL) < BLENDED)).float()
        mine = rows[BATCH_SYNTHETIC:]
        blend = lambda table: torch.lerp(table[mine].float(), table[other].float(), share.view(-1, *[1] * (table.dim() - 1)))
        blended = hear(heads, blend(material.features), rng)
        chosen = [material.captions[row][rng.integers(CAPTIONS_PER_CLIP)] for row in rows]
        text = heads.text(noisy(material.caption_vectors[chosen]))
        asserted = material.asserted[chosen]
        denied = (material.truth[rows] < 0.5).float() @ asserted.T
        loss_contrastive = contrastive(audio, text, denied == 0, heads.temperature)

        variant = torch.from_numpy(rng.integers(0, 2, len(material.phrase_vectors)))
        phrases = heads.text(noisy(material.phrase_vectors[torch.arange(len(variant)), variant]))
        cosines = audio @ phrases.T
        target = material.phrase_truth[rows[:BATCH_SYNTHETIC]][:, usable]
        logits = cosines[:BATCH_SYNTHETIC, usable] * 12 + bias[usable]
        certain = (target != 0.5).float()
        binary = F.binary_cross_entropy_with_logits(logits, (target > 0.5).float(), reduction="none", pos_weight=positive_weight[usable])
        loss_binary = (binary * certain).sum() / certain.sum()

        wanted = blend(material.teacher) @ material.phrase_teacher[owned].T
        loss_teacher = correlation_loss(blended @ phrases[owned].T, wanted)
        free = text[rng.permutation(len(text))[:192]]
        tags = material.caption_tags[chosen]
        loss_free = correlation_loss(blended @ text.T, blend(material.tag_z) @ tags.T)
        spread = (free @ free.T).mean()

        loss = loss_contrastive + W_BINARY * loss_binary + W_TEACHER * loss_teacher + W_FREE * loss_free + W_SPREAD * spread.relu()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(heads.parameters(), 2.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 99:
            print(f"step {step + 1}: contrastive {loss_contrastive.item():.3f} binary {loss_binary.item():.3f} "
                  f"teacher {loss_teacher.item():.3f} free {loss_free.item():.3f} spread {spread.item():.3f} "
                  f"temperature {heads.temperature.item():.3f} ({time.time() - started:.0f} s)", flush=True)
    return heads


def validate(steps: int, seed: int) -> None:
    """Trains without some training phrases, clips and one package, and prints how these fare; saves nothing."""
    set_aside_for_validation()
    synthetic, real = load_training_music(), load("real-train")
    aside = [row for row in range(len(synthetic.meta)) if row % 6 == 0]
    unheard = [row for row, label in enumerate(real.meta) if label["package"] == VALIDATION_PACKAGE]
    keep = lambda clips, without: clips.rows([row for row in range(len(clips.meta)) if row not in set(without)])
    material = gather(np.random.default_rng(seed), keep(synthetic, aside), keep(real, unheard))
    system = HeadSystem(train(material, steps, seed))
    others = real.rows(unheard)
    others.judge = others.logits.mean(1)[:, :50]
    for name, figure in (evaluate_synthetic(system, synthetic.rows(aside)) | evaluate_tags(system, others)).items():
        print(f"{name:68s} {figure.value:7.3f}  {figure.n}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--validate", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.validate:
        validate(options.steps, options.seed)
        return
    material = gather(np.random.default_rng(options.seed), load_training_music(), load("real-train"))
    heads = train(material, options.steps, options.seed)
    torch.save({"heads": heads.state_dict(), "clips": {"synthetic": len(material.synthetic), "real": len(material.real)},
                "captions": len(material.caption_vectors), "seed": options.seed, "steps": options.steps}, CHECKPOINT)


if __name__ == "__main__":
    main()
