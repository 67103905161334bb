"""What does not fit one screen goes on over several: nothing is cut, nothing gets too small to read.

Lengths are in em of the type used, a Chinese character being one wide; screens are measured at
4:3, the narrowest in use, in hundredths of their shorter side (vmin).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from lib.insight.table import Table
from lib.spread import evenly

# vmin that a slide's content has beside margins, title and foot: with a sentence below it, and without.
WIDTH, HEIGHT, WHOLE_HEIGHT = 121, 66, 72
# vmin, from the most comfortable to the smallest that is read from the back.
TYPE = (5.0, 4.2, 3.6, 3.0, 2.6)
SENTENCE = (5.6, 5.0, 4.4)
MOST_SLACK = 4
SHORT = 6.5  # em: a cell's text that is never broken into lines
_LINE, _AROUND, _SLACK = 1.4, 0.5, 0.25  # em: a line, the padding of a row, a step more of it
_BESIDE, _COMFORTABLE = 1.2, 9.0  # em: the padding of a column, and what a long text needs


@dataclass(frozen=True)
class TablePart:
    """As much of a table as one screen shows, in type of `size` vmin.

    shares: the widths of its columns, in 100
    slack:  quarters of an em that every row may be higher, to fill the screen
    """

    table: Table
    size: float
    shares: tuple[int, ...]
    slack: int


@dataclass(frozen=True)
class ListPart:
    """As many sentences as one screen shows, in type of `size` vmin; the first is number `first`."""

    sentences: tuple[str, ...]
    size: float
    first: int


def text_width(text: str) -> float:
    """How wide a text is, in em."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in text)


def sentence_parts(sentences: Sequence[str]) -> list[ListPart]:
    """Sentences, as many a screen as it has room for, in the largest type that needs no more."""
    return min((_listed(sentences, size) for size in SENTENCE), key=len)


def _listed(sentences: Sequence[str], size: float) -> list[ListPart]:
    across = WIDTH / size - 3
    heights = [ceil(text_width(text) / across) * 1.45 + 0.5 for text in sentences]
    parts, first = [], 1
    for group in evenly(list(sentences), heights, WHOLE_HEIGHT / size):
        parts.append(ListPart(tuple(group), size, first))
        first += len(group)
    return parts


def table_parts(table: Table) -> list[TablePart]:
    """A table, as many columns and rows a screen as it has room for; the first column stays.

    The type is the largest that needs no more screens than a smaller one would.
    """
    return [part for group in _columns(table) for part in _best(group)]


def _best(table: Table) -> list[TablePart]:
    fitting = [size for size in TYPE if _squeezed(table) <= WIDTH / size] or [TYPE[-1]]
    return min((_rows(table, size) for size in fitting), key=len)


def _rows(table: Table, size: float) -> list[TablePart]:
    widths = _widths(table, WIDTH / size)
    heights = [_height(row, widths) for row in table.rows]
    room = HEIGHT / size - _height(table.columns, widths)
    groups = evenly(list(table.rows), heights, room)
    whole = sum(widths) + _BESIDE * len(widths)
    shares = tuple(round(100 * (width + _BESIDE) / whole) for width in widths)
    most = max((len(rows) for rows in groups), default=1)
    slack = max(0, min(MOST_SLACK, int((room - sum(heights[:most])) / most / _SLACK)))
    return [TablePart(Table(table.columns, tuple(rows)), size, shares, slack) for rows in groups]


def _natural(table: Table) -> list[float]:
    """How wide the columns' texts are; a heading may stand in two lines."""
    cells = [
        max((text_width(row[n]) for row in table.rows), default=0.0)
        for n in range(len(table.columns))
    ]
    heads = [
        max(min(text_width(label), 3.0), text_width(label) / 2 + 0.5) for label in table.columns
    ]
    return list(map(max, cells, heads))


def _squeezed(table: Table) -> float:
    """How wide a table is with its long texts broken into lines."""
    return sum(min(width, _COMFORTABLE) + _BESIDE for width in _natural(table))


def _columns(table: Table) -> list[Table]:
    """The table, or where even the smallest type has no room for its columns, groups of them."""
    needs = [min(width, SHORT) + _BESIDE for width in _natural(table)]
    room = WIDTH / TYPE[-1] - needs[0]
    groups = evenly(list(range(1, len(needs))), needs[1:], room) or [[]]
    return [_only(table, [0, *group]) for group in groups]


def _only(table: Table, columns: list[int]) -> Table:
    rows = tuple(tuple(row[n] for n in columns) for row in table.rows)
    return Table(tuple(table.columns[n] for n in columns), rows)


def _widths(table: Table, room: float) -> list[float]:
    """The widths of the columns' texts: as they are, or the widest cut to what is left for them."""
    natural, left = _natural(table), room - _BESIDE * len(table.columns)
    widths = list(natural)
    for place, (width, n) in enumerate(sorted((w, n) for n, w in enumerate(natural))):
        widths[n] = min(width, left / (len(natural) - place))
        left -= widths[n]
    return widths


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    lines = max(
        ceil(text_width(text) / max(width, 1)) for text, width in zip(row, widths, strict=True)
    )
    return max(lines, 1) * _LINE + _AROUND
