"""名单与个数: a list beside the number of its items (22个部门, 六个方面, 四级)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lib.proofread.findings import Confidence
from lib.proofread.hits import Hit, Sum
from lib.proofread.lists import Listing, list_after, list_before
from lib.proofread.nouns import noun_after
from lib.proofread.numbers import Number
from lib.proofread.reading import Passage, Reading, Span

_LISTED = "部门|单位|地区|方面|阶段|环节|领域|层级|版块|板块|栏目|维度|要素|街道|社区|乡镇|镇|辖市|区县|县区|城市|省市|类别|步骤|专栏|渠道|试点"
_NOUN = re.compile(rf"(?:{_LISTED})$|^(?:市级|有关|相关)?(?:{_LISTED})")
_COUNTING = frozenset(
    ["个", "大", "级", "类", "家", "项", "种", "地", "市", "区", "名", "条", "份", "大类", "方面"]
)
# Units that by themselves say that what stands before is the whole list.
_CLOSING = frozenset({"大", "级", "地", "市", "方面"})
_BEHIND = re.compile(
    r"[^，。：；、\d]{0,12}(?:[，：。]\s*(?:其中[，：]?)?(?:分别|依次|具体|即)(?:为|是|有)?[，：]?|[，]?包括[：]?|：)"
)
# Before a number that is of the noun, not of the list: 两街道全部12个社区.
_APART = re.compile("(?:全部|所有|共|各|每|的|了|达|有|内|下辖|下属|所辖)$")
_DIGIT = re.compile(r"\d")
_MOST = 200


def _is_whole(passage: Passage, number: Number) -> bool:
    """Whether a list directly before a number, without 等, is what the number counts."""
    noun = noun_after(passage, number)
    words = not number.text.isdigit()
    if _APART.search(passage.bare, max(0, number.start - 3), number.start):
        return False
    if number.unit in _CLOSING:
        return True
    if number.unit == "家":
        return words
    return number.unit in _COUNTING and bool(_NOUN.search(noun))


def _sure(listing: Listing, count: int, whole: bool) -> Confidence | None:
    """How sure a differing length is an error; examples before 等 may be few."""
    short = count - listing.most
    if whole or short < 0:
        return "很可能" if listing.names_organs else "可能"
    if listing.fewest >= 3 and short <= max(1, count // 10):
        return "很可能" if listing.names_organs and listing.fewest >= 5 else "可能"
    return None


def _hit(passage: Passage, number: Number, listing: Listing, sure: Confidence, stated: str) -> Hit:
    listed = listing.fewest if number.value < listing.fewest else listing.most
    expected = f"{listed}{number.unit}"
    gap = abs(int(number.value) - listed)
    what = f"所称“{stated}”，实际列了{expected}，相差{gap}{number.unit}"
    return Hit(
        Span(passage, number.start, number.end),
        what,
        expected,
        sure,
        also=(Span(passage, listing.start, listing.end),),
        sum=Sum(number.value, number.value.__class__(listed)),
    )


def _stated(passage: Passage, number: Number) -> str:
    return passage.bare[number.start : number.end] + noun_after(passage, number)[:8]


def _before(passage: Passage, number: Number) -> Hit | None:
    """甲、乙等14个部门, or 甲、乙、丙三个阶段."""
    open_end = passage.bare[number.start - 1 : number.start] == "等"
    listing = list_before(passage, number.start - open_end)
    if listing is None or listing.fits(int(number.value)):
        return None
    spelled = listing.is_quoted and not number.text.isdigit()
    if not (open_end or spelled or _is_whole(passage, number)):
        return None
    sure = _sure(listing, int(number.value), whole=not open_end)
    return _hit(passage, number, listing, sure, _stated(passage, number)) if sure else None


def _after(passage: Passage, number: Number) -> Hit | None:
    """16个部门，分别为甲、乙."""
    lead = _BEHIND.match(passage.bare, number.end)
    if lead is None or "其中" in lead[0]:
        return None
    listing = list_after(passage, lead.end())
    if listing is None or _DIGIT.search(passage.bare, listing.start, listing.end):
        return None  # parts with numbers: see `part_sums`
    if listing.fits(int(number.value)):
        return None
    sure: Confidence = "确定" if listing.names_organs else "很可能"
    return _hit(passage, number, listing, sure, _stated(passage, number))


def list_lengths(reading: Reading) -> Iterator[Hit]:
    """Lists whose length is not the stated one."""
    for passage in reading.stating:
        for number in passage.numbers:
            whole = number.value == int(number.value) and 2 <= number.value <= _MOST
            if not whole or not number.exact or number.unit not in _COUNTING:
                continue
            hit = _before(passage, number) or _after(passage, number)
            if hit:
                yield hit


def repeated_members(reading: Reading) -> Iterator[Hit]:
    """A name that stands twice in one list of departments or places."""
    for passage in reading.stating:
        for number in passage.numbers:
            open_end = passage.bare[number.start - 1 : number.start] == "等"
            listing = list_before(passage, number.start - open_end)
            if listing is None or not listing.names_organs:
                continue
            seen: set[str] = set()
            for item in listing.items:
                if item in seen:
                    at = passage.bare.rfind(item, listing.start, listing.end)
                    what = f"“{item}”在同一名单里列了两次"
                    yield Hit(Span(passage, at, at + len(item)), what, "", "确定")
                seen.add(item)
