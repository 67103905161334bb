"""A static table whose cells may be lights: colour, shape and word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from lib import markup
from lib.insight.status import Light

_WORD = 8  # characters that are not worth a second line


def _cell(value: str | Light) -> str:
    if isinstance(value, Light):
        return f"<td>{markup.badge(value)}</td>"
    css = ' class="tb-word"' if len(value) <= _WORD else ""
    return f"<td{css}>{escape(value)}</td>"


def lit_table(columns: Sequence[str], rows: Iterable[Sequence[str | Light]]) -> str:
    """The table as HTML, every text escaped; it scrolls inside itself where the screen is narrow."""
    head = "".join(f"<th>{escape(label)}</th>" for label in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="tb-scroll"><table class="tb-table">{inside}</table></div>'
