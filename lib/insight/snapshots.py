"""The three snapshots as pages show them: rows with display names, totals, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from lib.catalog.periods import parse_period
from lib.catalog.places import LEVELS, Level, place_name
from lib.insight.status import NO_TARGET, Light, progress_light
from lib.insight.table import Table, table_of
from lib.insight.wording import MISSING, in_short, number, percent, points
from lib.queries import snapshots as ask
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection

Rows = list[dict[str, Any]]
SOURCE_COLUMNS = ("截止日期", "出处", "备注", "来源文件", "来源行")


@dataclass(frozen=True)
class Snapshot:
    """A chart and a table of the same figures.

    chart:   long form, one row a mark; missing figures have no mark
    table:   what people read; every cell text, missing an em dash
    sources: the released rows behind, one a row; `key` names the column charts are clicked on
    reading: one sentence that says what the chart shows
    """

    chart: pa.Table
    table: Table
    sources: Table
    key: str
    reading: str

    @property
    def groups(self) -> int:
        """How many bars, or groups of bars, the chart has."""
        return len(set(self.chart[self.key].to_pylist()))

    def head(self, groups: int) -> Snapshot:
        """The same with only the first groups in the chart; table and sources stay whole."""
        kept = list(dict.fromkeys(self.chart[self.key].to_pylist()))[:groups]
        mask = pa.compute.is_in(self.chart[self.key], pa.array(kept))
        return replace(self, chart=self.chart.filter(mask))


def _source(row: dict[str, Any]) -> dict[str, Any]:
    values = (
        row["as_of"].isoformat(),
        row["section"],
        row["note"],
        row["source_file"],
        row["source_row"],
    )
    return {
        label: MISSING if v is None else str(v)
        for label, v in zip(SOURCE_COLUMNS, values, strict=True)
    }


def _chart(rows: Rows, schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=schema)


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
            light = progress_light(completed / planned, row["as_of"], 5.0)
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
        | _source(row)
        for row in rows
    ]
    totals = {row["地区"]: int(row["合计"]) for row in table if row["合计"] != MISSING}
    reading = "所选地区没有报送提升数。"
    if totals:
        top = max(totals, key=lambda place: totals[place])
        reading = f"{len(totals)}个地区共{sum(totals.values())}个站点列入提升范围，{top}最多（{totals[top]}个）；提升数是范围，不是完成数。"
    columns = ["地区", "层级", "提升数", "新增数", "完成数", *SOURCE_COLUMNS]
    return Snapshot(
        _chart(marks, _CENTER_SCHEMA), table_of(table), table_of(sources, columns), "地区", reading
    )


_WARNING_SCHEMA = pa.schema([("部门", pa.string()), ("类别", pa.string()), ("件数", pa.int64())])


@lru_cache(maxsize=64)
def warnings(selection: Selection) -> Snapshot:
    """Warnings and overdue cases by department (件), most warnings first."""
    rows = ask.warnings_by_department(
        selection.release_id, selection.period, selection.departments
    ).to_pylist()
    marks = [
        {"部门": place_name(row["department"]), "类别": label, "件数": int(row[measure])}
        for row in rows
        for measure, label in (("warning", "预警"), ("overdue", "超期"))
        if row[measure] is not None
    ]
    figures = [
        {
            "部门": place_name(row["department"]),
            "预警件数": number(row["warning"]),
            "超期件数": number(row["overdue"]),
        }
        for row in rows
    ]
    sources = [figure | _source(row) for figure, row in zip(figures, rows, strict=True)]
    warned = sum((row["warning"] for row in rows if row["warning"] is not None), Decimal(0))
    overdue = sum((row["overdue"] for row in rows if row["overdue"] is not None), Decimal(0))
    reading = "所选部门本期没有报送预警或超期件数；没有报送不等于零。"
    if rows:
        reading = f"{len(rows)}个部门报送：预警{number(warned)}件，超期{number(overdue)}件；超期不是预警的一部分，不能相除。"
    columns = ["部门", "预警件数", "超期件数"]
    return Snapshot(
        _chart(marks, _WARNING_SCHEMA),
        table_of(figures, columns),
        table_of(sources, [*columns, *SOURCE_COLUMNS]),
        "部门",
        reading,
    )


_STAFF_SCHEMA = pa.schema(
    [("地区", pa.string()), ("已培育", pa.int64()), ("目标", pa.int64()), ("序时", pa.float64())]
)


@dataclass(frozen=True)
class StaffProgress:
    """The city's progress: 已培育 of 目标 (人), and related figures that are not progress."""

    done: Fact
    goal: Fact
    share: str
    light: Light
    pace: str
    related: tuple[Fact, ...]


@lru_cache(maxsize=64)
def staff_progress(selection: Selection) -> StaffProgress | None:
    """The stated whole-city progress, or None where it was not stated."""
    book = fact_book(selection.release_id, selection.period)
    done, goal = book.get("staff_trained"), book.get("staff_target")
    if done is None or goal is None or not goal.value:
        return None
    rate = done.value / goal.value
    light = progress_light(rate, done.as_of, 5.0)
    gap = light.gap or Decimal(0)
    pace = f"比{done.as_of_text}序时进度{'快' if gap >= 0 else '慢'}{points(abs(gap))}个百分点"
    related = tuple(
        fact for fact in book.of("specialist_training") if fact.district in selection.districts
    )
    return StaffProgress(done, goal, percent(rate), light, pace, related)


@lru_cache(maxsize=64)
def staff(selection: Selection) -> Snapshot:
    """Specialists trained against the goal, 全市 first, then every chosen district (人)."""
    rows = {
        row["district"]: row
        for row in ask.staff_by_district(
            selection.release_id, selection.period, selection.districts
        ).to_pylist()
    }
    book = fact_book(selection.release_id, selection.period)
    table, marks = [], []
    for place in ("city", *selection.districts):
        done, goal = book.get("staff_trained", place), book.get("staff_target", place)
        has_rate = done is not None and goal is not None and goal.value
        rate = percent(done.value / goal.value) if done and goal and has_rate else MISSING
        table.append(
            {
                "地区": place_name(place),
                "目标人数": in_short(goal, unit=False),
                "已培育人数": in_short(done, unit=False),
                "完成率": rate,
                "说明": "" if place in rows else "本期未报送",
            }
        )
        if done is not None and goal is not None:
            elapsed = float(goal.value) * done.as_of.timetuple().tm_yday / 365
            marks.append(
                {
                    "地区": place_name(place),
                    "已培育": int(done.value),
                    "目标": int(goal.value),
                    "序时": elapsed,
                }
            )
    sources = [
        {
            "地区": place_name(place),
            "目标人数": in_short(book.get("staff_target", place), unit=False),
            "已培育人数": in_short(book.get("staff_trained", place), unit=False),
        }
        | _source(row)
        for place, row in rows.items()
    ]
    silent = [line["地区"] for line in table if line["说明"]]
    reading = "全市数为原文所称；" + (
        f"{len(silent)}个地区本期未报送，分区完成率算不出，以“—”表示。"
        if silent
        else "各地区均已报送。"
    )
    columns = ["地区", "目标人数", "已培育人数", *SOURCE_COLUMNS]
    return Snapshot(
        _chart(marks, _STAFF_SCHEMA),
        table_of(table),
        table_of(sources, columns),
        "地区",
        reading,
    )
