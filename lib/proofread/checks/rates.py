"""比率: a rate beside the numbers it is made of (1029个事项，认领930个，认领率89.17%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from lib.insight.wording import number as shown
from lib.proofread.findings import Confidence
from lib.proofread.hits import Hit, Sum
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span
from lib.proofread.text import CJK

_RATE = re.compile(rf"(?P<stem>[{CJK}]{{2}})率(?:[{CJK}]{{0,4}}[为达至])?(?:到|了)?$")
# Rates of change, which are no shares: 由1200项压减到1050项，压减率12.5%.
_CHANGES = ("压减", "压缩", "精简", "减少", "缩短", "下降", "降低", "增长", "提升", "提高", "减免")
_MOST = 30  # numbers looked back on
_NO_PART = ("%", "个百分点", "位", "级", "")


def _numerators(passage: Passage, stem: str, rate: Number, begin: int) -> list[tuple[Number, str]]:
    """The numbers before the rate that its stem leads, with the noun between (认领事项930个)."""
    found = []
    for number in passage.between(begin, rate.start)[-_MOST:]:
        at = passage.bare.rfind(stem, max(begin, number.start - 12), number.start)
        noun = passage.bare[at + len(stem) : number.start] if at >= 0 else ""
        if at >= 0 and number.unit not in _NO_PART and re.fullmatch(f"[{CJK}“”]{{0,8}}", noun):
            found.append((number, noun))
    return found


def _wholes(passage: Passage, part: Number, noun: str, begin: int) -> list[Number]:
    """What the part may be of: larger numbers before it in its unit, of its noun where it has one."""
    found = [
        n
        for n in passage.between(begin, part.start)[-_MOST:]
        if n.unit == part.unit and n.value >= part.value
    ]
    if len(noun) < 2:
        return found
    near = [
        (passage.bare[max(begin, n.start - 8) : n.start], passage.bare[n.end : n.end + 10])
        for n in found
    ]
    return [n for n, (a, b) in zip(found, near, strict=True) if noun[-2:] in a or noun[-2:] in b]


def _share(part: Number, whole: Number, places: int, rounding: str) -> Decimal:
    exact = part.value / whole.value * 100
    return exact.quantize(Decimal(1).scaleb(-places), rounding)


def _agrees(part: Number, whole: Number, rate: Number) -> bool:
    return _share(part, whole, rate.places, ROUND_HALF_UP) == rate.value


def _hit(passage: Passage, part: Number, whole: Number, rate: Number) -> Hit:
    places = rate.places
    found = _share(part, whole, places, ROUND_HALF_UP)
    cut = _share(part, whole, places, ROUND_DOWN) == rate.value
    sure: Confidence = "可能" if cut else "很可能"
    tail = (
        "，所称未四舍五入"
        if cut
        else f"，与所称{rate.text}%差{shown(abs(found - rate.value))}个百分点"
    )
    return Hit(
        Span(passage, rate.start, rate.end),
        f"按{shown(part.value)}÷{shown(whole.value)}为{found}%{tail}",
        f"{found}%",
        sure,
        also=(Span(passage, part.start, part.end), Span(passage, whole.start, whole.end)),
        sum=Sum(rate.value, found, (part.value, whole.value)),
    )


def _checked(passage: Passage, rate: Number, stem: str, begin: int) -> Hit | None:
    pairs = [
        (part, whole)
        for part, noun in _numerators(passage, stem, rate, begin)
        if part.exact
        for whole in _wholes(passage, part, noun, begin)
        if whole.exact and whole.value
    ]
    if not pairs or any(_agrees(part, whole, rate) for part, whole in pairs):
        return None
    parts = {id(part) for part, _ in pairs}
    if len(parts) > 1:
        return None  # which of them is meant cannot be told
    largest = max(pairs, key=lambda pair: pair[1].value)
    return _hit(passage, *largest, rate)


def rates(reading: Reading) -> Iterator[Hit]:
    """Rates that the part and the whole told before them in the sentence do not give."""
    for passage in reading.stating:
        for begin, end in passage.sentences:
            for rate in passage.between(begin, end):
                led = _RATE.search(passage.bare, max(begin, rate.start - 14), rate.start)
                share = led and rate.unit == "%" and rate.exact and led["stem"] not in _CHANGES
                hit = _checked(passage, rate, led["stem"], begin) if led and share else None
                if hit:
                    yield hit
