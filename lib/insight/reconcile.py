"""Reconciliation: every declared rule, with both numbers and the arithmetic. Nothing is corrected."""

from __future__ import annotations

from functools import lru_cache

from lib.catalog.rules import RULES, ListRule, Rule
from lib.insight.findings import Finding, Status
from lib.insight.reconcile_figures import figure_finding
from lib.insight.reconcile_lists import length_findings, list_finding
from lib.queries.facts import FactBook, fact_book
from lib.queries.rosters import RosterBook, roster_book

__all__ = ["Finding", "Status", "reconcile", "reconciled"]


def _evaluate(rule: Rule, book: FactBook, rosters: RosterBook) -> Finding | None:
    if isinstance(rule, ListRule):
        return list_finding(rule, book, rosters)
    return figure_finding(rule, book)


@lru_cache(maxsize=64)
def reconciled(book: FactBook, rosters: RosterBook) -> tuple[Finding, ...]:
    """What the rules find in these figures and lists; the same answer for the same books."""
    found = [finding for rule in RULES if (finding := _evaluate(rule, book, rosters))]
    return (*found, *length_findings(book, rosters))


def reconcile(release_id: str, period: str) -> tuple[Finding, ...]:
    """Every rule that has something to compare, in declared order, then the lists' lengths."""
    return reconciled(fact_book(release_id, period), roster_book(release_id, period))
