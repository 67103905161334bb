"""画像: everything of one district or department: figures, position among its peers, lists, highlights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.outline import SECTIONS
from lib.catalog.periods import parse_period
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.insight.cells import Figure, figure, named, stated
from lib.insight.standing import Standing, comparable, peers_of, standing
from lib.insight.table import Table, table
from lib.insight.trend import change, earlier, history, marked_label, periods, point
from lib.insight.wording import MISSING, in_full, listed
from lib.queries.facts import Fact, FactBook, fact_book
from lib.queries.rosters import RosterBook, roster_book
from lib.selection import Selection
from lib.views.exhibit import Dimension, Exhibit, Rows, chart_rows
from lib.views.marks import (
    against,
    behind,
    count_mark,
    count_schema,
    rate_mark,
    rate_schema,
    with_benchmark,
    with_room,
)
from lib.views.section import Section, place_section

_STANDING = ("指标", "数值", "位次", "全市", "与全市平均比", "比上期")
_MOST_CHARTS, _MOST_BESIDE = 6, 3
_OWN = "▶ "  # before the place itself, where bars have one colour
# What every district is asked for: a row each, also where nothing was reported.
_MAIN = ("power_claim_rate", "faceless_rate", "instant_rate", "public_service_claimed")
_TONES = {"praise": "▲ 表现较好", "concern": "▼ 须关注", "neutral": "○ 一般"}


@dataclass(frozen=True)
class Profile:
    """One place. `peers`: a small chart for each figure others gave too; `section`: its own part."""

    place: str
    kind: Dimension
    standings: Exhibit
    peers: tuple[Exhibit, ...]
    appearances: Table
    history: Table
    section: Section
    summary: str


@lru_cache(maxsize=64)
def profile(selection: Selection, place: str) -> Profile:
    """All that a release's period holds of one place."""
    book = fact_book(selection.release_id, selection.period)
    rosters = roster_book(selection.release_id, selection.period)
    kind: Dimension = "department" if place in DEPARTMENT_IDS else "district"
    found = [s for m in comparable(book, _kin(place)) if (s := standing(book, m, place))]
    drawable = [s for s in found if _is_judged(s.metric)]
    standings = _standings(selection, book, place, found)
    appearances = _appearances(rosters, place)
    drawn = {
        fact
        for row in standings.table.rows
        for c in row
        if isinstance(c, Figure)
        for fact in c.facts
    }
    return Profile(
        place, kind, standings, tuple(_peers(selection, s, place) for s in drawable[:_MOST_CHARTS]),
        appearances, _history(selection, place, found), place_section(selection, place, drawn),
        _summary(place, found, appearances, standings.table),
    )  # fmt: skip


@lru_cache(maxsize=64)
def side_by_side(selection: Selection, places: tuple[str, ...]) -> tuple[Exhibit, ...]:
    """A small chart for each of the first figures that places of one kind can be compared by."""
    book = fact_book(selection.release_id, selection.period)
    judged = [metric for metric in comparable(book, _kin(places[0])) if _is_judged(metric)]
    shown = [
        [fact for fact in peers_of(book, metric, places[0]) if _place_of(fact) in places]
        for metric in judged[:_MOST_BESIDE]
    ]
    return tuple(_beside(selection, facts) for facts in shown if facts)


def _beside(selection: Selection, facts: list[Fact]) -> Exhibit:
    """One figure of several places, none of them set apart."""
    metric = facts[0].metric
    name = metric_name(metric, selection.period)
    marks, schema, chart = _peer_marks(fact_book(selection.release_id, selection.period), facts)
    return Exhibit(
        f"beside-{metric}", name,
        f"{name}：{_span(facts)}。",
        table(("名称", "数值"), [(named(_place_of(f)), stated(f)) for f in facts]),
        chart=chart, marks=chart_rows(marks, schema), options=("名称",), key="名称",
    )  # fmt: skip


