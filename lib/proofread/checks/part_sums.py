"""分项与合计: parts that are told with their total, and how many they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.proofread.amounts import spread, summed, told
from lib.proofread.chains import Chain, Part, chains
from lib.proofread.findings import Confidence
from lib.proofread.hits import Hit, Sum
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span

_NO_SUM = frozenset(
    ("", "%", "位", "级", "大", "年", "分钟", "小时", "个百分点", "倍", "个月", "天", "公里")
)
_MARKER = re.compile(
    r"(?P<partly>其中)?[，：]?\s*(?P<wholly>分别(?:为|是|有)?|依次(?:为|是)?|具体(?:为|是)|包括|：)?[，：]?\s*$"
)
_COMPARED = re.compile(
    r"(?:同比|环比|增长|增加|减少|下降|上升|较\S{0,8}|比\S{0,8}|去年\S{0,6}|上年\S{0,6})$"
)
_TOTAL = re.compile(r"(?:共计?|合计|总计?|总数|总数为|累计|全[市区县省]\S{0,12})(?:为|达|有)?$")
_PLACE = re.compile(r"^[^，、]{1,12}(?:市|区|县|旗|镇|乡|街道|局|委|办|中心|部门)")
_REST = re.compile("其他|其它|其余")
_NEAR = Decimal("0.01")


@dataclass(frozen=True)
class _Claim:
    """Parts with the total they are told with; `complete` where the words say these are all."""

    total: Number
    parts: Sequence[Part]
    complete: bool
    sure: Confidence


def _zone(passage: Passage, start: int) -> tuple[int, int]:
    """Where the total of parts that start there is told: in their sentence, or the one before."""
    at = passage.sentence(start)
    begin = passage.sentences[at][0]
    before = passage.bare[begin:start]
    if at and not _MARKER.sub("", before).strip():
        return passage.sentences[at - 1]
    return begin, start


def _candidates(passage: Passage, chain: Chain) -> list[Number]:
    begin, end = _zone(passage, chain.start)
    found = [n for n in passage.between(begin, end) if n.unit == chain.unit]
    return [n for n in found if not _COMPARED.search(passage.bare[max(0, n.start - 12) : n.start])]


def _count(passage: Passage, chain: Chain) -> Number | None:
    """The number of parts the text states (涉及16个部门), where it does."""
    begin, end = _zone(passage, chain.start)
    found = [
        n
        for n in passage.between(begin, end)
        if n.unit in ("个", "家")
        and re.match("市级|有关|相关|部门|单位|地区|辖|镇|街道|区|县", passage.bare[n.end :])
    ]
    return found[-1] if found and found[-1].exact and chain.unit not in ("个", "家") else None


def _led(passage: Passage, chain: Chain) -> _Claim | None:
    """Total first: 140件，涉及16个部门。其中，甲（31件）、乙（21件）."""
    totals = _candidates(passage, chain)
    marker = _MARKER.search(passage.bare, max(0, chain.start - 16), chain.start)
    partly, wholly = (bool(marker and marker[g]) for g in ("partly", "wholly"))
    if len(totals) != 1 or not (partly or wholly or chain.style == "bracketed"):
        return None
    count = _count(passage, chain)
    counted = count is not None and count.value == len(chain.parts)
    rest = any(_REST.search(part.name) for part in chain.parts)
    complete = counted or rest or not partly
    return _Claim(totals[0], chain.parts, complete, "确定" if counted or rest else "很可能")


def _inside(chain: Chain) -> _Claim | None:
    """The total as the first or last of the chain: 共120个，甲区35个、乙区25个; 甲5件、乙7件，共12件."""
    first, *others = chain.parts
    if len(others) < 2:
        return None
    last = chain.parts[-1]
    if _TOTAL.search(last.name) and last.number.exact:
        return _Claim(last.number, chain.parts[:-1], True, "确定")
    if re.search("共|合计|总|累计|全[市区县省]", first.name) and all(
        _PLACE.match(p.name) for p in others
    ):
        return _Claim(first.number, others, True, "很可能")
    return None


def _judged(claim: _Claim) -> Confidence | None:
    """How sure the parts do not add up; None where they do, or may."""
    numbers = [part.number for part in claim.parts]
    total, found = claim.total, summed(numbers)
    rough = not all(number.exact for number in (total, *numbers))
    if rough:
        over = found > total.value * Decimal("1.05") and total.qualifier in (
            "",
            "近",
            "低于",
            "以下",
        )
        return "很可能" if over else None
    if found == total.value:
        return None
    if found > total.value:
        return "确定" if claim.complete else "很可能"
    if claim.complete:
        return claim.sure
    near = total.value - found <= max(Decimal(1), total.value * _NEAR)
    return "可能" if near else None


def _told(claim: _Claim) -> str:
    numbers = [part.number for part in claim.parts]
    found = summed(numbers)
    gap = told(abs(found - claim.total.value), claim.total)
    stated = f"{claim.total.qualifier}{told(claim.total.value, claim.total)}"
    return (
        f"列明的{len(numbers)}项相加为{told(found, claim.total)}（{spread(numbers)}），"
        f"与所称{stated}差{gap}"
    )


def _hit(passage: Passage, claim: _Claim) -> Hit | None:
    sure = _judged(claim)
    if sure is None:
        return None
    numbers = [part.number for part in claim.parts]
    found = summed(numbers)
    return Hit(
        Span(passage, claim.total.start, claim.total.end),
        _told(claim),
        told(found, claim.total),
        sure,
        also=tuple(Span(passage, part.start, part.number.end) for part in claim.parts),
        sum=Sum(claim.total.value, found, tuple(number.value for number in numbers)),
    )


def part_sums(reading: Reading) -> Iterator[Hit]:
    """Totals that their parts do not add up to."""
    for passage in reading.stating:
        for chain in chains(passage):
            claim = None if chain.unit in _NO_SUM else _inside(chain) or _led(passage, chain)
            hit = _hit(passage, claim) if claim else None
            if hit:
                yield hit


def part_counts(reading: Reading) -> Iterator[Hit]:
    """How many parts are told beside how many are said to be: 涉及16个部门, and 15 of them."""
    for passage in reading.stating:
        for chain in chains(passage):
            count = _count(passage, chain)
            if count is None or count.value == len(chain.parts):
                continue
            totals = _candidates(passage, chain)
            marker = _MARKER.search(passage.bare, max(0, chain.start - 16), chain.start)
            partly = bool(marker and marker["partly"])
            whole = len(totals) == 1 and summed(chain.numbers) == totals[0].value
            few = count.value > len(chain.parts)
            if few and partly and not whole and count.value - len(chain.parts) > 1:
                continue
            listed = f"{len(chain.parts)}{count.unit}"
            gap = abs(int(count.value) - len(chain.parts))
            yield Hit(
                Span(passage, count.start, count.end),
                f"所称“{passage.bare[count.start : count.end + 2]}”，实际列了{listed}，相差{gap}{count.unit}",
                listed,
                "可能" if few and partly and not whole else "确定",
                also=(Span(passage, chain.start, chain.end),),
                sum=Sum(count.value, Decimal(len(chain.parts))),
            )
