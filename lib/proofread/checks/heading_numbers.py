"""标题编号: a heading's number that is empty, skipped or given twice; told from its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.proofread.hits import Hit
from lib.proofread.reading import Passage, Reading, Span

_FIRST = re.compile(r"\s*(?P<number>[一二三四五六七八九十]{1,3})、")
_SECOND = re.compile(r"\s*(?P<whole>（\s*(?P<number>[一二三四五六七八九十]{0,3})\s*）)\s*")
_DIGITS = "零一二三四五六七八九"
NUMERALS = tuple(
    f"{'' if tens == 1 else _DIGITS[tens] if tens else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"
    for tens in range(10)
    for ones in range(10)
)


@dataclass(frozen=True)
class _Numbered:
    """A heading: its level (1 for 一、, 2 for （一）), and its number, 0 where empty."""

    passage: Passage
    level: int
    value: int
    start: int
    end: int


def _numbered(passage: Passage) -> _Numbered | None:
    for level, form, group in ((1, _FIRST, "number"), (2, _SECOND, "whole")):
        match = form.match(passage.text)
        if match and match["number"] in ("", *NUMERALS):
            value = NUMERALS.index(match["number"]) if match["number"] else 0
            return _Numbered(passage, level, value, match.start(group), match.end(group))
    return None


def _written(level: int, value: int) -> str:
    return f"（{NUMERALS[value]}）" if level == 2 else NUMERALS[value]


def _hit(heading: _Numbered, expected: int) -> Hit:
    span = Span(heading.passage, heading.start, heading.end)
    mend = _written(heading.level, expected)
    if not heading.value:
        what = f"标题编号是空的，按前后次序应为“{mend}”"
        return Hit(span, what, mend, "确定" if expected > 1 else "很可能", mend)
    before = _written(heading.level, expected - 1) if expected > 1 else ""
    what = f"标题编号“{span.quoted}”前面是“{before}”" if before else f"第一个编号是“{span.quoted}”"
    return Hit(span, f"{what}，次序不连续，按次序应为“{mend}”", mend, "很可能")


def heading_numbers(reading: Reading) -> Iterator[Hit]:
    """Headings whose number is not the one after the heading before."""
    last = {1: 0, 2: 0}
    for passage in reading.passages:
        heading = _numbered(passage) if passage.role in ("heading", "body") else None
        if heading is None:
            continue
        expected = last[heading.level] + 1
        if heading.value != expected and expected < len(NUMERALS):
            yield _hit(heading, expected)
        last[heading.level] = heading.value or expected
        if heading.level == 1:
            last[2] = 0