def _span(facts: Sequence[Fact]) -> str:
    """From the first to the last, with all that share a place at an end."""

    def end(fact: Fact) -> str:
        shared = [f for f in facts if (f.value, f.qualifier) == (fact.value, fact.qualifier)]
        return f"{listed([place_name(_place_of(f)) for f in shared])}{in_full(fact)}"

    first, last = end(facts[0]), end(facts[-1])
    return first if first == last else f"从{first}到{last}"


def _place_of(fact: Fact) -> str:
    return fact.department or fact.district or ""


def _is_judged(metric_id: str) -> bool:
    """Whether more or less of it says something of the place: not sites in scope, not additions."""
    metric = METRIC_BY_ID[metric_id]
    return metric.dataset != "centers" and metric.direction != "neutral"


def _among(own: Standing) -> str:
    return f"{metric_name(own.metric, own.fact.period)}（共{len(own.peers)}个）"


def _kin(place: str) -> tuple[str, ...]:
    return DEPARTMENT_IDS if place in DEPARTMENT_IDS else DISTRICT_IDS


def _standings(selection: Selection, book: FactBook, place: str, found: list[Standing]) -> Exhibit:
    positions = {own.metric: own for own in found}
    asked = [] if place in DEPARTMENT_IDS else [m for m in _MAIN if m not in positions]
    rows = [_standing_line(selection, book, own) for own in found]
    rows += [_unranked_line(selection, book, metric, place) for metric in asked]
    before = earlier(selection.release_id, selection.period)
    base = (
        f"上期是{marked_label(selection.release_id, before)}" if before else "本版本没有可比的上期"
    )
    reading = (
        f"{len(rows)}个指标可与其他{'部门' if place in DEPARTMENT_IDS else '地区'}比较；界限不当确数，位次可能是一个范围；{base}。"
        if rows
        else f"{place_name(place)}本期没有可比较的数；没有报送不等于零。"
    )
    return Exhibit(
        f"standing-{place}", "指标与位次", reading, table(_STANDING, rows), remark="按数值由高到低"
    )


def _standing_line(selection: Selection, book: FactBook, own: Standing) -> tuple[str, ...]:
    metric, fact = METRIC_BY_ID[own.metric], own.fact
    whole = book.get(own.metric)
    average = whole if whole and metric.basis == "rate" else None
    return (
        metric_name(metric.id, fact.period),
        stated(fact),
        own.text,
        stated(whole),
        figure(against(fact, average), [fact, average]) if average else MISSING,
        _since(selection, fact),
    )


def _unranked_line(
    selection: Selection, book: FactBook, metric: str, place: str
) -> tuple[str, ...]:
    """A main figure too few others gave, or the place did not give: said, not left out."""
    fact, whole = book.get(metric, place), book.get(metric)
    compared = figure(against(fact, whole), [fact, whole]) if fact and whole else MISSING
    position = "有数的太少，不排" if fact else "本期未报送"
    since = _since(selection, fact) if fact else MISSING
    return (
        metric_name(metric, selection.period),
        stated(fact),
        position,
        stated(whole),
        compared,
        since,
    )


def _since(selection: Selection, fact: Fact) -> str:
    """What changed since the last period of the same length."""
    before, now = earlier(selection.release_id, selection.period), parse_period(selection.period)
    if before is None or now is None:
        return MISSING
    place = (fact.metric, fact.district, fact.department)
    then, here = (point(selection.release_id, period, *place) for period in (before, now))
    found = change(then, here)
    return figure(found.amount, [fact, then.fact]) if found else MISSING


