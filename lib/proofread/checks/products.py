"""每个与总数: 10个镇，每个镇10万元 beside 200万元."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.amounts import told
from lib.proofread.hits import Hit, Sum
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import CJK

_EACH = re.compile(rf"(?:每|平均每)(?P<unit>[个家名人户条件项处座所台])(?P<noun>[{CJK}]{{0,6}})")
_MONEY = ("元", "亩", "平方米", "分")
_BEFORE = 24
_MOST = 30  # numbers of a sentence in which one total can be told


def _each(passage: Passage, number: Number) -> re.Match[str] | None:
    """The 每个镇 that the number is for, in its clause."""
    near = max(0, number.start - _BEFORE)
    found = list(_EACH.finditer(passage.bare, near, number.start))
    if not found or "，" in passage.bare[found[-1].end() : number.start]:
        return None
    return found[-1]


def _count(passage: Passage, each: re.Match[str], zone: list[Number]) -> Number | None:
    """How many there are: the only number before with that unit, and that noun where one is said."""
    found = [
        n
        for n in zone
        if n.end <= each.start()
        and n.unit == each["unit"]
        and passage.bare.startswith(each["noun"][:2], n.end)
    ]
    return found[0] if len(found) == 1 and found[0].exact else None


def _hit(passage: Passage, total: Number, count: Number, each: Number) -> Hit:
    found = count.value * each.value
    return Hit(
        Span(passage, total.start, total.end),
        f"{told(count.value, count)}、每{count.unit}{told(each.value, each)}，合计{told(found, total)}"
        f"（{count.value:f}×{told(each.value, each)}），与所称{told(total.value, total)}差{told(abs(found - total.value), total)}",
        told(found, total),
        "很可能",
        also=(Span(passage, count.start, count.end), Span(passage, each.start, each.end)),
        sum=Sum(total.value, found, (count.value, each.value)),
    )


def products(reading: Reading) -> Iterator[Hit]:
    """Totals of one sentence that are not count times each."""
    for passage in reading.stating:
        for begin, end in passage.sentences:
            zone = passage.between(begin, end)
            for number in zone if len(zone) <= _MOST else ():
                each = _each(passage, number) if number.unit in _MONEY else None
                count = _count(passage, each, zone) if each else None
                totals = [n for n in zone if n.unit == number.unit and n is not number]
                if count is None or len(totals) != 1 or not (number.exact and totals[0].exact):
                    continue
                if count.value * number.value != totals[0].value:
                    yield _hit(passage, totals[0], count, number)
