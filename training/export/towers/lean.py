"""Makes a traced graph smaller and faster; what it computes stays, and the parity gate sees to it."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import onnx
import onnxslim
import torch
from torch import Tensor
from torch.nn.functional import interpolate


@contextmanager
def resizing_by_products() -> Iterator[None]:
    """Traces `interpolate` as products with constant matrices.

    ONNX Runtime's Resize runs on one thread, and shape inference does not see through the sizes that tracing gives it.
    """
    with patch("torch.nn.functional.interpolate", _stretched):
        yield


def _stretched(image: Tensor, size: Any, mode: str, align_corners: bool | None = None) -> Tensor:
    """Bilinear and bicubic resizing of [..., rows, columns] is linear and works on each axis by itself."""
    for axis, target in zip((-2, -1), size, strict=True):
        length = int(image.shape[axis])
        if int(target) == length:
            continue
        unit = torch.eye(length)[None, None]
        matrix = interpolate(unit, (int(target), length), mode=mode, align_corners=align_corners)[0, 0]
        image = matrix @ image if axis == -2 else image @ matrix.T
    return image


def slim(path: Path) -> None:
    """Folds, in place, what the trace computes anew at each run: shapes, masks, indices."""
    onnx.save(onnxslim.slim(onnx.load(path)), path)
