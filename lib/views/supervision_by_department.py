"""互联网+监管 by department: coverage of supervision, and news the province adopted."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from lib.catalog.places import place_name
from lib.catalog.qualifiers import BOUNDS
from lib.insight.cells import named, stated, summed
from lib.insight.table import table_of
from lib.insight.wording import MISSING, in_full, listed, number
from lib.queries.facts import Fact, fact_book
from lib.queries.rosters import roster_members
from lib.selection import Selection
from lib.views.exhibit import Exhibit, chart_rows
from lib.views.marks import (
    absent,
    behind,
    count_mark,
    count_schema,
    gap_mark,
    rate_mark,
    rate_schema,
    with_benchmark,
    with_room,
)

_COVERAGE = "behaviour_coverage"
_ADOPTED = "supervision_adopted"


def _by_department(selection: Selection, metric: str) -> list[tuple[str, Fact]]:
    """The chosen departments with a figure: id and fact, largest first."""
    book = fact_book(selection.release_id, selection.period)
    found = [(d, fact) for d in selection.departments if (fact := book.get(metric, None, d))]
    return sorted(found, key=lambda item: -item[1].value)


def _not_reporting(selection: Selection) -> list[str]:
    """The chosen departments named as not having begun to report."""
    rows = roster_members(selection.release_id, selection.period).to_pylist()
    silent = {row["member"] for row in rows if row["roster"] == "not_reporting"}
    return [place for place in selection.departments if place in silent]


@lru_cache(maxsize=64)
def coverage(selection: Selection) -> Exhibit:
    """监管行为覆盖率 by department (%): exact ones, bounds, and those that do not report."""
    known, silent = _by_department(selection, _COVERAGE), _not_reporting(selection)
    spoken = {place for place, _ in known} | set(silent)
    rest = [place for place in selection.chosen_departments if place not in spoken]
    gaps = [(place, "未开展监管数据上报") for place in silent]
    gaps += [(place, "本期未报送") for place in rest]
    rows = [
        {"部门": named(place), "监管行为覆盖率": stated(fact), "说明": fact.note or ""}
        for place, fact in known
    ]
    rows += [
        {"部门": named(place), "监管行为覆盖率": MISSING, "说明": remark} for place, remark in gaps
    ]
    marks = [{"部门": place_name(place)} | rate_mark(fact) for place, fact in known]
    marks += [{"部门": place_name(place)} | gap_mark(remark) for place, remark in gaps]
    there = fact_book(selection.release_id, selection.period).of(_COVERAGE)
    return Exhibit(
        "coverage",
        "监管行为覆盖率",
        _coverage_reading(known, silent, rest) if there else absent("监管行为覆盖率"),
        table_of(rows if there else [], ("部门", "监管行为覆盖率", "说明")),
        remark="按市级部门，只列有数字和未上报的部门",
        chart="rates",
        marks=chart_rows(with_benchmark(marks, None), rate_schema("部门")),
        options=("部门",),
        key="部门",
        dimension="department",
        sources=behind("部门", [(place_name(place), fact) for place, fact in known]),
    )


def _coverage_reading(known: list[tuple[str, Fact]], silent: list[str], rest: list[str]) -> str:
    groups: dict[str, list[Fact]] = {}
    for _, fact in known:
        groups.setdefault(in_full(fact), []).append(fact)
    parts = [f"{text}的{len(facts)}个" for text, facts in groups.items()]
    said = [f"{len(known)}个部门有数：{'、'.join(parts)}" if known else "所选部门没有覆盖率数字"]
    if any(fact.qualifier in BOUNDS for _, fact in known):
        said[0] += "（“以上”“以下”是界限，不当确数）"
    if silent:
        said.append(f"{listed(map(place_name, silent))}未开展上报，没有数字，不是0")
    if rest:
        said.append(f"{listed(map(place_name, rest))}本期未报送")
    return "；".join(said) + "。"


@lru_cache(maxsize=64)
def adopted(selection: Selection) -> Exhibit:
    """监管信息被省门户录用 by department (条), beside the city's stated total."""
    book = fact_book(selection.release_id, selection.period)
    whole, rank = book.get(_ADOPTED), book.get("supervision_adopted_rank")
    known = _by_department(selection, _ADOPTED)
    facts = [fact for _, fact in known]
    rows = [{"部门": "全市", "录用条数": stated(whole, unit=False), "说明": "原文所称"}]
    rows += [
        {"部门": named(place), "录用条数": stated(fact, unit=False), "说明": fact.note or ""}
        for place, fact in known
    ]
    spoken = {place for place, _ in known}
    rows += [
        {"部门": named(place), "录用条数": MISSING, "说明": "本期未报送"}
        for place in selection.chosen_departments
        if place not in spoken
    ]
    rows.append({"部门": "所选部门合计", "录用条数": summed(facts), "说明": "由本系统相加"})
    marks = [{"部门": place_name(place)} | count_mark(fact) for place, fact in known]
    if whole is not None:
        marks = [{"部门": "全市"} | count_mark(whole, apart=True), *marks]
    sources = ([("全市", whole)] if whole else []) + [(place_name(p), f) for p, f in known]
    empty = whole is None and not facts
    return Exhibit(
        "adopted",
        "省门户录用监管信息",
        absent("监管信息录用条数") if empty else _adopted_reading(whole, rank, facts, selection),
        table_of([] if empty else rows, ("部门", "录用条数", "说明")),
        remark="条，累计",
        chart="counts",
        marks=chart_rows(with_room(marks), count_schema("部门")),
        options=("部门",),
        key="部门",
        dimension="department",
        sources=behind("部门", sources),
    )


def _adopted_reading(
    whole: Fact | None, rank: Fact | None, facts: list[Fact], selection: Selection
) -> str:
    total = sum((fact.value for fact in facts), Decimal(0))
    said = []
    if whole:
        said.append(f"全市录用{in_full(whole)}" + (f"，居全省{in_full(rank)}" if rank else ""))
    if not facts:
        said.append("所选部门没有报送录用数")
    elif selection.chosen_departments or whole is None:
        said.append(f"所选{len(facts)}个部门合计{number(total)}条")
    elif total == whole.value:
        said.append(f"列名{len(facts)}个部门合计{number(total)}条，与全市数一致")
    else:
        less = f"其余{number(whole.value - total)}条原文没有列出部门"
        more = f"比全市数多{number(total - whole.value)}条，请核对"
        gap = less if total < whole.value else more
        said.append(f"列名{len(facts)}个部门合计{number(total)}条，{gap}")
    return "；".join(said) + "。"
