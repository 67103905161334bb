"""Reconciliation: what adds up and what does not, with the rows behind it."""

from __future__ import annotations

from typing import get_args

from lib.answers.fields import Field, Row, maybe, text
from lib.answers.nature import NATURE, nature
from lib.catalog.datasets import CASES, ROSTER
from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.catalog.rules import Kind
from lib.insight.findings import STATUSES, Finding
from lib.insight.reconcile import OF_CASES, reconcile
from lib.insight.wording import in_full
from lib.store.release import Release

_BEHIND = (
    maybe("metric", "指标编号；名单的成员为空"),
    maybe("list", "名单编号；指标的数为空"),
    text("name", "指标或名单的名称"),
    text("place", "地区或部门"),
    text("value", "原文的数或成员"),
    text("file", "报送的文件"),
    Field("row", "integer", "在文件的第几行"),
)
FINDING = (
    text("rule", "规则编号"),
    text("name", "事项"),
    text("kind", "规则的类别", *get_args(Kind)),
    text("status", "结论", *STATUSES),
    text("stated", "所称"),
    text("computed", "计算"),
    text("arithmetic", "算式"),
    text("resolver", "由谁核对"),
    Field("rows", "rows", "所依据的每一行", of=_BEHIND),
    NATURE,
)


def finding_rows(release: Release, period: str) -> list[Row]:
    """One row per rule that has something to compare, in declared order. Nothing is corrected."""
    return [_finding_row(release, period, one) for one in reconcile(release.id, period)]


def _finding_row(release: Release, period: str, finding: Finding) -> Row:
    used = {fact.dataset for fact in finding.facts}
    used |= {ROSTER.id} if finding.members else set()
    used |= {CASES.id} if finding.rule in OF_CASES else set()
    return {
        "rule": finding.rule, "name": finding.name, "kind": finding.kind, "status": finding.status,
        "stated": finding.stated, "computed": finding.computed, "arithmetic": finding.arithmetic,
        "resolver": finding.resolver, "rows": _behind(finding),
        "nature": nature(release, period, used),
    }  # fmt: skip


def _behind(finding: Finding) -> list[Row]:
    figures = [
        {
            "metric": fact.metric,
            "list": None,
            "name": metric_name(fact.metric, fact.period),
            "place": place_name(fact.department or fact.district),
            "value": in_full(fact),
            "file": fact.source_file,
            "row": fact.source_row,
        }
        for fact in finding.facts
    ]
    named = [
        {
            "metric": None,
            "list": row.roster,
            "name": ROSTER_BY_ID[row.roster].name,
            "place": place_name(row.district),
            "value": row.member_text,
            "file": row.source_file,
            "row": row.source_row,
        }
        for row in finding.members
    ]
    return [*figures, *named]
