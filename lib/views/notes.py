"""Dates and notes of released rows as people read them."""

from __future__ import annotations

UNDATED = "未注明"


def when(as_of_text: str | None) -> str:
    """A date as stated: 7月底, or 未注明."""
    return as_of_text or UNDATED


def remark(note: str | None, as_of_text: str | None) -> str:
    """A note without the clause that only repeats that no date was stated."""
    clauses = (note or "").split("；")
    undated = when(as_of_text) == UNDATED
    return "；".join(c for c in clauses if not (undated and c.startswith("原文未注明时点")))
