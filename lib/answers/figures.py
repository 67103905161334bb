"""Figures: every stated one of a period, and one metric's for one place, stated or computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, get_args

from lib.answers.fields import Field, Row, maybe, text
from lib.answers.nature import NATURE, nature
from lib.catalog.metrics import Metric, metric_name
from lib.catalog.places import place_name
from lib.insight.bounds import Bound, bound
from lib.insight.wording import MISSING, in_full, percent
from lib.queries.facts import Fact, fact_book, metric_fact
from lib.queries.references import fact_reference
from lib.queries.release import sql_text
from lib.store.release import Release

_BOUNDS = get_args(Bound)
_BOUND = (
    "界限：exact 确数，at_least 不少于，more_than 超，at_most 不超过，less_than 低于，about 约数"
)
_DISTRICT, _DEPARTMENT = "地区；部门的数为空", "部门；地区的数为空"
FACT = (
    maybe("section", "通报章节"),
    maybe("district", _DISTRICT),
    maybe("department", _DEPARTMENT),
    text("indicator", "指标名称，按这一期的叫法"),
    Field("value", "decimal", "数值，以 unit 为单位"),
    text("value_text", "原文写法，如 85.40、2.3万、第二"),
    maybe("qualifier", "原文的限定词，如 约、近、低于"),
    maybe("unit", "单位"),
    Field("as_of", "day", "数据截至哪一天"),
    maybe("as_of_text", "时点的原文写法"),
    text("metric", "指标编号"),
    text("dataset", "数据集编号"),
    text("source_file", "报送的文件"),
    Field("source_row", "integer", "在文件的第几行"),
    maybe("note", "备注"),
    text("period", "期次"),
    maybe("district_id", "地区编号"),
    maybe("department_id", "部门编号"),
    text("bound", _BOUND, *_BOUNDS),
    maybe("source_sheet", "工作表"),
    maybe("source_sha256", "文件的 SHA-256"),
    text("reference", "“数字溯源”用的编号：指标~地区或部门~期次"),
    Field("position", "integer", "在这一版本、这一期里的序号，从1起"),
    text("release", "数据版本"),
    NATURE,
)
_QUESTION = (
    text("period", "期次"),
    text("metric", "指标编号"),
    maybe("district", "地区编号"),
    maybe("department", "部门编号"),
)
FIGURE = (
    text("metric", "指标编号"),
    text("name", "指标名称，按这一期的叫法"),
    text("period", "期次"),
    maybe("district", _DISTRICT),
    maybe("department", _DEPARTMENT),
    maybe("value", "数值，以 unit 为单位；没有报送为空，不等于零", "decimal"),
    maybe("value_text", "原文写法"),
    maybe("qualifier", "原文的限定词"),
    maybe("unit", "单位"),
    text("text", f"写进句子的样子，如 低于70%；没有报送为“{MISSING}”"),
    maybe("as_of", "数据截至哪一天", "day"),
    maybe("as_of_text", "时点的原文写法"),
    maybe("section", "通报章节"),
    maybe("note", "备注；由本系统计算的，是算法"),
    Field("computed", "flag", "是否由本系统计算"),
    text("release", "数据版本"),
    text("sql", "所用的查询"),
    Field("params", "rows", "查询的参数，一个所依据的数一组", of=_QUESTION),
    maybe("district_id", "地区编号"),
    maybe("department_id", "部门编号"),
    maybe("bound", _BOUND, "text", *_BOUNDS),
    NATURE,
)


def numbered_facts(
    release: Release, period: str, *, districts: Sequence[str] = (),
    departments: Sequence[str] = (), metrics: Sequence[str] = (),
) -> list[tuple[int, Fact]]:  # fmt: skip
    """Stated figures with their position in the whole period, in its order; no ids of a kind means any."""
    return [
        (position, fact)
        for position, fact in enumerate(fact_book(release.id, period), 1)
        if (not districts or fact.district in districts)
        and (not departments or fact.department in departments)
        and (not metrics or fact.metric in metrics)
    ]


def fact_rows(release: Release, numbered: Iterable[tuple[int, Fact]]) -> list[Row]:
    """One row per stated figure."""
    return [_fact_row(release, position, fact) for position, fact in numbered]


def _fact_row(release: Release, position: int, fact: Fact) -> Row:
    return {
        "section": fact.section or None,
        "district": fact.district and place_name(fact.district),
        "department": fact.department and place_name(fact.department),
        "indicator": metric_name(fact.metric, fact.period),
        "value": fact.value,
        "value_text": fact.value_text,
        "qualifier": fact.qualifier or None,
        "unit": fact.unit or None,
        "as_of": fact.as_of,
        "as_of_text": fact.as_of_text or None,
        "metric": fact.metric,
        "dataset": fact.dataset,
        "source_file": fact.source_file,
        "source_row": fact.source_row,
        "note": fact.note or None,
        "period": fact.period,
        "district_id": fact.district,
        "department_id": fact.department,
        "bound": bound(fact.qualifier),
        "source_sheet": fact.source_sheet or None,
        "source_sha256": fact.source_sha256,
        "reference": fact_reference(fact),
        "position": position,
        "release": release.id,
        "nature": nature(release, fact.period, (fact.dataset,)),
    }


def figure_row(
    metric: Metric, release: Release, period: str, district: str | None, department: str | None
) -> Row:
    """One metric of one place, without one of its own scope; a ratio is computed from its two stated figures.

    district, department: ids. The value is None where a figure that is needed was not stated.
    """
    if district is None and department is None:
        district = metric.scope
    asked = metric.ratio or (metric.id,)
    facts = [metric_fact(release.id, period, one, district, department) for one in asked]
    stated = [fact for fact in facts if fact is not None]
    about = {
        "metric": metric.id, "name": metric_name(metric.id, period), "period": period,
        "district": district and place_name(district),
        "department": department and place_name(department),
        "computed": metric.ratio is not None, "release": release.id, "sql": sql_text("metric"),
        "params": [
            {"period": period, "metric": one, "district": district, "department": department}
            for one in asked
        ],
        "district_id": district, "department_id": department,
        "nature": nature(release, period, {fact.dataset for fact in stated}),
    }  # fmt: skip
    told = _told(metric, stated) if len(stated) == len(asked) else {}
    return {field.name: None for field in FIGURE} | about | (told or {"text": MISSING})


def _told(metric: Metric, stated: list[Fact]) -> dict[str, Any]:
    """The figure itself, from all that it needs; nothing where that cannot be divided."""
    first = stated[0]
    told = {
        "value": first.value, "value_text": first.value_text, "qualifier": first.qualifier or None,
        "unit": first.unit or None, "text": in_full(first), "as_of": first.as_of,
        "as_of_text": first.as_of_text, "section": first.section, "note": first.note,
        "bound": bound(first.qualifier),
    }  # fmt: skip
    if metric.ratio is None:
        return told
    if not stated[1].value:
        return {}
    share: Decimal = first.value / stated[1].value
    return told | {
        "value": round(share * 100, 4), "value_text": percent(share).removesuffix("%"),
        "qualifier": None, "unit": metric.unit, "text": percent(share), "note": metric.definition,
    }  # fmt: skip
