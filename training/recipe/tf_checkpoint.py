"""Reads the variables of a TensorFlow "tensor bundle" checkpoint without TensorFlow.

The index is a LevelDB-style table (prefix-compressed keys, 48-byte footer) whose values are
`BundleEntryProto` messages; the data file holds the raw little-endian tensors.
"""
from __future__ import annotations

import struct
from pathlib import Path
from typing import Iterator

import numpy as np

_TABLE_MAGIC = 0xDB4775248B80FB57
_FLOAT32 = 1


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _block(table: bytes, offset: int, size: int) -> bytes:
    compression = table[offset + size]
    if compression != 0:
        raise ValueError(f"expected an uncompressed table block, found compression {compression}")
    return table[offset : offset + size]


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    restarts = struct.unpack_from("<I", block, len(block) - 4)[0]
    end = len(block) - 4 - 4 * restarts
    at, key = 0, b""
    while at < end:
        shared, at = _varint(block, at)
        unshared, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + unshared]
        at += unshared
        yield key, block[at : at + length]
        at += length


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Protocol-buffer fields as (number, value); enough wire types for a bundle entry."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, at = _varint(message, at)
            yield number, value
        elif wire == 2:
            length, at = _varint(message, at)
            yield number, message[at : at + length]
            at += length
        elif wire == 5:
            yield number, message[at : at + 4]
            at += 4
        else:
            raise ValueError(f"unexpected wire type {wire} in a bundle entry")


def _shape(message: bytes) -> tuple[int, ...]:
    sizes = []
    for number, dim in _fields(message):
        if number == 2 and isinstance(dim, bytes):
            sizes.append(next((int(v) for n, v in _fields(dim) if n == 1), 0))
    return tuple(sizes)


def read_checkpoint(folder: Path, prefix: str = "") -> dict[str, np.ndarray]:
    """All float32 variables under `folder/prefix.{index,data-00000-of-00001}`, optimiser slots left out."""
    table = (folder / f"{prefix}.index").read_bytes()
    data = (folder / f"{prefix}.data-00000-of-00001").read_bytes()
    footer = table[-48:]
    if struct.unpack("<Q", footer[-8:])[0] != _TABLE_MAGIC:
        raise ValueError(f"{folder}: not a tensor bundle index")
    _, at = _varint(footer, 0)
    _, at = _varint(footer, at)
    index_offset, at = _varint(footer, at)
    index_size, at = _varint(footer, at)

    variables: dict[str, np.ndarray] = {}
    for _, handle in _entries(_block(table, index_offset, index_size)):
        offset, at = _varint(handle, 0)
        size, _ = _varint(handle, at)
        for key, value in _entries(_block(table, offset, size)):
            name = key.decode()
            entry = dict(_fields(value))
            if not name or "Adam" in name or entry.get(1) != _FLOAT32:
                continue
            start = int(entry.get(4, 0))
            flat = np.frombuffer(data, "<f4", int(entry[5]) // 4, start)
            variables[name] = flat.reshape(_shape(bytes(entry.get(2, b""))))
    return variables
