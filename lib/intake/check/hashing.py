"""64-bit hashes of whole columns, to find what may be equal without a table of all values."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lib.intake.words.buffers import data_of, ends_of

_MIX = np.uint64(0x9E3779B97F4A7C15)
_PART = 1 << 22  # bytes at a time
_ABSENT = np.uint64(0xD6E8FEB86659FD93)


def hashes(column: pa.ChunkedArray, seed: np.ndarray) -> np.ndarray:
    """The hash of every value, mixed with the seed of its row. Equal values have equal hashes."""
    found = [_of_chunk(chunk) for chunk in column.chunks]
    mixed: np.ndarray = (seed ^ np.concatenate([np.empty(0, np.uint64), *found])) * _MIX
    mixed ^= mixed >> np.uint64(29)
    return mixed


def _of_chunk(chunk: pa.Array) -> np.ndarray:
    if pa.types.is_dictionary(chunk.type):
        words = _of_chunk(chunk.dictionary)
        codes = chunk.indices.cast(pa.int64()).fill_null(len(words))
        found: np.ndarray = np.append(words, _ABSENT)[codes.to_numpy(zero_copy_only=False)]
        return found
    if not pa.types.is_string(chunk.type):
        chunk = chunk.cast(pa.string())
    found = _of_texts(chunk)
    if chunk.null_count:
        found[chunk.is_null().to_numpy(zero_copy_only=False)] = _ABSENT
    return found


def _of_texts(chunk: pa.Array) -> np.ndarray:
    """Eight bytes at a time, texts of one length at once."""
    ends, data = ends_of(chunk), data_of(chunk)
    widths = np.diff(ends)
    found = widths.astype(np.uint64)
    different = np.unique(widths[widths > 0]).tolist()
    for width in different:
        rows = np.flatnonzero(widths == width)
        for part in np.array_split(rows, -(-len(rows) * width // _PART)):
            found[part] = _mixed(_cells(data, ends[part], width), found[part])
    return found


def _cells(data: np.ndarray, starts: np.ndarray, width: int) -> np.ndarray:
    """Texts of one length, a row of bytes each."""
    first, last = int(starts[0]), int(starts[-1])
    if last - first == (len(starts) - 1) * width:  # back to back
        return data[first : last + width].reshape(-1, width)
    return data[starts[:, None] + np.arange(width, dtype=np.int32)]


def _mixed(cells: np.ndarray, seed: np.ndarray) -> np.ndarray:
    width = cells.shape[1]
    padded = np.zeros((len(cells), -(-width // 8) * 8), np.uint8)
    padded[:, :width] = cells
    for word in padded.view(np.uint64).T:
        seed = (seed ^ word) * _MIX
        seed ^= seed >> np.uint64(29)
    return seed
