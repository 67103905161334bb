"""Tables as CSV to download. Text that a spreadsheet would run as a formula is made harmless."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Full-width forms too: some spreadsheets fold them before looking for a formula.
_FORMULA = re.compile(r"'*[=@\t\r＝＠＋－]|[+\-](?!\d+(?:[.,]\d+)*%?\Z)|'+[+\-]")
_GUARDED = re.compile(r"'(?='*[=@\t\r＝＠＋－+\-])")


def safe_text(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would take it for a formula.

    A text that begins so already gets one more, so that `original_text` gives it back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def original_text(text: str) -> str:
    """The text before `safe_text`."""
    return text[1:] if _GUARDED.match(text) else text


def csv_file(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a spreadsheet opens right: UTF-8 with BOM, CRLF, neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(safe_text(label) for label in columns)
    writer.writerows([safe_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