def _peers(selection: Selection, own: Standing, place: str) -> Exhibit:
    name = metric_name(own.metric, selection.period)
    book = fact_book(selection.release_id, selection.period)
    known = [(_place_of(fact), fact) for fact in own.peers]
    rows = [
        (named(other), stated(fact), other_standing.text if other_standing else MISSING)
        for other, fact in known
        for other_standing in (standing(book, own.metric, other),)
    ]
    marks, schema, chart = _peer_marks(book, own.peers, own.fact)
    return Exhibit(
        f"peers-{own.metric}-{place}", name,
        f"{name}：{place_name(place)}{in_full(own.fact)}，{own.text}。",
        table(("名称", "数值", "位次"), rows), chart=chart, marks=chart_rows(marks, schema),
        options=("名称",), key="名称",
        dimension="department" if place in DEPARTMENT_IDS else "district",
        sources=behind("名称", [(place_name(other), fact) for other, fact in known]),
    )  # fmt: skip


def _peer_marks(
    book: FactBook, facts: Sequence[Fact], own: Fact | None = None
) -> tuple[Rows, pa.Schema, str]:
    """Rates as ranges where bounds leave them open, the place's own name marked; counts as bars."""
    if METRIC_BY_ID[facts[0].metric].basis == "rate":
        marks = [
            {"名称": f"{_OWN if fact is own else ''}{place_name(_place_of(fact))}"}
            | rate_mark(fact)
            for fact in facts
        ]
        return with_benchmark(marks, book.get(facts[0].metric)), rate_schema("名称"), "rates"
    marks = [
        {"名称": place_name(_place_of(fact))}
        | count_mark(fact, apart=own is not None and fact is not own)
        for fact in facts
    ]
    return with_room(marks), count_schema("名称"), "counts"


def _history(selection: Selection, place: str, found: list[Standing]) -> Table:
    """The same figures in every period of the release; no rows where it holds only one."""
    held = periods(selection.release_id)
    columns = ("指标", *(marked_label(selection.release_id, period) for period in held))
    if len(held) < 2:
        return table(columns, ())
    district, department = (None, place) if place in DEPARTMENT_IDS else (place, None)
    rows = [
        (
            metric_name(own.metric, selection.period),
            *(
                stated(point.fact)
                for point in history(selection.release_id, own.metric, district, department)
            ),
        )
        for own in found
    ]
    return table(columns, rows)


def _appearances(rosters: RosterBook, place: str) -> Table:
    """The lists that name the place, those that read badly first."""
    rows = []
    for roster_id in rosters:
        members, roster = rosters.of(roster_id), ROSTER_BY_ID[roster_id]
        if roster.member == "text" or place not in {member.member for member in members}:
            continue
        others = [place_name(m.member) for m in members if m.member != place]
        section = members[0].section or roster.section
        rows.append(
            (
                roster.name,
                _TONES[roster.tone],
                f"{len(members)}个",
                listed(others) or "仅此一个",
                f"{section}（{SECTIONS.get(section, '')}）",
            )
        )
    rows.sort(
        key=lambda row: list(_TONES.values()).index(row[1]) if row[1] != _TONES["concern"] else -1
    )
    return table(("名单", "含义", "列名", "同在名单上的", "出处"), rows)


def _summary(place: str, found: list[Standing], appearances: Table, standings: Table) -> str:
    """One line: the lists it is on, and the ends of the field it stands at."""
    badly = [row[0] for row in appearances.rows if row[1] == _TONES["concern"]]
    well = [row[0] for row in appearances.rows if row[1] == _TONES["praise"]]
    judged = [
        s for s in found if _is_judged(s.metric) and METRIC_BY_ID[s.metric].direction == "higher"
    ]
    first = [_among(s) for s in judged if s.worst == 1]
    last = [_among(s) for s in judged if s.best == len(s.peers)]
    below = [row[0] for row in standings.rows if row[4].startswith("低")]
    parts = [
        f"须关注的名单{len(badly)}张" + (f"（{listed(badly)}）" if badly else ""),
        *([f"表现较好的名单{len(well)}张（{listed(well)}）"] if well else []),
        *([f"低于全市平均：{listed(below)}"] if below else []),
        *([f"有数的里面最高：{listed(first)}"] if first else []),
        *([f"有数的里面最低：{listed(last)}"] if last else []),
    ]
    return f"{place_name(place)}：{'；'.join(parts)}。"
