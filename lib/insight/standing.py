"""位次: where a place stands among its peers, as far as the wording of their figures allows.

A bound (低于70%) stands somewhere; the position is then a range, 第4至7, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib.catalog.metrics import METRIC_BY_ID, METRICS
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.queries.facts import Fact, FactBook

FEWEST = 3  # places with a figure: among two, a position says nothing
BOUNDED_BELOW = frozenset({"以上", "不少于", "超", "余"})
BOUNDED_ABOVE = frozenset({"以下", "低于", "近"})


@dataclass(frozen=True)
class Standing:
    """A place's figure among all places that gave one; `best` and `worst` bracket its position."""

    metric: str
    fact: Fact
    best: int
    worst: int
    peers: tuple[Fact, ...]

    @property
    def text(self) -> str:
        """For people: 第2（共7）, 并列第1（共7）, 第4至7（共7）; 由多到少 where fewer is better."""
        span = f"第{self.best}" if self.best == self.worst else f"第{self.best}至{self.worst}"
        if sum(_same(self.fact, fact) for fact in self.peers) > 1 and self.best == self.worst:
            span = f"并列{span}"
        low = METRIC_BY_ID[self.metric].direction == "lower"
        return f"{'由多到少' if low else ''}{span}（共{len(self.peers)}）"


def peers_of(book: FactBook, metric: str, place: str) -> tuple[Fact, ...]:
    """The figures of all places of one kind with `place`: districts, or departments."""
    of_department = place in DEPARTMENT_IDS
    found = [
        fact
        for fact in book.of(metric)
        if (fact.department if of_department else fact.district)
        in (DEPARTMENT_IDS if of_department else DISTRICT_IDS)
    ]
    return tuple(sorted(found, key=lambda fact: -fact.value))


def standing(book: FactBook, metric: str, place: str) -> Standing | None:
    """Where a place stands by size; None where it or too many others gave no figure."""
    peers = peers_of(book, metric, place)
    own = next((fact for fact in peers if place in (fact.department, fact.district)), None)
    if own is None or len(peers) < FEWEST:
        return None
    low, high = _range(own)
    surely = sum(_range(fact)[0] > high or _is_above(fact, own) for fact in peers)
    possibly = sum(_range(fact)[1] > low for fact in peers if fact is not own)
    return Standing(metric, own, surely + 1, possibly + 1, peers)


def _range(fact: Fact) -> tuple[Decimal, Decimal]:
    """The least and the most a figure can be by its wording; a rate is never over 100."""
    top = Decimal(100) if METRIC_BY_ID[fact.metric].basis == "rate" else Decimal("Infinity")
    if fact.qualifier in BOUNDED_BELOW:
        return fact.value, top
    if fact.qualifier in BOUNDED_ABOVE:
        return Decimal(0), fact.value
    return (Decimal(0), top) if fact.qualifier else (fact.value, fact.value)


def _is_above(one: Fact, other: Fact) -> bool:
    """Whether a figure is certainly more, where the ranges touch: 70 is over 低于70."""
    return other.qualifier == "低于" and _range(one)[0] >= other.value


def _same(one: Fact, other: Fact) -> bool:
    """Exact figures of one value share a position."""
    return one.qualifier is other.qualifier is None and one.value == other.value


def comparable(book: FactBook, places: Sequence[str]) -> list[str]:
    """The metrics that enough places of one kind gave, in declared order."""
    ids = set(places)
    counts: dict[str, int] = {}
    for fact in book:
        if (fact.department or fact.district) in ids:
            counts[fact.metric] = counts.get(fact.metric, 0) + 1
    return [metric.id for metric in METRICS if counts.get(metric.id, 0) >= FEWEST]
