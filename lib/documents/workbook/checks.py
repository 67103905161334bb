"""核验: every reconciliation rule, its arithmetic as a formula of its own numbers, and what is apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from lib.catalog.rules import RULES, PartsRule, PlanRule, ProductRule, RatioRule, Rule, SumRule
from lib.documents.workbook.cells import (
    FIRST,
    Cell,
    Formula,
    Row,
    Sheet,
    difference,
    number_of,
)
from lib.insight.findings import STATUSES, Finding, tally
from lib.insight.overview import overview
from lib.insight.wording import MISSING
from lib.queries.facts import Fact
from lib.selection import Selection

_RULES: dict[str, Rule] = {rule.id: rule for rule in RULES}
_APPROXIMATE = "含约数或界限，不作差额"
Terms = Sequence[Fact]


def check_sheet(selection: Selection) -> Sheet:
    """A line a rule, what people should look at first; the whole city's, as 总览 shows them."""
    found = sorted(overview(selection).findings, key=lambda finding: STATUSES.index(finding.status))
    rows = [_line(finding, FIRST + n) for n, finding in enumerate(found)]
    columns = (
        "事项", "类别", "结论", "所称", "计算", "算式", "所称数值", "计算数值（公式）", "所称与计算之差",
        "由谁核对", "来源",
    )  # fmt: skip
    remarks = (f"{tally(found)}。勾稽按全市全部数字核对，不随所选地区和部门变化；只提示，不改数。",)
    return Sheet("核验", "勾稽关系：所称、计算、算式和差额", columns, tuple(rows), remarks)


def _line(finding: Finding, at: int) -> Row:
    stated, computed, gap = _numbers(finding, at)
    files = dict.fromkeys(f"{f.source_file} 第{f.source_row}行" for f in finding.facts)
    files |= dict.fromkeys(f"{m.source_file} 第{m.source_row}行" for m in finding.members)
    return (
        finding.name, finding.kind, finding.status, finding.stated, finding.computed, finding.arithmetic,
        stated, computed, gap, finding.resolver, "、".join(files) or MISSING,
    )  # fmt: skip


def _numbers(finding: Finding, at: int) -> tuple[Cell, Cell, Cell]:
    """What was stated, what its parts give by formula, and the difference; em dashes for other rules."""
    combine = _COMBINE.get(type(_RULES.get(finding.rule)))
    if combine is None or len(finding.facts) < 2:
        return MISSING, MISSING, MISSING
    whole, *parts = finding.facts
    stated = number_of(whole)
    text, value = combine(parts)
    computed = Formula(text, value, stated.form)
    if any(fact.qualifier for fact in finding.facts):
        return stated, computed, _APPROXIMATE
    gap = difference(f"G{at}", f"H{at}", (stated.value, value))
    return (
        stated,
        computed,
        Formula(gap.text, gap.value, f"+{stated.form};-{stated.form};{stated.form}"),
    )


def _added(parts: Terms) -> tuple[str, Decimal]:
    return "+".join(_plain(fact) for fact in parts), sum((fact.value for fact in parts), Decimal(0))


def _divided(parts: Terms) -> tuple[str, Decimal]:
    top, bottom = parts
    return f"ROUND({_plain(top)}/{_plain(bottom)}*100,6)", round(top.value / bottom.value * 100, 6)


def _multiplied(parts: Terms) -> tuple[str, Decimal]:
    count, each = parts
    return f"{_plain(count)}*{_plain(each)}", count.value * each.value


def _plain(fact: Fact) -> str:
    return f"{fact.value.normalize():f}"


_COMBINE: dict[type, Callable[[Terms], tuple[str, Decimal]]] = {
    SumRule: _added,
    PlanRule: _added,
    PartsRule: _added,
    RatioRule: _divided,
    ProductRule: _multiplied,
}
