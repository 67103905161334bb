"""表格: the 合计 row of a table pasted as text beside the sums of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lib.insight.wording import number as shown
from lib.proofread.hits import Hit, Sum
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.roles import cells

_TOTAL = re.compile(r"(?:合\s*计|总\s*计|共\s*计|全市|全区|全县|全省|小计)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,3}|\d{1,12}")
# Columns that no sum is of.
_NO_SUM = re.compile("率|%|％|占比|比例|排名|名次|位次|平均|均|序号|年份")
_FEWEST = 2


def _values(passage: Passage) -> list[Decimal | None]:
    """The cells behind the row's name as whole numbers; None where a cell is none."""
    found = (
        cell if _NUMBER.fullmatch(cell) else None for cell in cells(passage.paragraph.text)[1:]
    )
    return [Decimal(cell.replace(",", "")) if cell else None for cell in found]


def _tables(reading: Reading) -> Iterator[list[Passage]]:
    """Neighbouring rows with the same number of cells."""
    table: list[Passage] = []
    for passage in reading.passages:
        wide = len(cells(passage.paragraph.text)) if passage.role == "table" else 0
        if table and (wide < 2 or wide != len(cells(table[0].paragraph.text))):
            yield table
            table = []
        if wide > 1:
            table.append(passage)
    yield table


def _hit(row: Passage, column: int, stated: Decimal, parts: Sequence[Decimal]) -> Hit:
    text = row.paragraph.text
    written = cells(row.paragraph.text)[column + 1]
    start = text.rfind(written) if text.count(written) == 1 else text.find(written)
    found = sum(parts, Decimal(0))
    told = "＋".join(shown(part) for part in parts[:24]) + ("＋…" if len(parts) > 24 else "")
    return Hit(
        Span(row, max(start, 0), max(start, 0) + len(written)),
        f"表中第{column + 2}列{len(parts)}行相加为{shown(found)}（{told}），"
        f"与合计行的{shown(stated)}差{shown(abs(found - stated))}",
        shown(found),
        "很可能",
        sum=Sum(stated, found, tuple(parts)),
    )


def _checked(rows: Sequence[Passage], total: Passage, head: Sequence[str]) -> Iterator[Hit]:
    columns = list(zip(*map(_values, rows), strict=True))
    for column, stated in enumerate(_values(total)):
        if _NO_SUM.search(head[column + 1]):
            continue
        parts = [value for value in columns[column] if value is not None]
        whole = stated is not None and len(parts) == len(rows)
        if stated is not None and whole and sum(parts) != stated:
            yield _hit(total, column, stated, parts)


def tables(reading: Reading) -> Iterator[Hit]:
    """Total rows that the rows before them, or behind a first total row, do not add up to."""
    for table in _tables(reading):
        totals = [row for row in table if _TOTAL.match(cells(row.paragraph.text)[0])]
        rows = [row for row in table if row not in totals and any(_values(row))]
        if len(totals) == 1 and len(rows) >= _FEWEST:
            yield from _checked(rows, totals[0], cells(table[0].paragraph.text))
