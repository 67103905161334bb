"""The bytes of text and binary columns, seen by NumPy where they are."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def ends_of(chunk: pa.Array) -> np.ndarray:
    """Where every cell begins in the column's data, and where the last one ends."""
    if not len(chunk):
        return np.zeros(1, np.int32)
    return np.frombuffer(chunk.buffers()[1], np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]


def data_of(chunk: pa.Array) -> np.ndarray:
    """The column's data, which may begin before its first cell."""
    data = chunk.buffers()[2]
    return np.empty(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)


def bytes_of(chunk: pa.Array) -> np.ndarray:
    """The bytes of all cells, back to back."""
    ends = ends_of(chunk)
    return data_of(chunk)[ends[0] : ends[-1]]


def is_ascii(chunk: pa.Array) -> bool:
    """Whether every cell is ASCII, the same bytes in every encoding."""
    return not (bytes_of(chunk) > 0x7F).any()
