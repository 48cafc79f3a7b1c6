"""Writes test/goldens/evaluation/contrastiveLoss.json: the three losses and their gradients, and linear heads trained
by Adam on frozen embeddings, by PyTorch in float64.

Run: python test/reference/contrastive_loss.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

GOLDEN = Path(__file__).parents[1] / "goldens" / "evaluation" / "contrastiveLoss.json"
FORMS = ("mulan", "clip", "decoupled")


def loss_of(logits: torch.Tensor, form: str) -> torch.Tensor:
    """Mean over pairs; rows are audio, columns text."""
    n = len(logits)
    diagonal = torch.eye(n, dtype=torch.bool)
    positive = logits.diagonal()
    if form == "clip":
        truth = torch.arange(n)
        return (cross_entropy(logits, truth) + cross_entropy(logits.T, truth)) / 2
    others = logits.masked_fill(diagonal, -torch.inf)
    if form == "decoupled":
        return ((others.logsumexp(1) + others.logsumexp(0)) / 2 - positive).mean()
    return (torch.cat([others, others.T], dim=1).logsumexp(1) - positive).mean()


def batch(n: int, dim: int, temperature: float, seed: int) -> dict:
    random = np.random.default_rng(seed)
    audio = np.round(random.normal(size=(n, dim)), 4)
    text = np.round(audio + random.normal(size=(n, dim)), 4)
    a, t = (normalize(torch.tensor(rows), dim=1) for rows in (audio, text))
    losses = {}
    for form in FORMS:
        logits = (a @ t.T / temperature).requires_grad_()
        loss = loss_of(logits, form)
        loss.backward()
        losses[form] = {"loss": loss.item(), "gradient": logits.grad.ravel().tolist()}
    return {
        "n": n,
        "dim": dim,
        "temperature": temperature,
        "audio": audio.ravel().tolist(),
        "text": text.ravel().tolist(),
        "losses": losses,
    }


def training(form: str, dim: int, learns_temperature: bool, seed: int) -> dict:
    """Adam on both heads (weights, bias) and, where it learns, on log(1 / temperature)."""
    random = np.random.default_rng(seed)
    n, audio_dim, text_dim, n_steps, batch_size = 24, 7, 5, 20, 8
    temperature, learning_rate = 0.2, 0.05
    hidden = random.normal(size=(n, 4))
    sides = [np.round(hidden @ random.normal(size=(4, size)), 4) for size in (audio_dim, text_dim)]
    audio, text = (normalize(torch.tensor(side), dim=1) for side in sides)
    starts = [np.round(random.normal(size=(dim, size)) / np.sqrt(size), 6) for size in (audio_dim, text_dim)]
    weights = [torch.tensor(start, requires_grad=True) for start in starts]
    biases = [torch.full((dim,), 0.01, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    scale = torch.tensor(-np.log(temperature), dtype=torch.float64, requires_grad=learns_temperature)
    learned = [*weights, *biases, *([scale] if learns_temperature else [])]
    adam = torch.optim.Adam(learned, lr=learning_rate)
    batches = [random.choice(n, batch_size, replace=False).tolist() for _ in range(n_steps)]
    losses, states, first = [], {}, None
    for step, indices in enumerate(batches):
        adam.zero_grad()
        points = [normalize(x[indices] @ w.T + b, dim=1) for x, w, b in zip((audio, text), weights, biases)]
        loss = loss_of(points[0] @ points[1].T * scale.exp(), form)
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            first = {"weights": [w.grad.ravel().tolist() for w in weights], "biases": [b.grad.tolist() for b in biases]}
        adam.step()
        if step in (0, n_steps - 1):
            states[step + 1] = {
                "weights": [w.detach().ravel().tolist() for w in weights],
                "biases": [b.detach().tolist() for b in biases],
                "temperature": (-scale).exp().item(),
            }
    return {
        "form": form,
        "dim": dim,
        "learnsTemperature": learns_temperature,
        "temperature": temperature,
        "learningRate": learning_rate,
        "bias": 0.01,
        "audioDim": audio_dim,
        "textDim": text_dim,
        "audio": sides[0].ravel().tolist(),
        "text": sides[1].ravel().tolist(),
        "starts": [start.ravel().tolist() for start in starts],
        "batches": batches,
        "losses": losses,
        "firstGradient": first,
        "afterOne": states[1],
        "afterAll": states[n_steps],
    }


def main() -> None:
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    golden = {
        "batches": [batch(2, 3, 0.5, 1), batch(9, 5, 0.07, 2), batch(6, 4, 0.01, 3)],
        "trainings": [
            training("mulan", 3, True, 4),
            training("clip", 3, False, 5),
            training("decoupled", 2, True, 6),
        ],
    }
    GOLDEN.write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
