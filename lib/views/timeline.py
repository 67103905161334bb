"""半年重点工作: what 前言 and part 一 tell, month by month."""

from __future__ import annotations

from functools import lru_cache

from lib.catalog.outline import SECTIONS
from lib.catalog.places import place_name
from lib.insight.table import table_of
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit, source_cells
from lib.views.notes import UNDATED, when

_COLUMNS = ("时点", "事项", "出处")


@lru_cache(maxsize=64)
def timeline(selection: Selection) -> Exhibit:
    """Highlights of 前言 and 一 by date as stated, each date once, undated ones last."""
    told = [
        (when(row["as_of_text"]), row)
        for row in highlights(selection.release_id, selection.period).to_pylist()
        if row["section"].startswith(("前言", "一、"))
        and row["district"] in ("city", "city_level", *selection.districts)
    ]
    dates = list(dict.fromkeys(date for date, _ in told))  # 6月 and 上半年 end on one day
    told.sort(key=lambda item: (item[0] == UNDATED, item[1]["as_of"], dates.index(item[0])))
    lines = [
        {"时点": date, "事项": row["item"], "出处": SECTIONS[row["section"]]} for date, row in told
    ]
    sources = [
        {"时点": date, "事项": row["item"], "地区": place_name(row["district"])} | source_cells(row)
        for date, row in told
    ]
    undated = sum(date == UNDATED for date, _ in told)
    reading = "本期没有报送重点工作。请换一个期次，或到“填报模板”下载“工作亮点”模板报送。"
    if told:
        reading = f"{len(told)}件重点工作，{len(told) - undated}件写明时点，{undated}件未注明。"
    return Exhibit(
        "timeline",
        "半年重点工作",
        reading,
        table_of(lines, _COLUMNS),
        remark="按原文时点先后，未注明的列在最后",
        key="时点",
        sources=table_of(sources, ("时点", "事项", "地区", *SOURCE_COLUMNS)),
    )
