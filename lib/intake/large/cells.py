"""A large delimited text as columns of cells: Arrow splits the bytes, distinct cells are decoded.

The text as a whole never exists; of a column of forty names only the forty become text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from lib.intake.files.decode import reads_as_chinese
from lib.intake.files.limits import Limits
from lib.intake.large.scan import BLOCK, Irregular, check_controls
from lib.intake.words.buffers import bytes_of, is_ascii
from lib.intake.words.distinct import index_type

_CODED = pa.dictionary(pa.int32(), pa.binary())
_MOST_ODD = 1_000


@dataclass(frozen=True)
class Shape:
    """How a text is split. `start`: byte where the body begins; `plain`: by column, no dictionary."""

    codec: str
    delimiter: str
    quoted: bool
    start: int
    plain: tuple[bool, ...]


@dataclass(frozen=True)
class Cells:
    """One column as written. `codes`: row > its place in `words`; None where words go row by row."""

    words: pa.Array
    codes: np.ndarray | None

    def __len__(self) -> int:
        return len(self.words if self.codes is None else self.codes)

    def text(self, row: int) -> str:
        """One cell."""
        place = row if self.codes is None else int(self.codes[row])
        return str(self.words[place].as_py())

    def chosen(self, rows: np.ndarray) -> Cells:
        """The cells of some rows."""
        if self.codes is None:
            return Cells(self.words.take(pa.array(rows)), None)
        return Cells(self.words, self.codes[rows])


@dataclass(frozen=True)
class Split:
    """The rows below a header. Rows count from 0 with the first below the header.

    columns: the cells of the rows that are as wide as the header
    rows:    which rows these are
    odd:     the other rows, whole
    """

    columns: list[Cells]
    rows: np.ndarray
    odd: list[tuple[int, list[str]]]


def split_cells(content: bytes | Path, shape: Shape, limits: Limits) -> Split:
    """Split and decode the body. Raises Irregular where that is not certain to be right."""
    strays: list[tuple[int, str]] = []
    try:
        table, restored = _table(content, shape, strays)
    except pa.ArrowInvalid as problem:
        raise Irregular(str(problem)) from problem
    if len(strays) > min(_MOST_ODD, len(table)):
        raise Irregular("many odd rows")
    odd = [(number - 1, _odd_row(text, shape, limits)) for number, text in strays]
    rows = np.arange(len(table) + len(odd), dtype=np.int32)
    columns = table.columns
    del table
    cells = []
    while columns:  # a column's bytes are let go as soon as it is decoded
        cells.append(_cells(columns.pop(0), shape.codec, restored, limits))
    pa.default_memory_pool().release_unused()  # of the raw bytes, before columns are made of them
    return Split(cells, np.delete(rows, [number for number, _ in odd]), odd)


def _table(
    content: bytes | Path, shape: Shape, strays: list[tuple[int, str]]
) -> tuple[pa.Table, bool]:
    """The body as bytes, and whether these went through Latin-1.

    Arrow hands an odd row over as text, and fails where it is not UTF-8. So a file with odd rows is
    split again as Latin-1, a character a byte; in one thread, so that rows know their number.
    """
    try:
        return _split(content, shape, None), False
    except pa.ArrowInvalid as problem:
        if not str(problem).startswith("CSV parse error: Expected"):
            raise

    def keep(row: Any) -> str:
        if len(strays) > _MOST_ODD:
            return "error"
        strays.append((row.number, row.text))
        return "skip"

    return _split(content, shape, keep), True


def _split(content: bytes | Path, shape: Shape, keep: Callable[[Any], str] | None) -> pa.Table:
    names = [str(index) for index in range(len(shape.plain))]
    types = {n: pa.binary() if p else _CODED for n, p in zip(names, shape.plain, strict=True)}
    source = pa.BufferReader(content) if isinstance(content, bytes) else pa.OSFile(str(content))
    with source as stream:
        stream.seek(shape.start)
        return pv.read_csv(
            stream,
            read_options=pv.ReadOptions(
                column_names=names, block_size=BLOCK, use_threads=keep is None,
                encoding="latin-1" if keep else "utf-8",  # utf-8: the bytes are left as they are
            ),
            parse_options=pv.ParseOptions(
                delimiter=shape.delimiter, quote_char='"' if shape.quoted else False,
                newlines_in_values=shape.quoted, ignore_empty_lines=False,
                invalid_row_handler=keep,
            ),
            convert_options=pv.ConvertOptions(
                column_types=types, check_utf8=False, strings_can_be_null=False
            ),
        )  # fmt: skip


def _odd_row(latin: str, shape: Shape, limits: Limits) -> list[str]:
    content = latin.encode("latin-1")
    check_controls(content)
    text = _decoded([content], shape.codec)[0]
    if len(text) > limits.cell_characters:
        raise Irregular("long row")
    (row,) = csv.reader([text], delimiter=shape.delimiter, strict=True)
    if len(row) > limits.columns:
        raise Irregular("wide row")
    return row


# bytes to text


def _cells(column: pa.ChunkedArray, codec: str, restored: bool, limits: Limits) -> Cells:
    codes, chunks = None, column.chunks
    if pa.types.is_dictionary(column.type):
        chunks = column.unify_dictionaries().chunks
        words = [chunk.dictionary for chunk in chunks[:1]]
        small = index_type(sum(map(len, words)))
        codes = np.concatenate(
            [c.indices.cast(small).to_numpy() for c in chunks] or [np.empty(0, np.int8)]
        )
        chunks = words
    words = [_words(chunk, codec, restored, limits) for chunk in chunks]
    joined = pa.concat_arrays(words) if words else pa.array([], pa.string())
    return Cells(joined, codes)


def _words(chunk: pa.Array, codec: str, restored: bool, limits: Limits) -> pa.Array:
    if (pc.max(pc.binary_length(chunk)).as_py() or 0) > limits.cell_characters:
        raise Irregular("long cell")
    data = bytes_of(chunk)
    if (data < 32).any():
        check_controls(data.tobytes())
    if is_ascii(chunk):
        return chunk.cast(pa.string())
    words = chunk.to_pylist()
    if restored:
        words = [word.decode().encode("latin-1") for word in words]
    return pa.array(_decoded(words, codec), pa.string())


def _decoded(words: Sequence[bytes], codec: str) -> list[str]:
    """Bytes as text; Irregular where a cell is not in the file's encoding, or may be in another."""
    try:
        texts = [word.decode(codec) for word in words]
    except UnicodeDecodeError as error:
        raise Irregular("encoding") from error
    if codec != "utf-8" and any(reads_as_chinese(part) for w in words for part in w.split(b"\n")):
        raise Irregular("mixed encodings")
    return texts
