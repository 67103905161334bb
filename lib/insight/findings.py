"""What a reconciliation rule found: both numbers, the arithmetic, and the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lib.catalog.metrics import in_words_of
from lib.catalog.places import CITY, CITY_LEVEL
from lib.catalog.rosters import ROSTER_BY_ID
from lib.catalog.rules import Kind, Rule
from lib.insight.status import Light
from lib.queries.facts import Fact
from lib.queries.rosters import Member
from lib.selection import Selection

Status = Literal["一致", "不一致", "缺明细", "口径说明"]
# In the order people should look at them.
STATUSES: tuple[Status, ...] = ("不一致", "缺明细", "口径说明", "一致")
LIGHTS: dict[Status, Light] = {
    "不一致": Light("不一致", "≠", "orange"),
    "缺明细": Light("缺明细", "○", "gray"),
    "口径说明": Light("口径说明", "◆", "blue"),
    "一致": Light("一致", "✔", "green"),
}
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
    """A declared rule's outcome, named in the words of the period it is about."""
    period = next((known.period for known in facts), "")  # lists alone name no site
    return Finding(
        rule.id, in_words_of(rule.name, period), rule.kind, status, stated, computed, arithmetic, rule.resolver,
        facts, members,
    )  # fmt: skip


def verdict(equal: bool) -> Status:
    """一致 or 不一致."""
    return "一致" if equal else "不一致"


def concerning(findings: Iterable[Finding], selection: Selection) -> tuple[Finding, ...]:
    """Those about a chosen district or department, and those about the whole city.

    What people should look at comes first; otherwise in declared order.
    """
    chosen = {*selection.chosen_districts, *selection.chosen_departments}
    kept = [f for f in findings if not chosen or not f.places or f.places & chosen]
    return tuple(sorted(kept, key=lambda finding: STATUSES.index(finding.status)))


def tally(findings: Sequence[Finding]) -> str:
    """How many rules were compared, and how they came out."""
    counts = dict.fromkeys(("一致", "不一致", "缺明细", "口径说明"), 0)
    for finding in findings:
        counts[finding.status] += 1
    return f"{len(findings)}条规则：" + "，".join(f"{name}{n}" for name, n in counts.items())
