"""一网通办: standard mobile applications connected, and how much online services were used."""

from __future__ import annotations

from functools import lru_cache

from lib.insight.cells import figure, stated
from lib.insight.table import table_of
from lib.insight.wording import MISSING, in_full, percent
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views.exhibit import Exhibit, chart_rows
from lib.views.lines import Known, Line, lines_exhibit
from lib.views.marks import absent, behind, progress_mark, progress_schema

_ITEM = "移动端标准应用"
_COLUMNS = ("项目", "已接入", "总数", "未接入", "接入率", "省内排名")
_METRICS = tuple(f"mobile_standard_{part}" for part in ("connected", "total", "pending", "rank"))


@lru_cache(maxsize=64)
def mobile_standard(selection: Selection) -> Exhibit:
    """移动端标准应用接入: connected of all (项), what is pending, and the rank in the province."""
    book = fact_book(selection.release_id, selection.period)
    done, total, pending, rank = (book.get(metric) for metric in _METRICS)
    known = [fact for fact in (done, total, pending, rank) if fact is not None]
    rate = MISSING
    if done and total and total.value:
        share = done.value / total.value
        rate = figure(percent(share), [done, total])
    row = {
        "项目": _ITEM,
        "已接入": stated(done, unit=False),
        "总数": stated(total, unit=False),
        "未接入": stated(pending, unit=False),
        "接入率": rate,
        "省内排名": stated(rank),
    }
    marks = [{"项目": _ITEM} | progress_mark(done, total, "共")] if done and total else []
    return Exhibit(
        "mobile_standard",
        "移动端标准应用接入",
        _mobile_reading(done, total, pending, rank) if known else absent("移动端标准应用接入数"),
        table_of([row] if known else [], _COLUMNS),
        remark="项，接入率由本系统计算",
        chart="progress",
        marks=chart_rows(marks, progress_schema("项目")),
        options=("项目", "已接入", "标准应用总数", False),
        key="项目",
        sources=behind("项目", [(_ITEM, fact) for fact in known]),
    )


def _mobile_reading(
    done: Fact | None, total: Fact | None, pending: Fact | None, rank: Fact | None
) -> str:
    parts = [f"已接入{in_full(done)}，共{in_full(total)}"]
    if done and total and total.value:
        parts.append(f"接入率{percent(done.value / total.value)}")
    if pending:
        parts.append(f"还有{in_full(pending)}没有接入")
    if rank:
        parts.append(f"居全省{in_full(rank)}")
    return "，".join(parts) + "；总数没有写明完成期限，不与序时进度比较。"


@lru_cache(maxsize=64)
def service_use(selection: Selection) -> Exhibit:
    """How often services on the phone and at terminals were used (人次, 份)."""
    lines = (
        Line("teacher_certifications", "移动端：教师资格认定"),
        Line("archive_queries", "自助端：自助查档"),
        Line("sampling_code_prints", "自助端：采样码打印"),
    )
    remark = "人次、份，单位不同，不相加"
    return lines_exhibit(
        selection, "service_use", "移动端和自助端办理量", remark, lines, _use_reading
    )


def _use_reading(known: Known) -> str:
    names = {
        "teacher_certifications": "教师资格网上认定",
        "archive_queries": "自助查档",
        "sampling_code_prints": "采样码自助打印",
    }
    said = [f"{name}{in_full(known[m])}" for m, name in names.items() if m in known]
    return "，".join(said) + "；约数照原文，单位不同，不比高低。"
