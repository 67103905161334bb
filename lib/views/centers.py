"""服务阵地: sites by level for the whole city, and by district and level."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import pyarrow as pa

from lib.catalog.periods import parse_period
from lib.catalog.places import LEVELS, Level, place_name
from lib.insight.cells import named, stated, summed
from lib.insight.status import NO_TARGET, Light, progress_light
from lib.insight.table import table_of
from lib.insight.wording import MISSING, number
from lib.queries import snapshots as ask
from lib.queries.facts import FactBook, fact_book
from lib.selection import Selection
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit, chart_rows, source_cells


def level_names(period: str) -> dict[str, str]:
    """Level id > the site's name in force in a period."""
    parsed = parse_period(period)
    end = parsed.end.isoformat() if parsed else ""
    return {level.id: level.name_in(end) for level in LEVELS}


@dataclass(frozen=True)
class LevelLine:
    """One level of site for the whole city, beside the sum over the chosen districts (个)."""

    level: Level
    name: str
    planned: Decimal | None
    upgraded: Decimal | None
    completed: Decimal | None
    detail_sum: Decimal | None
    light: Light
    as_of_text: str


@lru_cache(maxsize=64)
def center_lines(selection: Selection) -> tuple[LevelLine, ...]:
    """The four levels, highest first."""
    table = ask.center_levels(selection.release_id, selection.period, selection.districts)
    rows = {row["level"]: row for row in table.to_pylist()}
    names = level_names(selection.period)
    lines = []
    for level in LEVELS:
        row = rows.get(level.id)
        if row is None:
            continue
        planned, completed = row["planned"], row["completed"]
        light = NO_TARGET
        if planned and completed is not None and row["as_of"]:
            light = progress_light(completed / planned, row["as_of"], selection.period, 5.0)
        lines.append(
            LevelLine(
                level,
                names[level.id],
                planned,
                row["upgraded"],
                completed,
                row["upgraded_sum"],
                light,
                row["as_of_text"] or "",
            )
        )
    return tuple(lines)


_CENTER_SCHEMA = pa.schema(
    [("地区", pa.string()), ("层级", pa.string()), ("个数", pa.int64()), ("次序", pa.int64())]
)


@lru_cache(maxsize=64)
def centers(selection: Selection) -> Exhibit:
    """提升范围 by district and level (个)."""
    rows = ask.center_scope(selection.release_id, selection.period, selection.districts).to_pylist()
    names = level_names(selection.period)
    order = {level.id: n for n, level in enumerate(LEVELS)}
    marks = [
        {
            "地区": place_name(row["district"]),
            "层级": names[row["level"]],
            "个数": int(row["upgraded"]),
            "次序": order[row["level"]],
        }
        for row in rows
        if row["upgraded"] is not None
    ]
    sources = [
        {
            "地区": place_name(row["district"]),
            "层级": names[row["level"]],
            "提升数": number(row["upgraded"]),
            "新增数": number(row["added"]),
            "完成数": number(row["completed"]),
        }
        | source_cells(row)
        for row in rows
    ]
    book = fact_book(selection.release_id, selection.period)
    table = [_district_line(book, district, names) for district in selection.districts]
    columns = ["地区", "层级", "提升数", "新增数", "完成数", *SOURCE_COLUMNS]
    return Exhibit(
        "centers",
        "服务阵地提升范围",
        _reading(table),
        table_of(table),
        remark="个，是范围不是完成数",
        chart="levels",
        marks=chart_rows(marks, _CENTER_SCHEMA),
        options=tuple(names.values()),
        key="地区",
        dimension="district",
        sources=table_of(sources, columns),
    )


def _district_line(book: FactBook, district: str, names: dict[str, str]) -> dict[str, str]:
    upgraded = [book.get(f"center_{level.id}_upgraded", district) for level in LEVELS]
    added = [book.get(f"center_{level.id}_added", district) for level in LEVELS]
    levels = zip(names.values(), upgraded, strict=True)
    return {
        "地区": named(district),
        **{name: stated(fact, unit=False) for name, fact in levels},
        "合计": summed(upgraded),
        "其中新增": summed(added),
    }


def _reading(table: list[dict[str, str]]) -> str:
    totals = {row["地区"]: int(row["合计"]) for row in table if row["合计"] != MISSING}
    if not totals:
        return "所选地区没有报送提升数。"
    top = max(totals, key=lambda place: totals[place])
    return f"{len(totals)}个地区共{sum(totals.values())}个站点列入提升范围，{top}最多（{totals[top]}个）；提升数是范围，不是完成数。"
