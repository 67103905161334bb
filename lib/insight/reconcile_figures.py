"""Rules about figures alone: sums, plans, rates, parts, products and subsets."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from lib.catalog.places import CITY, DISTRICT_IDS, place_name
from lib.catalog.rules import (
    FigureRule,
    PartsRule,
    PlanRule,
    ProductRule,
    RatioRule,
    SubsetRule,
    SumRule,
    WithinRule,
)
from lib.insight.findings import Finding, Status, found, verdict
from lib.insight.wording import MISSING, computed, in_full, listed, number, percent, points
from lib.queries.facts import Fact, FactBook


def _plus(facts: Iterable[Fact]) -> str:
    return "＋".join(fact.value_text for fact in facts)


def _total(facts: Iterable[Fact]) -> Decimal:
    return sum((fact.value for fact in facts), Decimal(0))


def _details(book: FactBook, metric: str, over: str) -> list[Fact]:
    return [
        fact
        for fact in book.of(metric)
        if (fact.department is not None) == (over == "department") and fact.district != CITY.id
    ]


def _sum(rule: SumRule, book: FactBook) -> Finding | None:
    total = book.get(rule.metric)
    details = _details(book, rule.metric, rule.over)
    if total is None or not (details or rule.usual):
        return None
    if not details:
        return found(rule, "缺明细", in_full(total), MISSING, "没有明细", (total,))
    added = _total(details)
    arithmetic = f"{_plus(details)}＝{number(added)}"
    status = verdict(added == total.value)
    held = {fact.district for fact in details}
    absent = [place for place in DISTRICT_IDS if place not in held]
    if rule.over == "district" and absent and added < total.value:
        status = "缺明细"
        arithmetic += f"；没有数：{listed(map(place_name, absent))}"
    shown = computed(added, total.unit)
    return found(rule, status, in_full(total), shown, arithmetic, (total, *details))


def _plan(rule: PlanRule, book: FactBook) -> Finding | None:
    planned, upgraded = book.get(rule.planned), book.get(rule.upgraded)
    if planned is None or upgraded is None:
        return None
    stated = book.get(rule.added)
    added = _details(book, rule.added, "district") or ([stated] if stated else [])
    total = planned.value + _total(added)
    equal = total == upgraded.value
    terms = "＋".join(f"{place_name(fact.district)}新增{fact.value_text}" for fact in added)
    plan = f"计划{planned.value_text}"
    shown = computed(total, upgraded.unit)
    return found(
        rule, verdict(equal) if equal or added else "缺明细", in_full(upgraded), shown,
        f"{plan}＋{terms}＝{number(total)}" if added else f"{plan}，没有地区报新增数",
        (upgraded, planned, *added),
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
    return found(
        rule, verdict(rounded == rate.value), in_full(rate), shown,
        f"{top.value_text}÷{bottom.value_text}＝{shown}", (rate, top, bottom),
    )  # fmt: skip


def _parts(rule: PartsRule, book: FactBook) -> Finding | None:
    whole = book.get(rule.whole, rule.district)
    parts = [fact for metric in rule.parts if (fact := book.get(metric, rule.district))]
    if whole is None or not parts:
        return None
    total = _total(parts)
    agrees = total <= whole.value if rule.partial else total == whole.value
    status: Status = "缺明细" if len(parts) < len(rule.parts) else verdict(agrees)
    shown = computed(total, whole.unit)
    return found(
        rule, status, in_full(whole), shown + ("（只列举一部分）" if rule.partial else ""),
        f"{_plus(parts)}＝{shown}", (whole, *parts),
    )  # fmt: skip


def _product(rule: ProductRule, book: FactBook) -> Finding | None:
    total, count, each = (
        book.get(metric, rule.district) for metric in (rule.total, rule.count, rule.each)
    )
    if total is None or count is None or each is None:
        return None
    product = count.value * each.value
    shown = computed(product, total.unit)
    return found(
        rule, verdict(product == total.value), in_full(total), shown,
        f"{in_full(count)}×{in_full(each)}＝{shown}", (total, count, each),
    )  # fmt: skip


def _subset(rule: SubsetRule, book: FactBook) -> Finding | None:
    parts = [fact for fact in book.of(rule.part) if fact.department]
    pairs = [(fact, book.get(rule.whole, None, fact.department)) for fact in parts]
    outside = [(part, whole) for part, whole in pairs if whole is None or part.value > whole.value]
    if not parts:
        return None
    if not outside:
        both = tuple(fact for pair in pairs for fact in pair if fact)
        return found(rule, "一致", MISSING, MISSING, "逐部门均在其内", both)
    shown = "；".join(
        f"{place_name(fact.department)}超期{fact.value_text}、预警{whole.value_text if whole else MISSING}"
        for fact, whole in outside
    )
    return found(
        rule, "口径说明", MISSING, f"{len(outside)}个部门不在其内", f"{shown}。{rule.explanation}",
        tuple(fact for pair in outside for fact in pair if fact),
    )  # fmt: skip


def _within(rule: WithinRule, book: FactBook) -> Finding | None:
    facts: list[Fact] = []
    shown, outside = [], []
    for part in book.of(rule.part):
        if part.district == CITY.id and rule.of == "city":
            continue
        district = CITY.id if rule.of == "city" else part.district
        wholes = [fact for m in rule.wholes if (fact := book.get(m, district, part.department))]
        if len(wholes) < len(rule.wholes):
            continue
        place, whole = place_name(part.department or part.district), _total(wholes)
        sign = "≤" if part.value <= whole else "＞"
        sums = f"（{_plus(wholes)}）" if len(wholes) > 1 else ""
        shown.append(f"{place}{part.value_text}{sign}{number(whole)}{sums}")
        outside += [place] if part.value > whole else []
        facts += [part, *(fact for fact in wholes if fact not in facts)]
    if not facts:
        return None
    outcome = f"{listed(outside)}超出" if outside else "均在其内"
    return found(
        rule, verdict(not outside), MISSING, outcome, "；".join(shown), tuple(facts)
    )  # fmt: skip


def figure_finding(rule: FigureRule, book: FactBook) -> Finding | None:
    """A rule's outcome, or None where there is nothing to compare."""
    match rule:
        case SumRule():
            return _sum(rule, book)
        case PlanRule():
            return _plan(rule, book)
        case RatioRule():
            return _ratio(rule, book)
        case PartsRule():
            return _parts(rule, book)
        case ProductRule():
            return _product(rule, book)
        case SubsetRule():
            return _subset(rule, book)
        case WithinRule():
            return _within(rule, book)
