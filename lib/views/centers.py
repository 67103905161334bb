"""服务阵地: sites by level for the whole city, and by district and level."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.periods import elapsed_share, parse_period
from lib.catalog.places import LEVELS, place_name
from lib.insight.cells import figure, lit, named, stated, summed
from lib.insight.status import progress_light, schedule
from lib.insight.table import table_of
from lib.insight.wording import MISSING, in_full, number, percent
from lib.queries import stated as ask
from lib.queries.facts import Fact, FactBook, fact_book
from lib.selection import Selection
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit, Rows, chart_rows, source_cells
from lib.views.marks import absent, behind, rate_schema


def level_names(period: str) -> dict[str, str]:
    """Level id > the site's name in force in a period."""
    parsed = parse_period(period)
    end = parsed.end.isoformat() if parsed else ""
    return {level.id: level.name_in(end) for level in LEVELS}


@lru_cache(maxsize=64)
def center_progress(selection: Selection) -> Exhibit:
    """The four levels for the whole city, highest first: planned, in scope, completed (个).

    Beside the stated 提升数 stands the sum over the chosen districts; they may differ.
    """
    book = fact_book(selection.release_id, selection.period)
    whole = "所选地区合计" if selection.chosen_districts else "分区合计"
    tiers = {level.id: level.tier for level in LEVELS}
    rows, marks, known = [], [], []
    for id, name in level_names(selection.period).items():
        planned, upgraded, completed = (
            book.get(f"center_{id}_{part}") for part in ("planned", "upgraded", "completed")
        )
        details = [book.get(f"center_{id}_upgraded", place) for place in selection.districts]
        if not any((planned, upgraded, completed, *details)):
            continue
        rows.append(
            {
                "站点": name,
                "层级": tiers[id],
                "计划数": stated(planned, unit=False),
                "提升数": stated(upgraded, unit=False),
                whole: summed(details),
                "完成数": stated(completed, unit=False),
                "完成率": _rate(planned, completed),
                "状态": "基本完成" if id == "county" and completed else _light(planned, completed),
            }
        )
        known += [(name, fact) for fact in (planned, upgraded, completed) if fact]
        if planned and completed and planned.value:
            marks.append(_rate_mark(name, planned, completed))
    done = next((f for _, f in known if METRIC_BY_ID[f.metric].yearly), None)
    against = f"完成数与{schedule(done)}比较；" if done else ""
    reading = f"{against}完成数只有全市数的，是分区未报送。"
    return Exhibit(
        "center-progress", "服务阵地全市进度",
        reading if done else "本期没有报送服务阵地完成数。" if rows else absent("服务阵地数据"),
        table_of(rows), remark="完成数占计划数", chart="rates",
        marks=chart_rows(_with_schedule(marks, done), rate_schema("站点")), options=("站点",),
        key="站点", sources=behind("站点", known),
    )  # fmt: skip


def _rate(planned: Fact | None, completed: Fact | None) -> str:
    if planned is None or completed is None or not planned.value:
        return MISSING
    return figure(percent(completed.value / planned.value), [completed, planned])


def _rate_mark(name: str, planned: Fact, completed: Fact) -> dict[str, object]:
    share = completed.value / planned.value
    return {
        "站点": name, "类型": "确数", "写法": percent(share), "起": 0.0, "止": float(share * 100),
        "界": None, "说明": f"{in_full(completed)}，计划{in_full(planned)}",
    }  # fmt: skip


def _with_schedule(marks: Rows, done: Fact | None) -> Rows:
    """The marks, the first one carrying the rule of 序时进度 at the date of the completed figures."""
    made = [mark | {"基准": None, "基准写法": None} for mark in marks]
    if made and done is not None:
        elapsed = elapsed_share(done.as_of, done.period) * 100
        made[0] |= {
            "基准": elapsed,
            "基准写法": f"{done.as_of_text or done.as_of}序时进度 {elapsed:.1f}%",
        }
    return made


def _light(planned: Fact | None, completed: Fact | None) -> str:
    if planned is None or completed is None or not planned.value:
        return MISSING
    share = completed.value / planned.value
    return lit(progress_light(share, completed))


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
