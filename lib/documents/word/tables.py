"""Tables of a Word file: widths by what the columns hold, the head on every page, rows never split."""

from __future__ import annotations

from collections.abc import Sequence

from lib.documents.lines import ROOMY, ems
from lib.documents.word.controls import Controls
from lib.documents.word.official import NOTE_SIZE, TABLE_SIZE
from lib.documents.word.xml import TWIPS_A_POINT, Element, paragraph, w
from lib.insight.table import Table

_SHORT = 9  # characters: a column of nothing longer is centred
_MANY = 6  # columns: then the type is small
_CENTRE = w("jc", val="center")
_ASIDE = 120  # twips of every cell beside its text


def widths(wanted: Sequence[float], room: float) -> list[float]:
    """A room shared out: narrow columns get what they want, wide ones divide the rest by its root.

    Room left over is given to all in proportion.
    """
    given = dict.fromkeys(range(len(wanted)), 0.0)
    open_ones, left = list(given), room
    while open_ones:
        part = left / sum(wanted[i] ** 0.5 for i in open_ones)
        content = [i for i in open_ones if wanted[i] <= part * wanted[i] ** 0.5]
        for i in content or open_ones:
            given[i] = min(wanted[i], part * wanted[i] ** 0.5)
            left -= given[i]
        open_ones = [i for i in open_ones if i not in content] if content else []
    total = sum(given.values())
    return [width * room / total for width in given.values()]


def word_table(table: Table, room: int, controls: Controls, *, whole: bool = False) -> Element:
    """A table as wide as `room` (twips), `whole` on one page; in small type where it has many columns."""
    small = len(table.columns) >= _MANY
    size = (NOTE_SIZE if small else TABLE_SIZE) * TWIPS_A_POINT
    style, head_style = ("CellSmall", "CellHeadSmall") if small else ("Cell", "CellHead")
    longest = [
        max(ems(cell, ROOMY) for cell in column)
        for column in zip(table.columns, *table.rows, strict=True)
    ]
    shares = [round(n) for n in widths([(n + 0.5) * size + _ASIDE for n in longest], room)]
    centred = [n <= _SHORT for n in longest]
    head = [
        _cell(share, head_style, controls.runs([label]))
        for share, label in zip(shares, table.columns, strict=True)
    ]
    keeping = [w("keepNext")] if whole else []
    rows = (
        [
            _cell(share, style, controls.runs([text]), *keeping, *([_CENTRE] if middle else []))
            for share, text, middle in zip(shares, row, centred, strict=True)
        ]
        for row in table.rows
    )
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="Grid"),
            w("tblW", w=sum(shares), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w=share) for share in shares)),
        w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *head),
        *(w("tr", w("trPr", w("cantSplit")), *cells) for cells in rows),
    )


def _cell(width: int, style: str, runs: list[Element], *layout: Element) -> Element:
    return w(
        "tc",
        w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center")),
        paragraph(style, runs, *layout),
    )
