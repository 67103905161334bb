"""计划与新增: 计划50个 and 51个（溧阳新增1个）: what was planned plus what was added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.amounts import spread, summed, told
from lib.proofread.hits import Hit, Sum
from lib.proofread.nouns import noun_after, same_noun
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import brackets

_PLAN = re.compile("计划|目标|任务")
_ADDED = re.compile(r"新增(?:了)?$")
_NOUN_LENGTH = 24
_BACK = 3  # how many sentences before


def _added(passage: Passage, start: int, end: int) -> list[Number]:
    """The numbers of a bracket that says only what was added."""
    inside = passage.between(start, end)
    told = [n for n in inside if _ADDED.search(passage.bare, max(0, n.start - 4), n.start)]
    return told if told and len(told) == len(inside) else []


def _planned(passage: Passage, number: Number) -> Number | None:
    """The number of the same noun in the sentence about the plan; none where there are several."""
    noun, here = noun_after(passage, number), passage.sentence(number.start)
    found = [
        n
        for a, b in passage.sentences[max(0, here - _BACK) : here + 1]
        if _PLAN.search(passage.bare, a, b)
        for n in passage.between(a, b)
        if n.end <= number.start and n.unit == number.unit and n.exact
        if same_noun(noun_after(passage, n), noun)
    ]
    return found[0] if len(found) == 1 else None


def _hit(passage: Passage, planned: Number, added: list[Number], whole: Number) -> Hit:
    found = planned.value + summed(added)
    parts = [planned, *added]
    return Hit(
        Span(passage, whole.start, whole.end),
        f"计划{told(planned.value, planned)}加新增相加为{told(found, whole)}（{spread(parts)}），"
        f"与所称{told(whole.value, whole)}差{told(abs(found - whole.value), whole)}",
        told(found, whole),
        "很可能",
        also=tuple(Span(passage, n.start, n.end) for n in parts),
        sum=Sum(whole.value, found, tuple(n.value for n in parts)),
    )


def plans(reading: Reading) -> Iterator[Hit]:
    """Numbers that are not the planned ones plus those added in the bracket behind them."""
    for passage in reading.stating:
        closed = brackets(passage.bare)
        for number in passage.numbers:
            opened = passage.bare.find("（", number.end, number.end + _NOUN_LENGTH)
            if opened not in closed or "，" in passage.bare[number.end : opened]:
                continue
            added = _added(passage, opened, closed[opened])
            planned = _planned(passage, number) if added else None
            if planned and planned.value + summed(added) != number.value:
                yield _hit(passage, planned, added, number)
