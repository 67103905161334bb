"""Reading a column once per distinct text: a million cells of forty names cost forty readings.

A large column is kept as a dictionary: its distinct texts, and a code per row. What is read from
such a column is one again; what is read from a plain column is plain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

T = TypeVar("T")


@dataclass(frozen=True)
class Distinct(Generic[T]):
    """values: what each distinct text was read as, in order of appearance.

    codes: row > position in `values`; coded: whether texts read from it are a dictionary
    """

    values: list[T]
    codes: np.ndarray
    coded: bool = False

    def array(self, pick: Callable[[T], Any], type: pa.DataType) -> pa.Array:
        """One property of every row's value as an Arrow array."""
        picked = [pick(value) for value in self.values]
        if self.coded and pa.types.is_string(type):
            return coded(picked, self.codes)
        return pa.array(picked, type).take(pa.array(self.codes))


def distinct(columns: Sequence[pa.Array], read: Callable[..., T]) -> Distinct[T]:
    """Apply `read(text, *context)` once per distinct combination; absent texts arrive as ""."""
    codes, parts = _places(columns[0])
    for column in columns[1:]:
        more, words = _places(column)
        codes, parts = _appearing(codes.astype(np.int64) * len(words) + more, parts, words)
    codes, parts = _appearing(codes, parts, [()])
    return Distinct([read(*part) for part in parts], codes, any(is_coded(c) for c in columns))


def _places(column: pa.Array) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """By row the place of its text among the column's words; "" stands for absent texts."""
    if not is_coded(column):
        column = pc.fill_null(column, "").dictionary_encode()
    words: list[tuple[str, ...]] = [(text,) for text in column.dictionary.to_pylist()]
    if not column.null_count:
        return column.indices.to_numpy(zero_copy_only=False), words
    filled = pc.fill_null(column.indices.cast(pa.int32()), len(words))
    return filled.to_numpy(zero_copy_only=False), [*words, ("",)]


def _appearing(
    codes: np.ndarray, parts: list[tuple[str, ...]], words: list[tuple[str, ...]]
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Codes of pairs renumbered in order of appearance, and the pairs that do appear."""
    found = pa.array(codes).dictionary_encode()
    pairs = (divmod(code, len(words)) for code in found.dictionary.to_pylist())
    joined = [parts[left] + words[right] for left, right in pairs]
    return found.indices.to_numpy(zero_copy_only=False), joined


# dictionaries


def is_coded(column: pa.Array) -> bool:
    """Whether a column is a dictionary."""
    return bool(pa.types.is_dictionary(column.type))


def coded(words: Sequence[str | None], codes: np.ndarray) -> pa.Array:
    """A dictionary of texts, each once; codes of None are null."""
    place: dict[str, int] = {}
    for word in words:
        if word is not None:
            place.setdefault(word, len(place))
    moved = pa.array([None if word is None else place[word] for word in words], pa.int32())
    indices = moved.take(pa.array(codes)).cast(index_type(len(place)))
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(place), pa.string()))


def index_type(size: int) -> pa.DataType:
    """The smallest type that numbers the words of a dictionary."""
    return pa.int8() if size < 1 << 7 else pa.int16() if size < 1 << 15 else pa.int32()


def repeated(text: str, where: np.ndarray | int, as_codes: bool) -> pa.Array:
    """One text in every row, or in those a mask picks; an empty text is null.

    where: one flag a row, or how many rows
    """
    picked = np.ones(where, bool) if isinstance(where, int) else where
    array = coded([text or None, None], (~picked).astype(np.int8))
    return array if as_codes else array.dictionary_decode()


def coalesced(*columns: pa.Array) -> pa.Array:
    """By row the first text that is there."""
    if not any(is_coded(column) for column in columns):
        return pc.coalesce(*columns)
    found = distinct(columns, lambda *texts: next(filter(None, texts), None))
    return found.array(lambda text: text, pa.string())
