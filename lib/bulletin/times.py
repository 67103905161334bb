"""Dates as a sentence has them: 截至7月底，for a date; 3月，for a month; nothing where none was stated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from lib.bulletin.spans import Piece, When, told

_DURING = re.compile(r".*(?:年|半年|季度|\d月)")  # a span of time, not a day it ends with
_UNDATED = ("", "未注明")


def since(as_of_text: str | None) -> str:
    """A date before a figure, with its comma: 截至7月底，; 上半年，; empty where none was stated."""
    text = as_of_text or ""
    if text in _UNDATED:
        return ""
    return f"{text}，" if _DURING.fullmatch(text) else f"截至{text}，"


def by_when(items: Iterable[tuple[str, str | None]]) -> tuple[Piece, ...]:
    """Highlights in order, those of one date together: 甲；3月，乙；4月，丙。

    One empty piece where there are none, so that a sentence around it can be left out.
    """
    groups = [
        (when, [text for text, _ in own]) for when, own in groupby(items, lambda item: item[1])
    ]
    if not groups:
        return (told(""),)
    pieces: list[Piece] = []
    for when, texts in groups:
        if since(when):
            pieces.append(When(since(when)))
        elif pieces:
            pieces[-1] = "。"  # what is undated does not go with the date before
        for text in texts:
            pieces += [told(text), "；"]
    return (*pieces[:-1], "。")
