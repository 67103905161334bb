"""The headline cards of 总览: whose figure, its light, and lines of detail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from lib.catalog.metrics import METRIC_BY_ID, in_words_of
from lib.catalog.periods import parse_period
from lib.catalog.places import place_name
from lib.insight.status import ABSENT, NO_TARGET, Light, limit_light, pace, progress_light
from lib.insight.trend import change, earlier, point
from lib.insight.wording import MISSING, computed, in_full, in_short, percent
from lib.queries.facts import Fact, FactBook
from lib.selection import Selection


@dataclass(frozen=True)
class Card:
    """One headline figure: value, light, and lines of detail.

    scope: whose figure it is, always said: 全市, 市本级, or the chosen places.
    """

    title: str
    metric: str
    value: str
    unit: str
    light: Light
    lines: tuple[str, ...]
    scope: str
    facts: tuple[Fact, ...]


def cards(book: FactBook, selection: Selection) -> tuple[Card, ...]:
    """The cards a release's period has figures for, in their order."""
    found = (
        _centers(book, selection),
        _staff(book, selection),
        _online("网办预警", "warning_count", book, selection),
        _online("网办超期", "overdue_count", book, selection),
        _mobile(book),
        _supervision(book),
    )
    return tuple(_with_change(card, selection) for card in found if card)


def _missing(
    title: str, metric: str, whole: str, selection: Selection, facts: tuple[Fact, ...]
) -> Card:
    lines = ("本期未分区报送", f"全市 {whole}")
    return Card(
        title,
        metric,
        MISSING,
        "",
        ABSENT,
        lines,
        selection.district_scope,
        facts,
    )


def _progress_card(
    title: str, rate_id: str, book: FactBook, extra: tuple[str, ...] = ()
) -> Card | None:
    rate = METRIC_BY_ID[rate_id]
    assert rate.ratio is not None
    done, goal = (book.get(metric) for metric in rate.ratio)
    if done is None or goal is None or not goal.value:
        return None
    share = done.value / goal.value
    light = progress_light(share, done)
    lines = (f"目标 {in_short(goal)}，完成 {percent(share)}", pace(light, done), *extra)
    return Card(
        title, rate.ratio[0], done.value_text, done.unit or "", light, lines, "全市", (done, goal)
    )


def _centers(book: FactBook, selection: Selection) -> Card | None:
    if selection.chosen_districts:
        facts = [
            fact
            for level in ("county", "town", "village", "point")
            for district in selection.districts
            if (fact := book.get(f"center_{level}_upgraded", district))
        ]
        total = sum((fact.value for fact in facts), Decimal(0)) if facts else None
        lines = ("提升范围，不是完成数", "完成数本期未分区报送")
        return Card(
            "服务阵地提升范围", "center_point_upgraded", computed(total, ""), "个", NO_TARGET,
            lines, selection.district_scope, tuple(facts),
        )  # fmt: skip
    county = book.get("center_county_completed")
    others = f"政务服务中心基本完成{in_full(county)}"
    title = in_words_of("便利站实体运转", selection.period)
    return _progress_card(title, "center_point_completed_rate", book, (others,))


def _staff(book: FactBook, selection: Selection) -> Card | None:
    card = _progress_card("“畅通办”专员培育", "staff_trained_rate", book)
    if card is None or not selection.chosen_districts:
        return card
    reported = [f for d in selection.districts if (f := book.get("staff_trained", d))]
    if not reported:
        whole = f"{card.value}{card.unit}，{card.lines[0]}"
        return _missing(card.title, card.metric, whole, selection, card.facts)
    total = sum((fact.value for fact in reported), Decimal(0))
    lines = (f"{len(reported)}个地区有数", f"全市 {card.value}{card.unit}")
    return Card(
        card.title, card.metric, computed(total, ""), card.unit, NO_TARGET, lines,
        selection.district_scope, tuple(reported),
    )  # fmt: skip


def _limit(metric: str, value: Decimal) -> Light:
    limit = METRIC_BY_ID[metric].target
    return limit_light(value, Decimal(str(limit))) if isinstance(limit, int | float) else NO_TARGET


def _online(title: str, metric: str, book: FactBook, selection: Selection) -> Card | None:
    stated = book.get(metric)
    if stated is None:
        return None
    details = [f for f in book.of(metric) if f.department in selection.departments]
    largest = max(details, key=lambda fact: fact.value, default=None)
    most = f"最多：{place_name(largest.department)} {in_full(largest)}" if largest else ""
    unit = stated.unit or ""
    if selection.chosen_departments:
        total = sum((fact.value for fact in details), Decimal(0)) if details else None
        light = ABSENT if total is None else _limit(metric, total)
        lines = (f"{len(details)}个所选部门有数", most, f"全市 {in_full(stated)}")
        scope, shown, facts = selection.department_scope, computed(total, ""), tuple(details)
    else:
        light, scope, shown = _limit(metric, stated.value), "全市", stated.value_text
        remark = stated.note if METRIC_BY_ID[metric].target == 0 else ""
        lines = (f"涉及{len(details)}个部门", most, remark or "")
        facts = (stated, *details)
    return Card(title, metric, shown, unit, light, tuple(filter(None, lines)), scope, facts)


def _supervision(book: FactBook) -> Card | None:
    rate = book.get("supervision_claim_rate", "city_level")
    if rate is None:
        return None
    place = book.get("supervision_claim_rank", "city_level")
    claimed, items = (
        book.get(metric, "city_level")
        for metric in ("supervision_claimed_items", "supervision_items")
    )
    lines = (
        f"全省{place.value_text}" if place else "无排名",
        f"认领{in_full(claimed)}，共{in_full(items)}",
    )
    facts = tuple(filter(None, (rate, place, claimed, items)))
    return Card(
        "监管事项认领率",
        rate.metric,
        rate.value_text,
        rate.unit or "",
        NO_TARGET,
        lines,
        "市本级",
        facts,
    )


def _mobile(book: FactBook) -> Card | None:
    done, total, pending, place = (
        book.get(f"mobile_standard_{name}") for name in ("connected", "total", "pending", "rank")
    )
    if done is None or total is None or not total.value:
        return None
    share = done.value / total.value
    lines = (
        f"共{in_full(total)}，接入 {percent(share)}",
        f"还有{in_full(pending)}未接入" if pending else "",
        f"居全省{place.value_text}" if place else "",
    )
    return Card(
        "移动端标准应用接入", done.metric, done.value_text, done.unit or "",
        progress_light(share, done), tuple(filter(None, lines)), "全市",
        tuple(filter(None, (done, total, pending, place))),
    )  # fmt: skip


def _with_change(card: Card, selection: Selection) -> Card:
    """The card with what changed since the last period of the same length, where there is one."""
    before = earlier(selection.release_id, selection.period)
    fact = next((f for f in card.facts if f.metric == card.metric), None)
    if before is None or fact is None or fact.value_text != card.value:
        return card
    now = parse_period(selection.period)
    place = (fact.metric, fact.district, fact.department)
    then, here = (point(selection.release_id, p, *place) if p else None for p in (before, now))
    found = change(then, here) if then and here else None
    return replace(card, lines=(*card.lines, found.text)) if found else card
