"""A tower of torch, in the user's own Python, behind load("python:…")."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
ROOT = Path(__file__).parents[2]

TOWER = '''
import torch

torch.manual_seed(3)
device = "cuda" if torch.cuda.is_available() else "cpu"
sample_rate_hz, window, dim, temperature = 16000, 2.0, 12, torch.tensor(0.07)
audio = torch.nn.Sequential(torch.nn.Conv1d(1, 24, 64, 32), torch.nn.Tanh()).to(device)
head = torch.nn.Linear(48, dim).to(device)
letters = torch.nn.EmbeddingBag(1024, dim).to(device)


@torch.inference_mode()
def embed_audio(pcm, sample_rate_hz):
    assert sample_rate_hz == 16000 and pcm.dtype == "float32"
    frames = audio(torch.from_numpy(pcm).to(device)[:, None])
    return head(torch.cat([frames.mean(2), frames.std(2)], 1))


@torch.inference_mode()
def embed_text(texts):
    return letters(torch.tensor([[hash_of(t, i) for i in range(3)] for t in texts]).to(device)).half()


def hash_of(text, i):
    return sum((i + 3) ** (k % 5) * ord(c) for k, c in enumerate(text)) % 1024
'''

SCRIPT = """
import { Clip, load } from "./dist/index.js";
const model = await load(process.argv[1]);
const pcm = Float32Array.from({ length: 32000 }, (_, i) => Math.sin(i * 0.1));
const audio = await model.embedAudio(Clip.fromSamples(pcm, 16000, { label: "tone" }));
const text = await model.embedText(["piano", "drums"]);
const { device, runtimeVersion } = model.describe();
console.log(JSON.stringify({ audio: [...audio.row(0)], text: [...text.data], device, runtimeVersion }));
await model.dispose();
"""


def test_a_torch_tower_embeds_as_torch_does(tmp_path):
    path = tmp_path / "tower.py"
    path.write_text(TOWER)
    environment = {**os.environ, "MULAN_PYTHON": sys.executable, "MULAN_CACHE_DIR": str(tmp_path / "cache")}
    command = ["node", "--input-type=module", "-e", SCRIPT, f"python:{path}"]
    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(run.stdout)
    assert found["device"]["used"] == "python"

    own = {}
    exec(TOWER, own)
    pcm = np.sin(np.arange(32000, dtype=np.float64) * 0.1).astype(np.float32)[None]
    rows = own["embed_audio"](pcm, 16000).float().cpu().numpy()
    np.testing.assert_allclose(found["audio"], rows[0] / np.linalg.norm(rows[0]), atol=1e-5)
    texts = own["embed_text"](["piano", "drums"]).float().cpu().numpy()
    np.testing.assert_allclose(found["text"], (texts / np.linalg.norm(texts, axis=1, keepdims=True)).ravel(), atol=1e-3)
