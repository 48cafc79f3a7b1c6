"""Writes test/fixtures/embeddings/: the same three vectors as other programs' embeddings files hold them.

Run: python test/reference/embedding_files.py
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import torch
from safetensors.numpy import save_file
from safetensors.torch import save_file as save_torch_file

FOLDER = Path(__file__).parents[1] / "fixtures" / "embeddings"
LABELS = ["piano", "夜の海 🌊", "Ça ira"]
# The first two are one number in float64.
IDS = [2**53, 2**53 + 1, 7]


def unit_rows() -> np.ndarray:
    rows = np.random.default_rng(7).normal(size=(3, 5))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = unit_rows()
    f4 = rows.astype("<f4")
    np.save(FOLDER / "float32.npy", f4)
    np.save(FOLDER / "float64.npy", rows)
    np.save(FOLDER / "float16.npy", rows.astype("<f2"))
    np.save(FOLDER / "fortran.npy", np.asfortranarray(f4))
    np.save(FOLDER / "one-vector.npy", f4[0])
    np.save(FOLDER / "pickled.npy", np.array(LABELS, dtype=object))
    np.save(FOLDER / "three-axes.npy", f4[None])
    with open(FOLDER / "version2.npy", "wb") as file:
        np.lib.format.write_array(file, f4, version=(2, 0))
    np.savez(FOLDER / "stored.npz", embeddings=f4, labels=np.array(LABELS))
    np.savez_compressed(FOLDER / "deflated.npz", features=f4, ids=np.arange(3))
    np.savez(FOLDER / "two-matrices.npz", audio=f4, text=f4)
    save_file({"weight": f4}, FOLDER / "plain.safetensors")
    save_torch_file({"x": torch.tensor(rows, dtype=torch.float16)}, FOLDER / "float16.safetensors")
    save_torch_file({"x": torch.tensor(rows, dtype=torch.bfloat16)}, FOLDER / "bfloat16.safetensors")
    save_file({"audio": f4, "text": f4}, FOLDER / "two-tensors.safetensors")
    table = pd.DataFrame({"title": LABELS, "vector": list(f4)})
    table.to_parquet(FOLDER / "pandas.parquet")
    table.assign(vector=list(rows)).to_parquet(FOLDER / "zstd-float64.parquet", compression="zstd")
    table.assign(other=list(f4)).to_parquet(FOLDER / "two-lists.parquet")
    fixed = pa.FixedSizeListArray.from_arrays(pa.array(f4.ravel()), 5)
    pq.write_table(pa.table({"embedding": fixed, "label": LABELS}), FOLDER / "fixed-size.parquet")
    half = pa.FixedSizeListArray.from_arrays(pa.array(list(rows.astype("<f2").ravel()), pa.float16()), 5)
    pq.write_table(pa.table({"id": IDS, "embedding": half}), FOLDER / "float16-ids.parquet")
    whole = pa.array([[1, 2], [3, 4]], pa.list_(pa.int32()))
    pq.write_table(pa.table({"id": [0, 1], "embedding": whole}), FOLDER / "whole-numbers.parquet")
    both = {"audio": f4, "text": f4[:2], "texts": np.array(LABELS[:2]), "ids": np.array(IDS)}
    np.savez(FOLDER / "both-parts.npz", **both)
    np.savez(FOLDER / "byte-ids.npz", embeddings=f4, id=np.array(["a", "bc", "ü".encode()], dtype="S2"))
    np.save(FOLDER / "ids.npy", np.array(IDS))
    save_file({"x": f4, "track_id": np.array(IDS)}, FOLDER / "ids.safetensors")


if __name__ == "__main__":
    main()
