"""The data dictionary: what the catalog declares, with this period's figure beside each metric."""

from __future__ import annotations

from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.handling import FINISHED, IN_TIME, PASSED, STATUS_BY_ID, STATUSES, WARNED
from lib.catalog.metrics import METRIC_BY_ID, METRICS, Metric
from lib.catalog.places import (
    AMBIGUOUS,
    CITY,
    CITY_LEVEL,
    DEPARTMENTS,
    DISTRICTS,
    HISTORICAL_DISTRICTS,
    place_name,
)
from lib.catalog.rosters import MEMBER_NAMES, ROSTER_BY_ID, ROSTERS, TONE_NAMES
from lib.catalog.rules import (
    RULES,
    ApartRule,
    BelowRule,
    CasesRule,
    FigureRule,
    InsideRule,
    ListRule,
    NamedRule,
    PartsRule,
    PlanRule,
    ProductRule,
    RatioRule,
    Rule,
    SubsetRule,
    SumRule,
    WithinRule,
)
from lib.insight.wording import MISSING, in_short, listed
from lib.queries.facts import fact_book
from lib.queries.rosters import roster_members
from lib.selection import Selection

Row = dict[str, str]
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "neutral": "不评高低"}
BASES = {"stock": "时点数", "flow": "累计数", "rate": "比率", "rank": "名次"}


def _target(metric: Metric) -> str:
    if isinstance(metric.target, str):
        due = "，年底前完成，与序时进度比较" if metric.yearly else ""
        return f"{METRIC_BY_ID[metric.target].name}{due}"
    return MISSING if metric.target is None else f"{metric.target:g}{metric.unit}"


def metric_rows(selection: Selection) -> list[Row]:
    """One row a metric, in declared order; the figure is that of the metric's own scope."""
    book = fact_book(selection.release_id, selection.period)
    return [
        {
            "指标": metric.name,
            "本期数": in_short(book.get(metric.id, metric.scope)),
            "口径范围": place_name(metric.scope),
            "单位": metric.unit or MISSING,
            "类型": BASES[metric.basis],
            "方向": DIRECTIONS[metric.direction],
            "目标": _target(metric),
            "定义": metric.definition,
            "出处": metric.section,
            "数据集": DATASET_BY_ID[metric.dataset].name,
            "别名": listed(metric.aliases) or MISSING,
            "编号": metric.id,
        }
        for metric in METRICS
    ]


def roster_rows(selection: Selection) -> list[Row]:
    """One row a list, with its members this period."""
    members: dict[str, list[str]] = {}
    for row in roster_members(selection.release_id, selection.period).to_pylist():
        members.setdefault(row["roster"], []).append(row["member_text"])
    return [
        {
            "名单": roster.name,
            "成员类别": MEMBER_NAMES[roster.member],
            "含义": TONE_NAMES[roster.tone],
            "列名数": str(len(members[roster.id])) if roster.id in members else MISSING,
            "成员": listed(members.get(roster.id, ())) or MISSING,
            "出处": roster.section,
            "编号": roster.id,
        }
        for roster in ROSTERS
    ]


def _formula(rule: FigureRule) -> str:
    def name(metric_id: str) -> str:
        return METRIC_BY_ID[metric_id].name

    match rule:
        case SumRule():
            over = "各地区" if rule.over == "district" else "各部门"
            return f"{name(rule.metric)}：全市所称＝{over}合计"
        case RatioRule():
            return f"{name(rule.rate)}＝{name(rule.numerator)}÷{name(rule.denominator)}"
        case PartsRule():
            sign = "≥" if rule.partial else "＝"
            return f"{name(rule.whole)}{sign}{'＋'.join(map(name, rule.parts))}"
        case ProductRule():
            return f"{name(rule.total)}＝{name(rule.count)}×{name(rule.each)}"
        case SubsetRule():
            return f"{name(rule.part)}≤{name(rule.whole)}（逐部门）"
        case PlanRule():
            return f"{name(rule.upgraded)}＝{name(rule.planned)}＋各地区{name(rule.added)}"
        case WithinRule():
            wholes = "＋".join(map(name, rule.wholes))
            if rule.of == "city":
                return f"市本级或各地区的{name(rule.part)}≤全市{wholes}"
            return f"{name(rule.part)}≤{wholes}（逐地区）"


def _list_formula(rule: ListRule) -> str:
    def name(roster_id: str) -> str:
        return f"名单“{ROSTER_BY_ID[roster_id].name}”"

    match rule:
        case NamedRule():
            metric = METRIC_BY_ID[rule.metric]
            ends = (("≥", rule.least), ("≤", rule.most))
            fits = "".join(f"{sign}{end}{metric.unit}" for sign, end in ends if end is not None)
            return f"{'＋'.join(map(name, rule.rosters))}＝{metric.name}{fits}的"
        case BelowRule():
            than = "全市" if rule.than == "city" else "名单外"
            return f"{name(rule.roster)}的{METRIC_BY_ID[rule.metric].name}＜{than}"
        case ApartRule():
            return f"{name(rule.roster)}与{'、'.join(map(name, rule.others))}没有相同成员"
        case InsideRule():
            return f"{name(rule.part)}都在{name(rule.whole)}里"


def _cases_formula(rule: CasesRule) -> str:
    counted = "＋".join(STATUS_BY_ID[status].label for status in rule.statuses)
    return f"{METRIC_BY_ID[rule.metric].name}＝办件明细中的{counted}（逐部门）"


def _written(rule: Rule) -> str:
    match rule:
        case CasesRule():
            return _cases_formula(rule)
        case NamedRule() | BelowRule() | ApartRule() | InsideRule():
            return _list_formula(rule)
        case _:
            return _formula(rule)


def rule_rows() -> list[Row]:
    """One row a reconciliation rule."""
    rows = [
        {
            "规则": rule.name,
            "类别": rule.kind,
            "算式": _written(rule),
            "由谁核对": rule.resolver,
            "编号": rule.id,
        }
        for rule in RULES
    ]
    lengths = ("名单：成员数与所称个数", "名单与个数", "列名成员数＝原文所称个数（逐张名单）")
    return [
        *rows,
        dict(zip(rows[0], (*lengths, "市政务办", "roster_*"), strict=True)),
    ]


def district_rows() -> list[Row]:
    """One row a district, with its code, aliases and validity."""
    rows = [
        {
            "地区": district.name,
            "国标码": district.gb_code or MISSING,
            "可用别名": listed(district.aliases) or MISSING,
            "有效期": f"至{district.valid_until}年" if district.valid_until else "现行",
        }
        for district in (CITY, CITY_LEVEL, *DISTRICTS, *HISTORICAL_DISTRICTS)
    ]
    return rows + [
        {"地区": name, "国标码": MISSING, "可用别名": reason, "有效期": "有歧义，须写明"}
        for name, (reason, _) in AMBIGUOUS.items()
    ]


def department_rows() -> list[Row]:
    """One row a department, with its category and aliases."""
    return [
        {
            "部门": department.name,
            "类别": department.category,
            "可用别名": listed(department.aliases) or MISSING,
        }
        for department in DEPARTMENTS
    ]


def status_rows() -> list[Row]:
    """One row a status of cases: what it means, what its days count, and what it counts as."""
    counts_as = (("预警", WARNED), ("超期", PASSED), ("已办结", FINISHED), ("按时", IN_TIME))
    return [
        {
            "办件状态": status.label,
            "含义": status.help,
            "天数": status.days or MISSING,
            "计入": listed(name for name, held in counts_as if status.id in held) or MISSING,
            "编号": status.id,
        }
        for status in STATUSES
    ]
