"""Reconciliation: every declared rule, with both numbers and the arithmetic. Nothing is corrected."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lib.catalog.datasets import CASES
from lib.catalog.demo import DEMO_MARK
from lib.catalog.rules import RULES, CasesRule, ListRule, Rule
from lib.insight.findings import Finding, Status
from lib.insight.reconcile_cases import cases_finding
from lib.insight.reconcile_figures import figure_finding
from lib.insight.reconcile_lists import length_findings, list_finding
from lib.queries.cases import Counts, case_counts
from lib.queries.facts import FactBook, fact_book
from lib.queries.release import opened_release
from lib.queries.rosters import RosterBook, roster_book

__all__ = ["Finding", "Status", "reconcile", "reconciled", "reconciled_with_cases"]

OF_CASES = frozenset(rule.id for rule in RULES if isinstance(rule, CasesRule))


def _evaluate(
    rule: Rule, book: FactBook, rosters: RosterBook, cases: Counts | None
) -> Finding | None:
    if isinstance(rule, CasesRule):
        return None if cases is None else cases_finding(rule, book, cases)
    if isinstance(rule, ListRule):
        return list_finding(rule, book, rosters)
    return figure_finding(rule, book)


def reconciled(
    book: FactBook, rosters: RosterBook, cases: Counts | None = None
) -> tuple[Finding, ...]:
    """What the rules find in these figures, lists and cases."""
    found = [finding for rule in RULES if (finding := _evaluate(rule, book, rosters, cases))]
    return (*found, *length_findings(book, rosters))


@lru_cache(maxsize=64)
def _found(
    book: FactBook, rosters: RosterBook, release_id: str, period: str
) -> tuple[Finding, ...]:
    """What is found in a release's period; its cases are asked for here, so that they are not kept with it."""
    found = reconciled(book, rosters, case_counts(release_id, period, "standing"))
    if not opened_release(release_id).made_up(period, (CASES.id,)):
        return found
    return tuple(_marked(finding) if finding.rule in OF_CASES else finding for finding in found)


def _marked(finding: Finding) -> Finding:
    """Counted from made-up cases, which may stand beside real figures."""
    return replace(finding, computed=f"{finding.computed}（{DEMO_MARK}）")


def reconcile(release_id: str, period: str) -> tuple[Finding, ...]:
    """Every rule that has something to compare, in declared order, then the lists' lengths."""
    books = fact_book(release_id, period), roster_book(release_id, period)
    return _found(*books, release_id, period)


def reconciled_with_cases(release_id: str, period: str) -> tuple[Finding, ...]:
    """Those findings that hold what was reported against the cases themselves."""
    return tuple(finding for finding in reconcile(release_id, period) if finding.rule in OF_CASES)
