"""Small workbooks for tests, written cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import xlsxwriter

Cell = Any  # a value, or (value, number format)


def book(sheets: Mapping[str, Iterable[Iterable[Cell]]]) -> bytes:
    """A workbook of the given sheets; a cell is a value or (value, number format)."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                value, pattern = cell if isinstance(cell, tuple) else (cell, None)
                style = made.add_format({"num_format": pattern}) if pattern else None
                sheet.write(number, index, value, style)
    made.close()
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A zip with every part passed through `change`; None leaves a part out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()
