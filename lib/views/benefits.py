"""苏企通: money and reach of the platform."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.qualifiers import with_qualifier
from lib.insight.cells import figure, stated_in_full
from lib.insight.table import table_of
from lib.insight.wording import MISSING, in_full, number
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views.exhibit import Exhibit, chart_rows
from lib.views.lines import Known, Line, lines_exhibit
from lib.views.marks import absent, behind, count_mark, count_schema, with_room

_WHOLE = "suqitong_amount"
_PARTS = tuple(f"suqitong_amount_{part}" for part in ("industry", "refund", "subsidy"))
_TEN_THOUSAND = 10_000


@lru_cache(maxsize=64)
def amounts(selection: Selection) -> Exhibit:
    """苏企通涉及金额: the stated total and the parts the source lists (万元)."""
    book = fact_book(selection.release_id, selection.period)
    whole = book.get(_WHOLE)
    parts = [fact for metric in _PARTS if (fact := book.get(metric))]
    facts = [*([whole] if whole else []), *parts]
    marks = [{"项目": _name(fact)} | _in_ten_thousands(fact) for fact in facts]
    rows = [_amount_line(metric, book.get(metric)) for metric in (_WHOLE, *_PARTS)]
    total = sum((fact.value for fact in parts), Decimal(0))
    rows.append(
        {
            "项目": "列明部分合计",
            "原文": "",
            "折合万元": figure(number(total / _TEN_THOUSAND) if parts else MISSING, parts),
            "说明": "按所写数字相加，含约数，仅供对照",
        }
    )
    return Exhibit(
        "amounts",
        "“苏企通”涉及金额",
        _amounts_reading(whole, parts, total) if facts else absent("“苏企通”涉及金额"),
        table_of(rows if facts else [], ("项目", "原文", "折合万元", "说明")),
        remark="按万元画，标注照原文；总额（灰）含列明各项",
        chart="counts",
        marks=chart_rows(with_room(marks), count_schema("项目")),
        options=("项目",),
        key="项目",
        sources=behind("项目", [(_name(fact), fact) for fact in facts]),
    )


def _name(fact: Fact) -> str:
    return METRIC_BY_ID[fact.metric].name.removeprefix("苏企通")


def _in_ten_thousands(fact: Fact) -> dict[str, object]:
    mark = count_mark(fact, apart=fact.metric == _WHOLE)
    return mark | {"数值": float(fact.value / _TEN_THOUSAND)}


def _amount_line(metric: str, fact: Fact | None) -> dict[str, str]:
    name = METRIC_BY_ID[metric].name.removeprefix("苏企通")
    if fact is None:
        return {"项目": name, "原文": MISSING, "折合万元": MISSING, "说明": "本期未报送"}
    scaled = with_qualifier(number(fact.value / _TEN_THOUSAND), fact.qualifier)
    return {
        "项目": name,
        "原文": stated_in_full(fact),
        "折合万元": figure(scaled, [fact]),
        "说明": fact.note or "",
    }


def _amounts_reading(whole: Fact | None, parts: list[Fact], total: Decimal) -> str:
    said = [f"涉及总金额{in_full(whole)}" if whole else "总金额未报送"]
    if parts:
        named = "、".join(f"{_name(fact)}{in_full(fact)}" for fact in parts)
        said.append(
            f"列明{len(parts)}项：{named}，所写数字相加为{number(total / _TEN_THOUSAND)}万元"
        )
    if whole and parts and (whole.qualifier or any(fact.qualifier for fact in parts)):
        said.append("含约数，与总额不作差额")
    return "；".join(said) + "。"


@lru_cache(maxsize=64)
def reach(selection: Selection) -> Exhibit:
    """苏企通: asked about, handled, and enterprises reached; the source states few units."""
    lines = (
        Line("suqitong_consultations", "政策咨询量"),
        Line("suqitong_cases", "办件量"),
        Line("suqitong_entities", "惠及市场主体"),
    )
    remark = "累计，标注照原文"
    return lines_exhibit(selection, "reach", "“苏企通”办理情况", remark, lines, _reach_reading)


def _reach_reading(known: Known) -> str:
    names = {
        "suqitong_consultations": "政策咨询",
        "suqitong_cases": "办件",
        "suqitong_entities": "惠及市场主体",
    }
    said = [f"{name}{in_full(known[m])}" for m, name in names.items() if m in known]
    return "，".join(said) + "；约、余是约数，原文没有写的单位不补。"
