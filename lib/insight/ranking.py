"""Who leads and who trails: for each comparable figure, the best and the ones behind.

A bound is not a point: it can put a place behind, never in front. Missing ranks nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lib.catalog.metrics import METRIC_BY_ID, Metric
from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.insight.wording import MISSING, in_short, listed
from lib.queries.facts import Fact, FactBook
from lib.queries.rosters import roster_members
from lib.selection import Selection

Dimension = Literal["district", "department"]
DISTRICT_METRICS = ("power_claim_rate", "faceless_rate", "instant_rate")
DEPARTMENT_METRICS = ("overdue_count", "warning_count", "behaviour_coverage", "supervision_adopted")
_TOP = 3


@dataclass(frozen=True)
class Ranking:
    """One metric's ends. `rule` says how they were chosen."""

    metric: str
    name: str
    best: tuple[Fact, ...]
    worst: tuple[Fact, ...]
    benchmark: Fact | None
    rule: str

    @property
    def best_text(self) -> str:
        """For people: places with figures."""
        return _named(self.best)

    @property
    def worst_text(self) -> str:
        """For people: places with figures."""
        return _named(self.worst)


def _place(fact: Fact) -> str:
    return place_name(fact.department or fact.district)


def _named(facts: tuple[Fact, ...]) -> str:
    """Places sharing a figure share its mention: 新北区、天宁区 <70%."""
    groups: dict[str, list[str]] = {}
    for fact in facts:
        groups.setdefault(in_short(fact), []).append(_place(fact))
    return "；".join(f"{listed(places)} {figure}" for figure, places in groups.items()) or MISSING


def _worst(metric: Metric, facts: list[Fact], benchmark: Fact | None) -> tuple[list[Fact], str]:
    if metric.direction == "lower":
        ordered = sorted(facts, key=lambda fact: -fact.value)
        return [f for f in ordered[:_TOP] if f.value > 1], f"数值最高的{_TOP}个"
    if benchmark is not None:
        behind = [f for f in facts if f.value < benchmark.value and f.qualifier != "以上"]
        return sorted(behind, key=lambda f: f.value), f"低于全市平均（{in_short(benchmark)}）"
    uppers = [f for f in facts if f.qualifier in ("低于", "以下")]
    return uppers, "只报了上界（低于、以下）的"


def _best(metric: Metric, facts: list[Fact], benchmark: Fact | None) -> list[Fact]:
    floor = benchmark.value if benchmark else Decimal(0)
    exact = [fact for fact in facts if fact.qualifier is None and fact.value >= floor]
    if metric.direction == "lower" or not exact:
        return []  # what was not reported may be zero or missing: nobody can be called best
    top = max(fact.value for fact in exact)
    return [fact for fact in exact if fact.value == top]


def rank(book: FactBook, metric_id: str, dimension: Dimension, places: tuple[str, ...]) -> Ranking:
    """The ends of one metric among the places given."""
    metric = METRIC_BY_ID[metric_id]
    facts = [fact for fact in book.of(metric_id) if getattr(fact, dimension) in places]
    benchmark = book.get(metric_id) if metric.basis == "rate" else None
    best = _best(metric, facts, benchmark)
    worst, rule = _worst(metric, [fact for fact in facts if fact not in best], benchmark)
    return Ranking(metric_id, metric.name, tuple(best), tuple(worst), benchmark, rule)


@dataclass(frozen=True)
class Mentions:
    """How often a place is named in lists that read badly."""

    place: str
    rosters: tuple[str, ...]

    @property
    def text(self) -> str:
        """For people: 市教育局 4张."""
        return f"{place_name(self.place)} {len(self.rosters)}张"


def most_mentioned(selection: Selection, dimension: Dimension) -> tuple[Mentions, ...]:
    """The chosen places named in the most 落后 lists, three and whoever ties with the third, in catalog order."""
    places = selection.districts if dimension == "district" else selection.departments
    named: dict[str, list[str]] = {place: [] for place in places}
    for row in roster_members(selection.release_id, selection.period).to_pylist():
        roster = ROSTER_BY_ID[row["roster"]]
        if roster.tone == "concern" and roster.member == dimension and row["member"] in named:
            named[row["member"]].append(roster.id)
    ordered = sorted(named.items(), key=lambda item: -len(item[1]))
    least = len(ordered[_TOP - 1][1]) if len(ordered) >= _TOP else 1
    return tuple(Mentions(place, tuple(ids)) for place, ids in ordered if len(ids) >= max(least, 1))


def share_of_top(facts: list[Fact], total: Decimal, top: int) -> tuple[list[Fact], Decimal]:
    """The `top` largest facts and their share (0 to 1) of a total."""
    largest = sorted(facts, key=lambda fact: -fact.value)[:top]
    return largest, sum((fact.value for fact in largest), Decimal(0)) / total
