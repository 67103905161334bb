"""What a reconciliation rule found: both numbers, the arithmetic, and the rows behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.catalog.places import CITY, CITY_LEVEL
from lib.catalog.rosters import ROSTER_BY_ID
from lib.catalog.rules import Kind, Rule
from lib.queries.facts import Fact
from lib.queries.rosters import Member

Status = Literal["一致", "不一致", "缺明细", "口径说明"]
# In the order people should look at them.
STATUSES: tuple[Status, ...] = ("不一致", "缺明细", "口径说明", "一致")
_WIDE = {CITY.id, CITY_LEVEL.id}


@dataclass(frozen=True)
class Finding:
    """One rule's outcome: what was stated, what the details give, and how that was worked out."""

    rule: str
    name: str
    kind: Kind
    status: Status
    stated: str
    computed: str
    arithmetic: str
    resolver: str
    facts: tuple[Fact, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """The districts and departments it concerns; none where it is about the whole city."""
        figures = {fact.department or fact.district for fact in self.facts}
        named = {
            row.district if ROSTER_BY_ID[row.roster].member == "text" else row.member
            for row in self.members
        }
        return frozenset({place for place in figures | named if place} - _WIDE)

    @property
    def about(self) -> str:
        """The outcome in one line, the same as long as the figures are."""
        return f"{self.status}｜{self.stated}｜{self.computed}｜{self.arithmetic}"


def found(
    rule: Rule,
    status: Status,
    stated: str,
    computed: str,
    arithmetic: str,
    facts: tuple[Fact, ...] = (),
    members: tuple[Member, ...] = (),
) -> Finding:
    """A declared rule's outcome."""
    return Finding(
        rule.id, rule.name, rule.kind, status, stated, computed, arithmetic, rule.resolver,
        facts, members,
    )  # fmt: skip


def verdict(equal: bool) -> Status:
    """一致 or 不一致."""
    return "一致" if equal else "不一致"
