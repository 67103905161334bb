"""Rules about lists: their stated lengths, the figures of whom they name, and each other."""

from __future__ import annotations

from collections.abc import Iterable, Sized

from lib.catalog.metrics import in_words_of
from lib.catalog.places import CITY, CITY_LEVEL, place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.catalog.rules import ApartRule, BelowRule, InsideRule, ListRule, NamedRule
from lib.insight.bounds import at_least, at_most, exceeds, over, under
from lib.insight.findings import Finding, Status, found, verdict
from lib.insight.wording import in_full, listed
from lib.queries.facts import Fact, FactBook
from lib.queries.rosters import Member, RosterBook

_NOUNS = {"department": "部门", "district": "地区", "text": "项"}


def _count(places: Sized, roster: str) -> str:
    return f"{len(places)}个{_NOUNS[ROSTER_BY_ID[roster].member]}"


def _figures(book: FactBook, metric: str, roster: str) -> dict[str, Fact]:
    """The metric's figure of every place that the roster could name."""
    of_departments = ROSTER_BY_ID[roster].member == "department"
    return {
        fact.department or fact.district or "": fact
        for fact in book.of(metric)
        if (fact.department is not None) == of_departments and fact.district != CITY.id
    }


def _with_figures(places: Iterable[str], figures: dict[str, Fact]) -> str:
    """The places with what each has: 市教育局（31件）、市民政局（没有数）; 无 where there are none."""
    shown = (
        f"{place_name(place)}（{in_full(figures[place]) if place in figures else '没有数'}）"
        for place in places
    )
    return listed(shown) or "无"


def _fits(rule: NamedRule, fact: Fact) -> bool:
    return (rule.least is None or at_least(fact, rule.least)) and (
        rule.most is None or at_most(fact, rule.most)
    )


def _fails(rule: NamedRule, fact: Fact) -> bool:
    return (rule.least is not None and under(fact, rule.least)) or (
        rule.most is not None and over(fact, rule.most)
    )


def _named(rule: NamedRule, book: FactBook, rosters: RosterBook) -> Finding | None:
    rows = [row for roster in rule.rosters for row in rosters.of(roster)]
    figures = _figures(book, rule.metric, rule.rosters[0])
    if not all(rosters.of(roster) for roster in rule.rosters) or not figures:
        return None
    names = list(dict.fromkeys(row.member for row in rows))
    fitting = [place for place, fact in figures.items() if _fits(rule, fact)]
    only_named = [p for p in names if p not in figures or _fails(rule, figures[p])]
    only_figure = [place for place in fitting if place not in names]
    whole = all(rosters.complete(roster) for roster in rule.rosters)
    status = verdict(not (only_named or only_figure))
    if only_figure and not only_named and not whole:
        status = "缺明细"
    used = tuple(fact for place, fact in figures.items() if place in {*names, *fitting})
    return found(
        rule, status, f"名单{_count(names, rule.rosters[0])}",
        f"{_count(fitting, rule.rosters[0])}有数",
        f"只在名单：{_with_figures(only_named, figures)}；只有数：{_with_figures(only_figure, figures)}",
        used, tuple(rows),
    )  # fmt: skip


def _below(rule: BelowRule, book: FactBook, rosters: RosterBook) -> Finding | None:
    rows, figures = rosters.of(rule.roster), _figures(book, rule.metric, rule.roster)
    names = {row.member for row in rows}
    named = {place: fact for place, fact in figures.items() if place in names}
    beside = {*names, CITY_LEVEL.id}  # 市本级 is not one of the places a list chooses from
    others = {place: fact for place, fact in figures.items() if place not in beside}
    city = book.get(rule.metric)
    marks = others if rule.than == "others" else {CITY.id: city} if city else {}
    if not named or not marks:
        return None
    high = [p for p, fact in named.items() if any(exceeds(fact, m) for m in marks.values())]
    whole = rule.than == "city" and rosters.complete(rule.roster)
    unnamed = [p for p, fact in others.items() if whole and city and exceeds(city, fact)]
    return found(
        rule, verdict(not (high or unnamed)), f"名单{_count(rows, rule.roster)}",
        f"{_count(named, rule.roster)}有数，{_lower(high, unnamed)}",
        f"名单上{_with_figures(named, named)}；{'名单外' if marks is others else ''}{_with_figures(marks, marks)}"
        f"；不低的：{_with_figures(high, named)}；低而不在名单：{_with_figures(unnamed, others)}",
        (*named.values(), *marks.values(), *(others[place] for place in unnamed)), rows,
    )  # fmt: skip


def _lower(high: list[str], unnamed: list[str]) -> str:
    outcome = f"{len(high)}个不低" if high else "均低"
    return outcome + (f"，另有{len(unnamed)}个低而不在名单" if unnamed else "")


def _apart(rule: ApartRule, rosters: RosterBook) -> Finding | None:
    one = rosters.of(rule.roster)
    others = [row for roster in rule.others for row in rosters.of(roster)]
    if not one or not others:
        return None
    names = {row.member for row in one}
    shared = list(dict.fromkeys(row.member for row in others if row.member in names))
    return found(
        rule, verdict(not shared), f"名单{_count(one, rule.roster)}",
        f"{_count(shared, rule.roster)}重复", f"两边都有：{listed(map(place_name, shared)) or '无'}",
        (), (*one, *others),
    )  # fmt: skip


def _inside(rule: InsideRule, rosters: RosterBook) -> Finding | None:
    part, whole = rosters.of(rule.part), rosters.of(rule.whole)
    if not part or not whole:
        return None
    names = {row.member for row in whole}
    outside = list(dict.fromkeys(row.member for row in part if row.member not in names))
    status = verdict(not outside) if rosters.complete(rule.whole) or not outside else "缺明细"
    return found(
        rule, status, f"名单{_count(part, rule.part)}",
        f"{_count({row.member for row in part} - set(outside), rule.part)}在其内",
        f"不在其内：{listed(map(place_name, outside)) or '无'}", (), (*part, *whole),
    )  # fmt: skip


def length_findings(book: FactBook, rosters: RosterBook) -> list[Finding]:
    """Every list with a stated count: whether it names as many."""
    return [
        _length(roster, rosters.of(roster), stated, rosters.complete(roster))
        for roster in rosters
        if (stated := next(iter(book.of(f"roster_{roster}")), None))
    ]


def _length(roster: str, rows: tuple[Member, ...], stated: Fact, whole: bool) -> Finding:
    equal = stated.value == len(rows)
    status: Status = verdict(equal) if whole or equal else "缺明细"
    return Finding(
        f"roster_{roster}", in_words_of(f"名单：{ROSTER_BY_ID[roster].name}", stated.period), "名单与个数", status,
        in_full(stated), f"{len(rows)}{stated.unit or ''}",
        f"列名{len(rows)}，所称{stated.value_text}", "市政务办", (stated,), rows,
    )  # fmt: skip


def list_finding(rule: ListRule, book: FactBook, rosters: RosterBook) -> Finding | None:
    """A rule's outcome, or None where a list or the figures were not given."""
    match rule:
        case NamedRule():
            return _named(rule, book, rosters)
        case BelowRule():
            return _below(rule, book, rosters)
        case ApartRule():
            return _apart(rule, rosters)
        case InsideRule():
            return _inside(rule, rosters)
