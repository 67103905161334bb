"""What a figure's wording says for certain: 85%以上 is at least 85, 低于70% is under 70, 约 says neither."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from lib.queries.facts import Fact

Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about"]
_FROM = frozenset({None, "", "以上", "不少于", "超", "余"})
_UP_TO = frozenset({None, "", "以下", "低于", "近"})


def at_least(fact: Fact, bound: Decimal | int) -> bool:
    """Whether the figure is certainly `bound` or more."""
    return fact.qualifier in _FROM and fact.value >= bound


def at_most(fact: Fact, bound: Decimal | int) -> bool:
    """Whether the figure is certainly `bound` or less."""
    return fact.qualifier in _UP_TO and fact.value <= bound


def over(fact: Fact, bound: Decimal | int) -> bool:
    """Whether the figure is certainly more than `bound`."""
    return at_least(fact, bound) and (fact.value > bound or fact.qualifier == "超")


def under(fact: Fact, bound: Decimal | int) -> bool:
    """Whether the figure is certainly less than `bound`."""
    return at_most(fact, bound) and (fact.value < bound or fact.qualifier == "低于")


def exceeds(one: Fact, other: Fact) -> bool:
    """Whether one figure is certainly more than another."""
    known = one.qualifier in _FROM and other.qualifier in _UP_TO
    open_end = one.qualifier == "超" or other.qualifier == "低于"
    return known and (one.value > other.value or (one.value == other.value and open_end))


def no_more(one: Fact, other: Fact) -> bool:
    """Whether one figure is certainly no more than another."""
    known = one.qualifier in _UP_TO and other.qualifier in _FROM
    return known and one.value <= other.value


def bound(qualifier: str | None) -> Bound:
    """What a figure with this qualifier says for certain of the true one: 约 nothing, so it is `about`."""
    if not qualifier:
        return "exact"
    if qualifier in _FROM:
        return "more_than" if qualifier == "超" else "at_least"
    if qualifier in _UP_TO:
        return "less_than" if qualifier == "低于" else "at_most"
    return "about"
