"""Small checkpoints of every architecture, with seeded random weights."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "training" / "export"))

TEXTS = ["solo piano", "loud drums and a distorted guitar", "Ça ira, a French song"]
CORPUS = [*TEXTS, *(json.loads((ROOT / "samples/audio/captions.json").read_text()).__repr__().split("',"))]

EMBED = """
import { load, readAudio } from "./dist/index.js";
const { folder, files, texts, precision } = JSON.parse(process.argv[1]);
const model = await load(folder, { device: "cpu", force: true, ...(precision && { precision }) });
const rows = (e) => Array.from({ length: e.n }, (_, i) => Array.from(e.row(i)));
const audio = await model.embedAudio(await readAudio(files), { cache: false });
const text = await model.embedText(texts, { cache: false });
console.log(JSON.stringify({ audio: rows(audio), text: rows(text), temperature: model.manifest.temperature }));
await model.dispose();
"""


def embed(folder: Path, files: list[Path], texts: list[str], precision: str | None = None) -> tuple[np.ndarray, np.ndarray]:
    """What our library makes of them with the model in `folder`."""
    question = json.dumps({"folder": str(folder), "files": list(map(str, files)), "texts": texts, "precision": precision})
    command = ["node", "--input-type=module", "-e", EMBED, question]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout.splitlines()[-1])
    return np.array(found["audio"], np.float32), np.array(found["text"], np.float32)


def cosines(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))


def sound(rate: int, seconds: float, channels: int) -> np.ndarray:
    """Plucked chords over a little noise, [samples, channels]."""
    rng = np.random.default_rng(11)
    t = np.arange(round(rate * seconds)) / rate
    columns = []
    for root in (110.0, 146.8)[:channels]:
        mix = 0.004 * rng.standard_normal(len(t))
        for beat in np.arange(0, seconds, 0.5):
            local = np.maximum(t - beat, 0)
            for harmonic in range(1, 12):
                mix += (t >= beat) * np.exp(-4 * local) * 0.05 / harmonic * np.sin(2 * np.pi * root * (1 + beat / 7) * harmonic * local)
        columns.append(mix)
    return np.clip(np.stack(columns, 1), -1, 1).astype(np.float32)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory):
    """Files of the same music: at a model's own rate in float32, so that nothing is resampled, and as stereo FLAC."""
    folder = tmp_path_factory.mktemp("clips")

    def make(rate: int, seconds: float, channels: int = 1, suffix: str = "wav") -> Path:
        path = folder / f"{rate}-{seconds}-{channels}.{suffix}"
        if not path.exists():
            subtype = "FLOAT" if suffix == "wav" else "PCM_16"
            soundfile.write(path, sound(rate, seconds, channels), rate, subtype=subtype)
        return path

    return make


def byte_level_bpe(path: Path) -> Path:
    """RoBERTa's kind of tokenizer. No package carries its vocabulary, so one is trained here."""
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=600, special_tokens=special, initial_alphabet=alphabet))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    tokenizer.save(str(path))
    return path


def unigram(path: Path) -> Path:
    """XLM-R's kind of tokenizer. No package carries its vocabulary, so one is trained here."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer.train_from_iterator(CORPUS, trainers.UnigramTrainer(vocab_size=500, special_tokens=special, unk_token="<unk>"))
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    tokenizer.save(str(path))
    return path
