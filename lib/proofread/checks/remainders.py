"""剩余: 已接入45项（共76项），仍有31项未接入: the rest is the whole less what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.insight.wording import number as shown
from lib.proofread.amounts import told as amount
from lib.proofread.hits import Hit, Sum
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import CJK

_MOST = 30  # numbers of a sentence in which one whole can be told
_REST = re.compile("(?:仍有|还有|尚有|尚余|剩余|还剩|余下|剩下)$")
_DONE = re.compile(rf"已(?:经)?[{CJK}]{{0,6}}$")
_WHOLE = re.compile(rf"(?:共|总计|总共|合计|应|计划|目标|任务)[{CJK}]{{0,6}}$")


def _led(passage: Passage, numbers: list[Number], lead: re.Pattern[str]) -> list[Number]:
    return [n for n in numbers if lead.search(passage.bare, max(0, n.start - 10), n.start)]


def _hit(passage: Passage, whole: Number, done: Number, rest: Number) -> Hit:
    found = whole.value - done.value
    return Hit(
        Span(passage, rest.start, rest.end),
        f"{shown(whole.value)}－{shown(done.value)}＝{amount(found, rest)}，与所称{amount(rest.value, rest)}"
        f"差{amount(abs(found - rest.value), rest)}",
        amount(found, rest),
        "很可能",
        also=(Span(passage, whole.start, whole.end), Span(passage, done.start, done.end)),
        sum=Sum(rest.value, found, (whole.value, done.value)),
    )


def remainders(reading: Reading) -> Iterator[Hit]:
    """Rests of a sentence that are not the one whole less the one done."""
    for passage in reading.stating:
        for begin, end in passage.sentences:
            zone = passage.between(begin, end)
            for rest in _led(passage, zone, _REST) if len(zone) <= _MOST else ():
                before = [
                    n for n in zone if n.end <= rest.start and n.unit == rest.unit and n.exact
                ]
                done, whole = _led(passage, before, _DONE), _led(passage, before, _WHOLE)
                told = len(done) == len(whole) == 1 and done != whole and rest.exact
                if told and whole[0].value - done[0].value != rest.value:
                    yield _hit(passage, whole[0], done[0], rest)
