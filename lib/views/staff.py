"""畅通办专员: trained against the goal, for the city and for every district that reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lib.catalog.places import place_name
from lib.insight.cells import figure, named, stated
from lib.insight.status import Light, pace, progress_light
from lib.insight.table import table_of
from lib.insight.wording import MISSING, in_short, percent
from lib.queries import stated as ask
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit, chart_rows, source_cells
from lib.views.marks import progress_mark, progress_schema


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
    light = progress_light(rate, done)
    related = tuple(
        fact for fact in book.of("specialist_training") if fact.district in selection.districts
    )
    return StaffProgress(done, goal, percent(rate), light, pace(light, done), related)


@lru_cache(maxsize=64)
def staff(selection: Selection) -> Exhibit:
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
                "地区": named(place),
                "目标人数": stated(goal, unit=False),
                "已培育人数": stated(done, unit=False),
                "完成率": figure(rate, [done, goal]),
                "说明": "" if place in rows else "本期未报送",
            }
        )
        if done is not None and goal is not None:
            marks.append({"地区": place_name(place)} | progress_mark(done, goal))
    sources = [
        {
            "地区": place_name(place),
            "目标人数": in_short(book.get("staff_target", place), unit=False),
            "已培育人数": in_short(book.get("staff_trained", place), unit=False),
        }
        | source_cells(row)
        for place, row in rows.items()
    ]
    silent = [line["地区"] for line in table if line["说明"]]
    reading = "全市数为原文所称；" + (
        f"{len(silent)}个地区本期未报送，分区完成率算不出，以“—”表示。"
        if silent
        else "各地区均已报送。"
    )
    columns = ["地区", "目标人数", "已培育人数", *SOURCE_COLUMNS]
    return Exhibit(
        "staff",
        "“畅通办”专员培育",
        reading,
        table_of(table),
        remark="人，目标是下界（不少于）",
        chart="progress",
        marks=chart_rows(marks, progress_schema("地区")),
        options=("地区", "已培育", "目标（不少于）"),
        key="地区",
        dimension="district",
        sources=table_of(sources, columns),
    )
