"""What departments report of warnings and overdue cases, held against the cases themselves."""

from __future__ import annotations

from lib.catalog.places import place_name
from lib.catalog.rules import CasesRule
from lib.insight.bounds import over, under
from lib.insight.caseload import by_department, of_status
from lib.insight.findings import Finding, Status, found
from lib.insight.wording import MISSING, grouped, in_full, number
from lib.queries.cases import Counts
from lib.queries.facts import Fact, FactBook

_OF_ALL = "全市"


def cases_finding(rule: CasesRule, book: FactBook, cases: Counts) -> Finding | None:
    """Both numbers of every department that reported or has such cases; None without cases or reports."""
    total = book.get(rule.metric)
    stated = {fact.department: fact for fact in book.of(rule.metric) if fact.department}
    if not cases.cases.any() or not (stated or total):
        return None
    held = by_department(cases)
    counted = by_department(of_status(cases, *rule.statuses))
    wrong, missing, right = list[str](), list[str](), 0
    for department in dict.fromkeys((*stated, *counted)):
        fact, of_cases = stated.get(department), counted.get(department, 0)
        name = place_name(department)
        if fact is None:
            wrong.append(f"{name}没有报送、明细{grouped(of_cases)}")
        elif department not in held:
            missing.append(f"{name}报送{fact.value_text}、没有明细")
        elif _differ(fact, of_cases):
            wrong.append(f"{name}报送{fact.value_text}、明细{grouped(of_cases)}")
        else:
            right += 1
    whole = sum(counted.values())
    if total and _differ(total, whole):
        (missing if missing and not wrong else wrong).insert(
            0, f"{_OF_ALL}报送{total.value_text}、明细{grouped(whole)}"
        )
    status: Status = "不一致" if wrong else "缺明细" if missing else "一致"
    same = [f"{right}个部门一致"] if right else []
    return found(
        rule, status, in_full(total) if total else _added(stated), f"{grouped(whole)}件", "；".join([*wrong, *missing, *same]),
        (*((total,) if total else ()), *stated.values()),
    )  # fmt: skip


def _differ(fact: Fact, cases: int) -> bool:
    """Whether the figure, as far as its wording goes, is certainly another."""
    return over(fact, cases) or under(fact, cases)


def _added(stated: dict[str, Fact]) -> str:
    known = [fact.value for fact in stated.values()]
    return f"部门合计{number(sum(known[1:], known[0]))}件" if known else MISSING
