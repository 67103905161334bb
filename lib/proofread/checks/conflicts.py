"""前后矛盾: the same words about the same place with two different numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.proofread.hits import Hit, Sum
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import CJK

_SUBJECT = re.compile(
    rf"(?:\s*(?:截至|截止)?(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:底|末|中旬|\d{{1,2}}日)?|上半年|下半年|目前|今年以来|其中)?"
    rf"(?P<subject>全[市区县省]|我[市区县省]|市本级|[{CJK}]{{2,8}}?(?:市|区|县|旗|局|委|办))(?:(?P<rest>[{CJK}“”]{{3,20}})$)"
)
_TAIL = re.compile("(?:仅)?(?:为|达到|达|有|共|已|了|到|至)+$")
_OTHER_TIME = re.compile("同比|环比|去年|上年|上半年末|年初|计划|目标|较|比|增长|下降|提高|其中")
_SHORTEST = 3


@dataclass(frozen=True)
class _Statement:
    """A subject's number under its words, with the time words of its sentence."""

    passage: Passage
    number: Number
    times: frozenset[str]


_TIME = re.compile(r"20\d\d年|\d{1,2}月|[一二三四]季度|[上下]半年|全年")
Key = tuple[str, str, str]


def _statements(passage: Passage) -> Iterator[tuple[Key, _Statement]]:
    for begin, end in passage.clauses:
        numbers = passage.between(begin, end)
        if not numbers or not numbers[0].exact or not numbers[0].unit:
            continue
        lead = passage.bare[begin : min(numbers[0].start, begin + 60)]
        match = _SUBJECT.match(lead)
        if match is None or _OTHER_TIME.search(passage.bare, begin, numbers[0].start):
            continue
        words = _TAIL.sub("", match["rest"])
        if len(words) >= _SHORTEST:
            times = frozenset(_TIME.findall(passage.bare[max(0, begin - 40) : begin] + lead))
            key = (match["subject"], words, numbers[0].unit)
            yield key, _Statement(passage, numbers[0], times)


def _hit(key: Key, first: _Statement, later: _Statement) -> Hit:
    subject, words, unit = key
    return Hit(
        Span(later.passage, later.number.start, later.number.end),
        f"{subject}“{words}”在第{first.passage.paragraph.number}段是{first.number.text}{unit}，"
        f"此处是{later.number.text}{unit}，前后不一致",
        "",
        "很可能",
        also=(Span(first.passage, first.number.start, first.number.end),),
        sum=Sum(later.number.value, first.number.value),
    )


def conflicts(reading: Reading) -> Iterator[Hit]:
    """Later statements that differ from the first one of the same words, place, unit and time."""
    firsts: dict[Key, _Statement] = {}
    for passage in reading.stating:
        for key, statement in _statements(passage):
            first = firsts.setdefault(key, statement)
            differs = first.number.value != statement.number.value
            same_time = first.times == statement.times or not (first.times and statement.times)
            if differs and same_time:
                yield _hit(key, first, statement)
