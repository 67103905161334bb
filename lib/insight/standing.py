"""位次: where a place stands among its peers, as far as the wording of their figures allows.

A bound (低于70%) stands somewhere; the position is then a range, 第4至7, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.catalog.metrics import METRIC_BY_ID, METRICS
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.insight.bounds import exceeds
from lib.queries.facts import Fact, FactBook


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
        """For people: 第2（共7）, 第4至7（共7，界限）; 由多到少 where fewer is better."""
        exact = self.best == self.worst
        span = f"第{self.best}" if exact else f"第{self.best}至{self.worst}"
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
    """Where a place stands by size; None where it or everybody else gave no figure."""
    peers = peers_of(book, metric, place)
    own = next((fact for fact in peers if place in (fact.department, fact.district)), None)
    if own is None or len(peers) < 2:
        return None
    ahead = sum(exceeds(fact, own) for fact in peers)
    behind = sum(exceeds(own, fact) for fact in peers)
    ties = sum(_same(own, fact) for fact in peers if fact is not own)
    return Standing(metric, own, ahead + 1, len(peers) - behind - ties, peers)


def _same(one: Fact, other: Fact) -> bool:
    """Exact figures of one value share a position."""
    return one.qualifier is other.qualifier is None and one.value == other.value


def comparable(book: FactBook, places: Sequence[str]) -> list[str]:
    """The metrics that at least two places of one kind gave, in declared order."""
    ids = set(places)
    counts: dict[str, int] = {}
    for fact in book:
        if (fact.department or fact.district) in ids:
            counts[fact.metric] = counts.get(fact.metric, 0) + 1
    return [metric.id for metric in METRICS if counts.get(metric.id, 0) > 1]
