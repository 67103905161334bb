"""Reconciliation: every declared rule, with both numbers and the arithmetic. Nothing is corrected."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.catalog.rules import (
    RULES,
    PartsRule,
    ProductRule,
    RatioRule,
    Rule,
    SubsetRule,
    SumRule,
)
from lib.insight.wording import computed, in_full, number, percent, points
from lib.queries.facts import Fact, FactBook, fact_book
from lib.queries.snapshots import roster_members

Status = Literal["一致", "不一致", "缺明细", "口径说明"]


@dataclass(frozen=True)
class Finding:
    """One rule's outcome: what was stated, what the details give, and how that was worked out."""

    rule: str
    name: str
    status: Status
    stated: str
    computed: str
    arithmetic: str
    resolver: str
    facts: tuple[Fact, ...] = ()


def _verdict(equal: bool) -> Status:
    return "一致" if equal else "不一致"


def _plus(facts: list[Fact]) -> str:
    return "＋".join(fact.value_text for fact in facts)


def _sum(rule: SumRule, book: FactBook) -> Finding | None:
    total = book.get(rule.metric)
    details = [
        fact
        for fact in book.of(rule.metric)
        if (fact.department is not None) == (rule.over == "department")
        and fact.district not in ("city", "city_level")
    ]
    if total is None:
        return None
    if not details:
        return Finding(
            rule.id, rule.name, "缺明细", in_full(total), "—", "没有明细", rule.resolver, (total,)
        )
    found = sum((fact.value for fact in details), Decimal(0))
    return Finding(
        rule.id, rule.name, _verdict(found == total.value), in_full(total),
        computed(found, total.unit), f"{_plus(details)}＝{number(found)}",
        rule.resolver, (total, *details),
    )  # fmt: skip


def _ratio(rule: RatioRule, book: FactBook) -> Finding | None:
    rate, top, bottom = (
        book.get(metric, rule.district) for metric in (rule.rate, rule.numerator, rule.denominator)
    )
    if rate is None or top is None or bottom is None or not bottom.value:
        return None
    share = top.value / bottom.value
    places = len(rate.value_text.partition(".")[2])
    rounded = Decimal(points(share * 100, places))
    shown = percent(share, max(places, 2) if rounded != rate.value else places)
    return Finding(
        rule.id, rule.name, _verdict(rounded == rate.value), in_full(rate), shown,
        f"{top.value_text}÷{bottom.value_text}＝{shown}", rule.resolver, (rate, top, bottom),
    )  # fmt: skip


def _parts(rule: PartsRule, book: FactBook) -> Finding | None:
    whole = book.get(rule.whole, rule.district)
    parts = [fact for metric in rule.parts if (fact := book.get(metric, rule.district))]
    if whole is None or not parts:
        return None
    total = sum((fact.value for fact in parts), Decimal(0))
    agrees = total <= whole.value if rule.partial else total == whole.value
    status: Status = "缺明细" if len(parts) < len(rule.parts) else _verdict(agrees)
    shown = computed(total, whole.unit)
    return Finding(
        rule.id, rule.name, status, in_full(whole), shown + ("（只列举一部分）" if rule.partial else ""),
        f"{_plus(parts)}＝{shown}", rule.resolver, (whole, *parts),
    )  # fmt: skip


def _product(rule: ProductRule, book: FactBook) -> Finding | None:
    total, count, each = (
        book.get(metric, rule.district) for metric in (rule.total, rule.count, rule.each)
    )
    if total is None or count is None or each is None:
        return None
    found = count.value * each.value
    shown = computed(found, total.unit)
    return Finding(
        rule.id, rule.name, _verdict(found == total.value), in_full(total), shown,
        f"{in_full(count)}×{in_full(each)}＝{shown}", rule.resolver, (total, count, each),
    )  # fmt: skip


def _subset(rule: SubsetRule, book: FactBook) -> Finding | None:
    outside = []
    for fact in book.of(rule.part):
        whole = book.get(rule.whole, None, fact.department) if fact.department else None
        if fact.department and (whole is None or fact.value > whole.value):
            outside.append((fact, whole))
    if not book.of(rule.part):
        return None
    if not outside:
        return Finding(rule.id, rule.name, "一致", "—", "—", "逐部门均在其内", rule.resolver)
    shown = "；".join(
        f"{place_name(fact.department)}超期{fact.value_text}、预警{whole.value_text if whole else '—'}"
        for fact, whole in outside
    )
    facts = tuple(f for pair in outside for f in pair if f is not None)
    return Finding(
        rule.id, rule.name, "口径说明", "—", f"{len(outside)}个部门不在其内",
        f"{shown}。{rule.explanation}", rule.resolver, facts,
    )  # fmt: skip


def _rosters(release_id: str, period: str, book: FactBook) -> list[Finding]:
    members: dict[str, list[str]] = defaultdict(list)
    complete: dict[str, bool] = {}
    for row in roster_members(release_id, period).to_pylist():
        members[row["roster"]].append(row["member"])
        complete[row["roster"]] = row["complete"]
    findings = []
    for roster_id, names in members.items():
        roster = ROSTER_BY_ID[roster_id]
        stated = next(iter(book.of(f"roster_{roster_id}")), None)
        if stated is None:
            continue
        equal = stated.value == len(names)
        status: Status = _verdict(equal) if complete[roster_id] or equal else "缺明细"
        findings.append(
            Finding(
                f"roster_{roster_id}",
                f"名单：{roster.name}",
                status,
                in_full(stated),
                f"{len(names)}{stated.unit or ''}",
                f"列名{len(names)}，所称{stated.value_text}",
                "市政务办",
                (stated,),
            )
        )
    return findings


def _evaluate(rule: Rule, book: FactBook) -> Finding | None:
    match rule:
        case SumRule():
            return _sum(rule, book)
        case RatioRule():
            return _ratio(rule, book)
        case PartsRule():
            return _parts(rule, book)
        case ProductRule():
            return _product(rule, book)
        case SubsetRule():
            return _subset(rule, book)


@lru_cache(maxsize=64)
def _reconciled(release_id: str, period: str, book: FactBook) -> tuple[Finding, ...]:
    found = [finding for rule in RULES if (finding := _evaluate(rule, book))]
    return (*found, *_rosters(release_id, period, book))


def reconcile(release_id: str, period: str) -> tuple[Finding, ...]:
    """Every rule that has figures to compare, in declared order, then the rosters."""
    return _reconciled(release_id, period, fact_book(release_id, period))
