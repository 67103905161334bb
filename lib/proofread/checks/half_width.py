"""半角标点: Chinese text takes full-width marks; one finding a mark, so that they drown nothing.

Decimal points, thousands separators, clocks, addresses and Latin text keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.hits import Hit
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import CJK, FULL

_MARK = re.compile("[" + re.escape("".join(FULL)) + "]")
_STOP = re.compile(rf"(?<=[{CJK}”）])\.(?=\s*$|[{CJK}“（])")
_QUOTE = re.compile(rf'"[^"\n]{{0,60}}[{CJK}][^"\n]{{0,60}}"')
_LATIN = re.compile(r"[A-Za-z0-9]")


def _is_latin(text: str, at: int) -> bool:
    """Whether the mark stands between Latin letters or digits, as in a list of file names."""
    before, after = text[:at].rstrip(" ")[-1:], text[at + 1 : at + 3].lstrip(" ")[:1]
    return bool(_LATIN.match(before) and _LATIN.match(after))


def _marks(passage: Passage) -> Iterator[tuple[int, str]]:
    text = passage.paragraph.text
    for mark in _MARK.finditer(text):
        at = mark.start()
        near = text[max(0, at - 40) : at + 40]
        if passage.text[at] == FULL[mark[0]] and not _is_latin(near, min(at, 40)):
            yield at, mark[0]
    for stop in _STOP.finditer(text):
        yield stop.start(), "."


def _is_chinese(passage: Passage) -> bool:
    return passage.role != "frame" and bool(re.search(f"[{CJK}]", passage.text))


def half_width(reading: Reading) -> Iterator[Hit]:
    """Each kind of half-width mark once, with every other place where it stands."""
    found: dict[str, list[Span]] = {}
    for passage in filter(_is_chinese, reading.passages):
        for at, mark in _marks(passage):
            found.setdefault(mark, []).append(Span(passage, at, at + 1))
    for mark, spans in found.items():
        full = FULL.get(mark, "。")
        yield Hit(
            spans[0],
            f"半角“{mark}”共{len(spans)}处，中文里应用全角“{full}”",
            full,
            "确定",
            full,
            tuple(spans[1:]),
        )


def straight_quotes(reading: Reading) -> Iterator[Hit]:
    """Chinese words between straight quotation marks."""
    for passage in filter(_is_chinese, reading.passages):
        for match in _QUOTE.finditer(passage.paragraph.text):
            mend = f"“{match[0][1:-1]}”"
            yield Hit(Span(passage, *match.span()), "引号应用“”", mend, "确定", mend)
