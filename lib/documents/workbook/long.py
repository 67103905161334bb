"""Sheets with a line a figure: every stated number of a topic's sections, in words and as a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.outline import SECTIONS
from lib.catalog.places import CITY, CITY_LEVEL, place_name
from lib.documents.workbook.cells import (
    FIRST,
    SOURCES,
    Cell,
    Formula,
    Row,
    Sheet,
    column,
    difference,
    no_source,
    number_of,
    source,
    span,
    sum_if,
)
from lib.insight.cells import stated_in_full
from lib.insight.wording import MISSING
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views.section import PAGE_SECTIONS, is_chosen

_COLUMNS = (
    "章节",
    "指标",
    "层面",
    "范围",
    "原文",
    "数值",
    "单位",
    "全市平均",
    "比全市平均",
    *SOURCES,
)
_METRIC, _GRAIN, _VALUE, _AVERAGE = 1, 2, 5, 7
_APART = ("地区", "部门")  # whose figures are held against the city's, and may be added
# The page that shows a section > the sheet its single figures stand in, and what that is about.
TOPICS = {
    "centers": ("政务服务体系", "各辖市（区）体系建设中的各项数字"),
    "online": ("一网通办", "线上和自助服务、网站抽检、移动端标准应用"),
    "indicators": ("主要指标", "认领、不见面、即办等指标，与全市平均对照"),
    "supervision": ("互联网+监管", "监管事项、数据汇聚、风险线索、信息报送"),
    "benefits": ("苏企通与重点工作", "“苏企通”金额和办理量、重点工作数字"),
    "warnings": ("网办响应", "网办响应一节除预警、超期外的数字"),
}  # fmt: skip
_REMARK = "“原文”照报送写法；“数值”供计算，约数和界限（低于、以上等）的数值只是所写的数，不是确数。"


def figure_sheets(selection: Selection) -> list[Sheet]:
    """A sheet a topic that has figures for the selection."""
    found: dict[str, list[Fact]] = {}
    for fact in fact_book(selection.release_id, selection.period):
        if fact.dataset == "indicators" and is_chosen(fact.district, fact.department, selection):
            found.setdefault(_page(_section(fact)), []).append(fact)
    return [_sheet(selection, page, found[page]) for page in TOPICS if page in found]


def _section(fact: Fact) -> str:
    return fact.section or METRIC_BY_ID[fact.metric].section


def _page(section: str) -> str:
    """The page of a section; those of the districts belong to the service system."""
    return next((page for page, ids in PAGE_SECTIONS.items() if section in ids), "centers")


def _sheet(selection: Selection, page: str, facts: list[Fact]) -> Sheet:
    order = list(SECTIONS)
    facts.sort(
        key=lambda fact: order.index(_section(fact)) if _section(fact) in order else len(order)
    )
    rows = [_line(selection, fact, FIRST + n) for n, fact in enumerate(facts)]
    closing: list[Row] = []
    for metric in dict.fromkeys(fact.metric for fact in facts):
        at = FIRST + len(rows) + 2 + len(closing)
        closing += _closing(selection, metric, facts, at)
    name, about = TOPICS[page]
    return Sheet(name, about, _COLUMNS, tuple(rows), (_REMARK,), tuple(closing))


def _line(selection: Selection, fact: Fact, at: int) -> Row:
    section = _section(fact)
    return (
        SECTIONS.get(section, section), metric_name(fact.metric, fact.period), _grain(fact),
        place_name(fact.department or fact.district), stated_in_full(fact), number_of(fact),
        fact.unit or MISSING, *_compared(selection, fact, at), *source(fact, selection.release_id),
    )  # fmt: skip


def _grain(fact: Fact) -> str:
    if fact.department:
        return "部门"
    return place_name(fact.district) if fact.district in (CITY.id, CITY_LEVEL.id) else "地区"


def _compared(selection: Selection, fact: Fact, at: int) -> tuple[Cell, Cell]:
    """The city's average beside a place's rate and how far it is; a bound is not compared."""
    average = fact_book(selection.release_id, selection.period).get(fact.metric)
    if METRIC_BY_ID[fact.metric].basis != "rate" or average is None or _grain(fact) not in _APART:
        return "", ""
    if fact.qualifier or average.qualifier:
        return number_of(average), "界限，不比"
    form = max(number_of(fact).form, number_of(average).form, key=len)
    text = f"ROUND({column(_VALUE)}{at}-{column(_AVERAGE)}{at},6)"
    return number_of(average), Formula(text, fact.value - average.value, f"+{form};-{form};{form}")


def _closing(selection: Selection, metric: str, facts: Sequence[Fact], at: int) -> list[Row]:
    """A metric's sum over districts or departments, and how far it is from what was stated.

    at: the sheet's row of the first line
    """
    rows: list[Row] = []
    for grain in _APART:
        own = [fact for fact in facts if fact.metric == metric and _grain(fact) == grain]
        if len(own) < 2 or not _adds_up(own):
            continue
        where = [
            (span(_METRIC, len(facts)), metric_name(metric, own[0].period)),
            (span(_GRAIN, len(facts)), grain),
        ]
        value = sum((fact.value for fact in own), Decimal(0))
        added = sum_if(span(_VALUE, len(facts)), where, value)
        rows.append(_line_of(selection, own[0], f"列名{grain}合计", added, "由公式相加"))
        whole = fact_book(selection.release_id, selection.period).get(metric)
        if whole is not None and not (selection.chosen_districts or selection.chosen_departments):
            here = at + len(rows) - 1
            gap = difference(
                f"{column(_VALUE)}{here}", f"{column(_VALUE)}{here + 1}", (value, whole.value)
            )
            rows += [
                _line_of(selection, own[0], "全市所称", number_of(whole), ""),
                _line_of(selection, own[0], "合计与所称之差", gap, "由公式相减"),
            ]
    return rows


def _adds_up(facts: Sequence[Fact]) -> bool:
    """Whether figures of several places may be added: exact ones that count something, in one unit."""
    basis = METRIC_BY_ID[facts[0].metric].basis
    exact = not any(fact.qualifier for fact in facts)
    return basis in ("stock", "flow") and exact and len({fact.unit for fact in facts}) == 1


def _line_of(selection: Selection, fact: Fact, what: str, value: Cell, remark: str) -> Row:
    section = _section(fact)
    return (
        SECTIONS.get(section, section), metric_name(fact.metric, fact.period), what, MISSING, MISSING, value,
        fact.unit or MISSING, "", "", *no_source(remark, selection.release_id),
    )  # fmt: skip
