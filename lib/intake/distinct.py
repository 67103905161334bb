"""Reading a column once per distinct text: a million cells of forty names cost forty readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

T = TypeVar("T")
_JOIN = "\x1f"


@dataclass(frozen=True)
class Distinct(Generic[T]):
    """values: what each distinct text was read as; codes: row > position in `values`."""

    values: list[T]
    codes: np.ndarray

    def rows(self, position: int) -> np.ndarray:
        """The rows (from 0) that hold one distinct text."""
        return np.flatnonzero(self.codes == position)

    def array(self, pick: Callable[[T], Any], type: pa.DataType) -> pa.Array:
        """One property of every row's value as an Arrow array."""
        return pa.array([pick(value) for value in self.values], type).take(pa.array(self.codes))


def distinct(columns: Sequence[pa.Array], read: Callable[..., T]) -> Distinct[T]:
    """Apply `read(text, *context)` once per distinct combination; absent texts arrive as ""."""
    if len(columns) == 1:
        joined = pc.fill_null(columns[0], "")
    else:
        joined = pc.binary_join_element_wise(*(pc.fill_null(c, "") for c in columns), _JOIN)
    encoded = joined.dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = encoded.dictionary.to_pylist()
    parts = [text.split(_JOIN) if len(columns) > 1 else [text] for text in texts]
    return Distinct([read(*part) for part in parts], encoded.indices.to_numpy(zero_copy_only=False))
