"""Bulletins for layout tests: every fact of a release in a paragraph of its own kind, made without templates."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from lib.bulletin.parts import Appendix, Block, Bulletin, Gap
from lib.catalog.metrics import metric_name
from lib.catalog.periods import period_label
from lib.catalog.places import place_name
from lib.insight.cells import stated_in_full, summed
from lib.insight.table import table
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection

SIGNATORY = ("某某市政府推进政府职能转变", "和“放管服”改革协调小组办公室")


def _place(fact: Fact) -> str:
    return place_name(fact.department or fact.district or "city")


def _sentence(fact: Fact) -> tuple[str, ...]:
    name = metric_name(fact.metric, fact.period)
    return (f"{_place(fact)}{name}为", stated_in_full(fact), "。")


def made_bulletin(selection: Selection) -> Bulletin:
    """Headings of three levels, a run-in heading, a gap, a sum, and every fact in text and in a table."""
    facts = list(fact_book(selection.release_id, selection.period))
    warned = [fact for fact in facts if fact.metric == "warning_count" and fact.department]
    blocks = [
        Block(("今年以来，全市上下深入推进“政务服务体系”“一网通办”等工作，现将情况通报如下：",)),
        Block(("一、整体情况",), level=1),
        Block(("（一）网办响应",), level=2),
        Block(("1.预警",), level=3),
        Block(("各部门预警合计", summed(warned), "件。")),
        Block(("溧阳市：", "不见面办理率", Gap("〔缺：不见面办理率，溧阳市〕"), "。"), lead=1),
        Block(("二、逐项数据",), level=1),
        *(Block(_sentence(fact)) for fact in facts),
    ]
    counts = table(("部门", "预警件数"), ((_place(f), stated_in_full(f)) for f in warned))
    return Bulletin(
        selection=selection,
        title=f"{period_label(selection.period)}政务服务工作推进情况通报",
        addressee="市各有关部门，各辖市（区）协调办：",
        blocks=tuple(blocks),
        attachments=("网办预警部门清单", "尚未接入的应用清单"),
        signatory=SIGNATORY,
        date=dt.date(2022, 8, 8),
        appendices=(
            Appendix("网办预警部门清单", counts),
            Appendix("预警件数", counts, "件，累计。"),
        ),
    )


def synthetic_bulletin(selection: Selection) -> Bulletin:
    """The same, said to be made up."""
    return replace(made_bulletin(selection), synthetic=True)
