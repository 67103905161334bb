"""What a sheet of 数据册 holds before it is a file: texts, numbers with their precision, formulas.

A formula carries the value it has, so that a program which does not calculate shows it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name

from lib.insight.cells import stated
from lib.insight.wording import MISSING
from lib.queries.facts import Fact

FIRST = 6  # the row of the first line below a sheet's title, remarks and header
SOURCES = ("时点", "截止日期", "出处", "备注", "来源文件", "来源行", "版本", "SHA-256")


@dataclass(frozen=True)
class Number:
    """A number and the format that shows it as precisely as it was stated."""

    value: Decimal
    form: str = "0"


@dataclass(frozen=True)
class Formula:
    """A formula (without its equals sign), the value it has, and how that is shown."""

    text: str
    value: Decimal | str
    form: str = "0"


Cell = str | Number | Formula
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` under `columns` can be filtered; `closing` stands apart under them.

    about: what it holds, for the contents;  remarks: lines under the title
    """

    name: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
    closing: tuple[Row, ...] = ()

    @property
    def last(self) -> int:
        """The row of the last line that can be filtered; the first one's where there is none."""
        return max(FIRST, FIRST + len(self.rows) - 1)


def column(index: int) -> str:
    """A column's letter, from 0."""
    return str(xl_col_to_name(index))


def span(index: int, rows: int) -> str:
    """The cells of a column over so many lines."""
    letter = column(index)
    return f"${letter}${FIRST}:${letter}${FIRST + max(rows, 1) - 1}"


def number_of(fact: Fact) -> Number:
    """A fact's number, with the decimals it was written with."""
    whole = fact.value == fact.value.to_integral_value()
    places = (
        0
        if not fact.value_text[:1].isdigit()
        else len(fact.value_text.rstrip("万亿%").partition(".")[2])
    )
    if fact.value_text[-1:] in ("万", "亿") and whole:
        places = 0
    return Number(fact.value, f"0.{'0' * places}" if places else "0")


def measure(fact: Fact | None) -> Cell:
    """A figure in a column of its own: a number, or as written where it is a bound or an estimate."""
    if fact is None:
        return MISSING
    return stated(fact, unit=False) if fact.qualifier else number_of(fact)


def source(fact: Fact, release: str) -> Row:
    """The cells of `SOURCES`."""
    return (
        fact.as_of_text or MISSING, fact.as_of.isoformat(), fact.section or MISSING, fact.note or "",
        fact.source_file, Number(Decimal(fact.source_row)), release, fact.source_sha256 or MISSING,
    )  # fmt: skip


def no_source(remark: str, release: str) -> Row:
    """The cells of `SOURCES` where nothing was reported or where the number is our own."""
    return (MISSING, MISSING, MISSING, remark, MISSING, MISSING, release, MISSING)


def total(facts: Iterable[Fact | None]) -> Decimal | str:
    """The sum a formula over `measure` cells has: of the numbers, or the em dash where there is none."""
    exact = [fact.value for fact in facts if fact is not None and not fact.qualifier]
    return sum(exact, Decimal(0)) if exact else MISSING


def sum_if(what: str, where: Sequence[tuple[str, str]], value: Decimal | str) -> Formula:
    """The sum of the numbers in `what` on lines that have the given texts; an em dash where none is."""
    tests = "".join(f',{cells},"{text}"' for cells, text in where)
    counted = f'COUNTIFS({what},">=0"{tests})'
    summed = f"SUMIFS({what}{tests})" if where else f"SUM({what})"
    return Formula(f'IF({counted}=0,"{MISSING}",{summed})', value)


def difference(one: str, other: str, values: tuple[Decimal | str, Decimal | str]) -> Formula:
    """The first cell less the second; an em dash where either is not a number."""
    first, second = values
    known = isinstance(first, Decimal) and isinstance(second, Decimal)
    value = first - second if known else MISSING  # type: ignore[operator]
    return Formula(f'IF(COUNT({one},{other})<2,"{MISSING}",{one}-{other})', value, "+0;-0;0")
