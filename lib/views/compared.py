"""All districts, or all departments, side by side: the way into the profiles."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.insight.cells import figure, named, stated, summed
from lib.insight.table import table
from lib.queries.facts import FactBook, fact_book
from lib.queries.rosters import roster_book
from lib.selection import Selection
from lib.views.exhibit import Exhibit, chart_rows
from lib.views.marks import count_schema, with_room

_LEVELS = ("county", "town", "village", "point")
_RATES = ("power_claim_rate", "faceless_rate", "instant_rate", "public_service_claimed")
_DISTRICT_COLUMNS = (
    "地区", "服务阵地提升数", "权力事项认领率", "不见面办理率", "即办件占比", "公共服务事项已认领数", "须关注名单",
)  # fmt: skip
_DEPARTMENT_METRICS = (
    "warning_count",
    "overdue_count",
    "behaviour_coverage",
    "supervision_adopted",
)
_DEPARTMENT_COLUMNS = ("部门", "须关注名单", "网办预警", "网办超期", "监管行为覆盖率", "省门户录用")


def _concerns(selection: Selection) -> defaultdict[str, list[str]]:
    """The lists that read badly, by the place they name."""
    book, found = (
        roster_book(selection.release_id, selection.period),
        defaultdict[str, list[str]](list),
    )
    for roster in book:
        if ROSTER_BY_ID[roster].tone == "concern" and ROSTER_BY_ID[roster].member != "text":
            for member in book.of(roster):
                found[member.member].append(roster)
    return found


def _lists(book: FactBook, rosters: list[str]) -> str:
    """How many lists, leading to their stated numbers."""
    return figure(f"{len(rosters)}张", (fact for r in rosters for fact in book.of(f"roster_{r}")))


@lru_cache(maxsize=64)
def districts_compared(selection: Selection) -> Exhibit:
    """The chosen districts: sites (个), rates (%), items claimed (项), lists that read badly (张)."""
    book, concerns = fact_book(selection.release_id, selection.period), _concerns(selection)
    rows = [
        (
            named(district),
            summed(book.get(f"center_{level}_upgraded", district) for level in _LEVELS),
            *(stated(book.get(metric, district)) for metric in _RATES),
            _lists(book, concerns[district]),
        )
        for district in selection.districts
    ]
    reading = f"共{len(rows)}个地区；点地区名看画像，点数字看来源。"
    return Exhibit("districts-compared", "各地区主要数据", reading, table(_DISTRICT_COLUMNS, rows))


@lru_cache(maxsize=64)
def departments_compared(selection: Selection) -> Exhibit:
    """The chosen departments with any figure or list, those on most 须关注 lists first."""
    book, concerns = fact_book(selection.release_id, selection.period), _concerns(selection)
    facts = {
        place: [book.get(metric, None, place) for metric in _DEPARTMENT_METRICS]
        for place in selection.departments
    }
    shown = [p for p in selection.departments if concerns[p] or any(facts[p])]
    shown.sort(key=lambda place: -len(concerns[place]))
    rows = [(named(p), _lists(book, concerns[p]), *map(stated, facts[p])) for p in shown]
    marks = [
        {
            "部门": place_name(place), "数值": float(len(concerns[place])), "写法": f"{len(concerns[place])}张",
            "类型": "确数", "组别": "主", "说明": "",
        }
        for place in shown
        if concerns[place]
    ]  # fmt: skip
    top = max((len(concerns[p]) for p in shown), default=0)
    most = [place_name(p) for p in shown if len(concerns[p]) == top > 0]
    reading = (
        f"{len(shown)}个部门本期有数或上榜，上榜最多的有{'、'.join(most) or '—'}（{top}张）；点部门名看画像。"
        if shown
        else "所选部门本期没有数，也没有上榜；没有报送不等于零。"
    )
    return Exhibit(
        "departments-compared", "各部门主要数据", reading, table(_DEPARTMENT_COLUMNS, rows),
        remark="须关注名单：未认领、低于平均、预警、超期等", chart="counts",
        marks=chart_rows(with_room(marks), count_schema("部门")), options=("部门",), key="部门",
        dimension="department",
    )  # fmt: skip
