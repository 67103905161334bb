"""成对标点: brackets, quotation marks and 《》 that open without closing, or close unopened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import PAIRS

_MARKS = re.compile("[" + "".join((*PAIRS, *PAIRS.values())) + "]")
_OPENED_BY = {closing: opening for opening, closing in PAIRS.items()}
# 1）opens an entry, and a document number that lost its 〕 is told on its own.
_ENTRY = re.compile(r"\s*(?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,3})）")
_NUMBER = re.compile(r"〔20\d\d\d{1,4}号|(?<!〔)20\d\d〕\d{1,4}号")


def _excused(passage: Passage) -> set[int]:
    entry = _ENTRY.match(passage.text)
    places = {at for m in _NUMBER.finditer(passage.text) for at in range(*m.span())}
    return places | ({entry.end() - 1} if entry else set())


def _unpaired(passage: Passage) -> Iterator[int]:
    """Places of the marks that have no partner; each kind is matched by itself."""
    opened: dict[str, list[int]] = {opening: [] for opening in PAIRS}
    excused = _excused(passage)
    for mark in _MARKS.finditer(passage.text):
        at = mark.start()
        if at in excused:
            continue
        if mark[0] in PAIRS:
            opened[mark[0]].append(at)
        elif opened[_OPENED_BY[mark[0]]]:
            opened[_OPENED_BY[mark[0]]].pop()
        else:
            yield at
    for places in opened.values():
        yield from places


def balance(reading: Reading) -> Iterator[Hit]:
    """The first few unpaired marks of each paragraph."""
    for passage in reading.passages:
        if passage.role == "frame":
            continue
        for at in sorted(_unpaired(passage))[:3]:
            mark = passage.text[at]
            other = PAIRS.get(mark) or _OPENED_BY[mark]
            what = f"“{mark}”没有对应的“{other}”"
            yield Hit(Span(passage, at, at + 1), what, "", "很可能")
