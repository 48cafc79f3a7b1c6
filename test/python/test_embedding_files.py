"""numpy, pandas and safetensors open what this library writes, and it opens what they write."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

ROOT = Path(__file__).parents[2]
LABELS = ["piano", "夜の海 🌊", "Ça ira"]
ROWS = np.random.default_rng(1).normal(size=(3, 6))
ROWS = (ROWS / np.linalg.norm(ROWS, axis=1, keepdims=True)).astype("<f4")

SAVE = """
import { Embeddings, saveEmbeddings } from "./dist/index.js";
const { rows, labels, path } = JSON.parse(process.argv[1]);
const clip = { label: labels[0], path: "audio/piano.flac", startSec: 2.5, durationSec: 10 };
const windows = {
  data: Float32Array.from([...rows[0], ...rows[1], ...rows[1], ...rows[2]]),
  offsets: Uint32Array.of(0, 1, 3, 4),
  startSec: Float32Array.of(0, 0, 10, 0),
  durationSec: Float32Array.of(10, 10, 10, 4),
};
const sources = [clip, "sea.wav", undefined];
const facts = { modality: "audio", modelId: "mulan-mini@1", labels, sources, windows };
await saveEmbeddings(Embeddings.from({ data: rows, ...facts }), path);
"""
LOAD = """
import { loadEmbeddings } from "./dist/index.js";
const { n, dim, labels, data } = await loadEmbeddings(process.argv[1]);
console.log(JSON.stringify({ n, dim, labels, data: Array.from(data) }));
"""


def node(script: str, argument: str) -> str:
    command = ["node", "--input-type=module", "-e", script, argument]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def save(path: Path) -> Path:
    node(SAVE, json.dumps({"rows": ROWS.tolist(), "labels": LABELS, "path": str(path)}))
    return path


def load(path: Path) -> tuple[np.ndarray, list[str]]:
    loaded = json.loads(node(LOAD, str(path)))
    return np.array(loaded["data"]).reshape(loaded["n"], loaded["dim"]), loaded["labels"]


def test_numpy_opens_our_npy(tmp_path):
    array = np.load(save(tmp_path / "a.npy"))
    assert array.dtype == np.float32
    np.testing.assert_array_equal(array, ROWS)


def test_numpy_opens_our_npz_without_pickles(tmp_path):
    with np.load(save(tmp_path / "a.npz"), allow_pickle=False) as file:
        np.testing.assert_array_equal(file["embeddings"], ROWS)
        assert file["labels"].tolist() == LABELS
        assert file["model_id"].item() == "mulan-mini@1"
        assert file["modality"].item() == "audio"
        assert file["sources"].tolist() == ["audio/piano.flac", "sea.wav", ""]
        np.testing.assert_array_equal(file["start_sec"], [2.5, np.nan, np.nan])
        assert file["window_offsets"].tolist() == [0, 1, 3, 4]
        assert file["window_embeddings"].shape == (4, 6)


def test_safetensors_opens_ours(tmp_path):
    with safe_open(save(tmp_path / "a.safetensors"), framework="numpy") as file:
        np.testing.assert_array_equal(file.get_tensor("embeddings"), ROWS)
        assert json.loads(file.metadata()["labels"]) == LABELS
        assert file.get_tensor("window_offsets").tolist() == [0, 1, 3, 4]


def test_pandas_opens_our_parquet(tmp_path):
    table = pd.read_parquet(save(tmp_path / "a.parquet"))
    assert table["label"].tolist() == LABELS
    np.testing.assert_array_equal(np.stack(table["embedding"]), ROWS)
    assert table["embedding"][0].dtype == np.float32
    assert table["path"].tolist()[:2] == ["audio/piano.flac", "sea.wav"]
    assert table["startSec"][0] == 2.5 and np.isnan(table["startSec"][1])


@pytest.mark.parametrize("dtype, tolerance", [("<f4", 1e-7), ("<f8", 1e-7), ("<f2", 1e-3)])
def test_we_open_numpys_npy(tmp_path, dtype, tolerance):
    np.save(tmp_path / "a.npy", ROWS.astype(dtype))
    rows, _ = load(tmp_path / "a.npy")
    np.testing.assert_allclose(rows, ROWS, atol=tolerance)


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_we_open_numpys_npz(tmp_path, write):
    write(tmp_path / "a.npz", vectors=ROWS, labels=np.array(LABELS))
    rows, labels = load(tmp_path / "a.npz")
    np.testing.assert_allclose(rows, ROWS, atol=1e-7)
    assert labels == LABELS


def test_we_open_safetensors(tmp_path):
    save_file({"w": ROWS}, tmp_path / "a.safetensors", metadata={"labels": json.dumps(LABELS)})
    rows, labels = load(tmp_path / "a.safetensors")
    np.testing.assert_allclose(rows, ROWS, atol=1e-7)
    assert labels == LABELS


@pytest.mark.parametrize("compression", ["snappy", "gzip", "zstd", "brotli", None])
def test_we_open_pandas_parquet(tmp_path, compression):
    table = pd.DataFrame({"name": LABELS, "vector": list(ROWS)})
    table.to_parquet(tmp_path / "a.parquet", compression=compression)
    rows, labels = load(tmp_path / "a.parquet")
    np.testing.assert_allclose(rows, ROWS, atol=1e-7)
    assert labels == LABELS


@pytest.mark.parametrize("suffix", ["npz", "safetensors", "parquet"])
def test_2000_rows_come_back(tmp_path, suffix):
    rows = np.random.default_rng(2).normal(size=(2000, 128)).astype("<f4")
    if suffix == "npz":
        np.savez(tmp_path / "a.npz", rows)
    elif suffix == "safetensors":
        save_file({"rows": rows}, tmp_path / "a.safetensors")
    else:
        pd.DataFrame({"rows": list(rows)}).to_parquet(tmp_path / "a.parquet")
    loaded, _ = load(tmp_path / f"a.{suffix}")
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    np.testing.assert_allclose(loaded, units, atol=1e-6)
