"""What does not fit one slide goes on over several: nothing is cut, nothing gets too small to read.

Lengths are in points; a Chinese character is as wide as its type is high.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from lib.insight.table import Table
from lib.spread import evenly

# Type, from the most comfortable to the smallest that is read from the back.
TYPE, LIST_TYPE = (24, 22, 20, 18), (24, 22)
_NARROW = 0x2010  # letters from here on, and these, are as wide as high in a Chinese font
_WIDE = "×÷·"
_LINE, _AROUND, _BESIDE = 1.45, 6, 16  # of a line; points above and below, left and right of a cell
_SHORT = 6.5  # em: a text that is not broken into lines


@dataclass(frozen=True)
class TablePart:
    """As much of a table as one slide shows: its type, and the widths of its columns."""

    table: Table
    size: int
    widths: tuple[float, ...]
    row_heights: tuple[float, ...]


@dataclass(frozen=True)
class ListPart:
    """As many sentences as one slide shows; the first is number `first`."""

    sentences: tuple[str, ...]
    size: int
    first: int


def em(text: str) -> float:
    """How wide a text is, in em."""
    return sum(1.0 if ord(letter) >= _NARROW or letter in _WIDE else 0.62 for letter in text)


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes in a width."""
    return max(1, ceil(em(text) * size / width))


def list_parts(sentences: Sequence[str], width: float, height: float) -> list[ListPart]:
    """Sentences over as few slides as they need, in the largest type that needs no more."""
    return min((_listed(sentences, size, width, height) for size in LIST_TYPE), key=len)


def _listed(sentences: Sequence[str], size: int, width: float, height: float) -> list[ListPart]:
    sizes = [(lines(text, size, width - 2 * size) * 1.35 + 0.5) * size for text in sentences]
    parts, first = [], 1
    for group in evenly(list(sentences), sizes, height):
        parts.append(ListPart(tuple(group), size, first))
        first += len(group)
    return parts


def table_parts(table: Table, width: float, height: float) -> list[TablePart]:
    """A table over as few slides as it needs, in the largest type that needs no more."""
    return min((_rows(table, size, width, height) for size in TYPE), key=len)


def _rows(table: Table, size: int, width: float, height: float) -> list[TablePart]:
    widths = _widths(table, size, width)
    heights = [_height(row, widths, size) for row in table.rows]
    head = _height(table.columns, widths, size)
    groups = evenly(list(range(len(table.rows))), heights, height - head)
    return [
        TablePart(
            Table(table.columns, tuple(table.rows[n] for n in group)), size, widths,
            (head, *(heights[n] for n in group)),
        )
        for group in groups
    ]  # fmt: skip


def _widths(table: Table, size: int, width: float) -> tuple[float, ...]:
    """The widths of the columns: short texts stay whole, long ones share what is left by the root
    of their lengths; what nobody needs goes to all."""
    columns = zip(table.columns, *table.rows, strict=True)
    natural = [max(map(em, column)) * size + _BESIDE for column in columns]
    short = _SHORT * size + _BESIDE
    left = width - sum(one for one in natural if one <= short)
    roots = sum(sqrt(one) for one in natural if one > short)
    widths = [one if one <= short else min(one, left * sqrt(one) / roots) for one in natural]
    return tuple(one * width / sum(widths) for one in widths)


def _height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    most = max(lines(text, size, w - _BESIDE) for text, w in zip(row, widths, strict=True))
    return most * size * _LINE + _AROUND
