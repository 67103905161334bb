"""总览: the half-year on one page, as data. Built once per release and selection."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from lib.insight.cards import Card, cards
from lib.insight.ranking import (
    DEPARTMENT_METRICS,
    DISTRICT_METRICS,
    Mentions,
    Ranking,
    most_mentioned,
    rank,
)
from lib.insight.reconcile import Finding, reconcile
from lib.insight.sentences import Sentence, summary
from lib.queries.facts import FactBook, fact_book
from lib.selection import Selection


@dataclass(frozen=True)
class Overview:
    """Everything 总览 and 简报 show."""

    selection: Selection
    cards: tuple[Card, ...]
    sentences: tuple[Sentence, ...]
    district_ranks: tuple[Ranking, ...]
    department_ranks: tuple[Ranking, ...]
    district_mentions: tuple[Mentions, ...]
    department_mentions: tuple[Mentions, ...]
    findings: tuple[Finding, ...]
    dates: tuple[dt.date, dt.date] | None

    @property
    def unresolved(self) -> tuple[Finding, ...]:
        """What does not add up or needs knowing."""
        return tuple(finding for finding in self.findings if finding.status != "一致")


@lru_cache(maxsize=256)
def _built(selection: Selection, book: FactBook) -> Overview:
    days = [fact.as_of for fact in book]
    return Overview(
        selection=selection,
        cards=cards(book, selection),
        sentences=summary(book, selection),
        district_ranks=tuple(
            rank(book, metric, "district", selection.districts) for metric in DISTRICT_METRICS
        ),
        department_ranks=tuple(
            rank(book, metric, "department", selection.departments) for metric in DEPARTMENT_METRICS
        ),
        district_mentions=most_mentioned(selection, "district"),
        department_mentions=most_mentioned(selection, "department"),
        findings=reconcile(selection.release_id, selection.period),
        dates=(min(days), max(days)) if days else None,
    )


def overview(selection: Selection) -> Overview:
    """The page for a selection; the same object is given again for the same release and filters."""
    return _built(selection, fact_book(selection.release_id, selection.period))
