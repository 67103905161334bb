"""服务阵地: sites by level for the whole city, and by district and level."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import pyarrow as pa

from lib.catalog.periods import parse_period
from lib.catalog.places import LEVELS, Level, place_name
from lib.insight.snapshot import SOURCE_COLUMNS, Snapshot, chart_rows, source_cells
from lib.insight.status import NO_TARGET, Light, progress_light
from lib.insight.table import table_of
from lib.insight.wording import MISSING, number
from lib.queries import snapshots as ask
from lib.selection import Selection


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
def centers(selection: Selection) -> Snapshot:
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
    table = []
    for district in selection.districts:
        own = {row["level"]: row for row in rows if row["district"] == district}
        upgraded = [row["upgraded"] for row in own.values() if row["upgraded"] is not None]
        added = [row["added"] for row in own.values() if row["added"] is not None]
        table.append(
            {"地区": place_name(district)}
            | {names[level.id]: number(own.get(level.id, {}).get("upgraded")) for level in LEVELS}
            | {
                "合计": number(sum(upgraded, Decimal(0)) if upgraded else None),
                "其中新增": number(sum(added, Decimal(0)) if added else None),
            }
        )
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
    totals = {row["地区"]: int(row["合计"]) for row in table if row["合计"] != MISSING}
    reading = "所选地区没有报送提升数。"
    if totals:
        top = max(totals, key=lambda place: totals[place])
        reading = f"{len(totals)}个地区共{sum(totals.values())}个站点列入提升范围，{top}最多（{totals[top]}个）；提升数是范围，不是完成数。"
    columns = ["地区", "层级", "提升数", "新增数", "完成数", *SOURCE_COLUMNS]
    return Snapshot(
        chart_rows(marks, _CENTER_SCHEMA),
        table_of(table),
        table_of(sources, columns),
        "地区",
        reading,
    )
