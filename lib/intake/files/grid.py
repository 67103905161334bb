"""One sheet as rows of text, before anything is known about its meaning."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lib.catalog.places import clean_name
from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile

CellNote = Literal["percent", "date", "formula", "digits", "rounded", "text"]
_DELIMITERS = (",", "\t", ";", "|", "，")
_QUOTED = re.compile(r'"[^"]*"')
_CHECK_QUOTES = "请检查这一行起的引号是否成对，另存后再传"


@dataclass(frozen=True)
class Grid:
    """A sheet's cells as text. Row and column numbers start at 0 here, at 1 for people.

    name:   the sheet's name; empty for a text file
    notes:  what the text of a workbook cell does not show: it was a percentage, a date,
            a formula without a result, a number cut to 15 digits, shown rounded, or kept as text
    merged: (top, left, bottom, right) of merged cells, inclusive
    hidden: words for what is hidden: 工作表, 第3行, B列
    """

    name: str
    rows: list[list[str]]
    notes: dict[tuple[int, int], CellNote] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


def delimiter_of(text: str) -> str:
    """The separator most of the first lines agree on; a comma where there is none."""
    bare = _QUOTED.sub("", text[:20_000])  # what stands in quotes separates nothing
    lines = [line for line in bare.splitlines() if line.strip()][:20]
    counts = {mark: [line.count(mark) for line in lines] for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: (sum(n > 0 for n in counts[mark]), sum(counts[mark])))


def records(text: str, limits: Limits) -> Iterator[list[str]]:
    """The records of a delimited text, quotes undone. Raises RefusedFile with the row at fault."""
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                message = f"第{number}行有一格超过{limits.cell_characters}字"
                raise RefusedFile("FILE_SIZE", message, _CHECK_QUOTES, number) from error
            message = f"第{number}行的引号不成对"
            raise RefusedFile("FILE_DAMAGED", message, _CHECK_QUOTES, number) from error
        if len(record) > limits.columns:
            message = f"第{number}行有{len(record)}列，上限{limits.columns}列"
            raise RefusedFile("FILE_SIZE", message, "请只保留要报送的列", number)
        if number > limits.rows + 50:
            raise too_many_rows(limits)
        yield record


def too_many_rows(limits: Limits) -> RefusedFile:
    """The refusal of a table longer than allowed."""
    return RefusedFile("FILE_SIZE", f"超过{limits.rows:,}行", "请拆成几个文件分次上传")


def text_grid(text: str, limits: Limits) -> Grid:
    """A delimited text as a grid; rows are records, as a spreadsheet would number them."""
    return Grid("", list(records(text, limits)))


def is_blank(row: list[str]) -> bool:
    """Whether nothing is written in the row."""
    return not any(clean_name(cell) for cell in row)


def column_letter(index: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
