"""The untrained baseline: MiniLM similarity of the prompt to the tag names, times the teachers' tag scores."""
from __future__ import annotations

import numpy as np

from .features import FeatureSet
from .minilm import MiniLm, sentence_vectors, tokenizer
from .musicnn import MSD_TAGS, MTT_TAGS
from .paths import MINILM

TEMPERATURES = (0.03, 0.07, 0.15)
"""Sharpness of the weights over tag names; a report gives the baseline the best of the three, figure by figure."""


class TagBaseline:
    """Text to softmax weights over 100 tag names, clip to standardised tag logits; score is their product."""

    def __init__(self, sharpness: float, reference: FeatureSet):
        self.sharpness = sharpness
        self.model, self.tokens = MiniLm(MINILM).eval(), tokenizer(MINILM)
        self.tags = sentence_vectors(self.model, self.tokens, [tag.lower() for tag in MTT_TAGS + MSD_TAGS])
        heard = reference.logits.mean(1)
        self.mean, self.std = heard.mean(0), heard.std(0)

    def audio(self, clips: FeatureSet) -> np.ndarray:
        z = (clips.logits.mean(1) - self.mean) / self.std
        return z / np.linalg.norm(z, axis=1, keepdims=True)

    def text(self, texts: list[str]) -> np.ndarray:
        return self.weights(sentence_vectors(self.model, self.tokens, texts))

    def weights(self, vectors: np.ndarray) -> np.ndarray:
        """Sentence vectors [n, 384] to unit weights over tags [n, 100]."""
        weights = np.exp((vectors @ self.tags.T - 1) / self.sharpness)
        weights /= weights.sum(axis=1, keepdims=True)
        return weights / np.linalg.norm(weights, axis=1, keepdims=True)
