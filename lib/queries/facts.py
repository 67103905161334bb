"""Facts: every stated number of a release, one object each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from lib.queries.release import ask
from lib.settings import lake_dir


@dataclass(frozen=True)
class Fact:
    """One number as stated. `value` is in `unit`; `value_text` and `qualifier` are as written."""

    dataset: str
    metric: str
    period: str
    district: str | None
    department: str | None
    value: Decimal
    value_text: str
    qualifier: str | None
    unit: str | None
    as_of: dt.date
    as_of_text: str | None
    section: str | None
    note: str | None
    source_file: str
    source_sheet: str | None
    source_row: int
    source_sha256: str | None


class FactBook:
    """The facts of one period, found by metric and place."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        self._facts = facts
        self._by_place = {(f.metric, f.district, f.department): f for f in facts}

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def get(
        self, metric: str, district: str | None = "city", department: str | None = None
    ) -> Fact | None:
        """The fact of a metric for one place, or None: missing, which is not zero."""
        return self._by_place.get((metric, district, department))

    def of(self, metric: str) -> list[Fact]:
        """All facts of a metric, totals included, in source order."""
        return [fact for fact in self._facts if fact.metric == metric]


_NAMES = tuple(field.name for field in fields(Fact))


@lru_cache(maxsize=32)
def _book(folder: Path, release_id: str, period: str) -> FactBook:
    rows = ask(release_id, "period_facts", period=period).to_pylist()
    return FactBook(tuple(Fact(**{name: row[name] for name in _NAMES}) for row in rows))


def fact_book(release_id: str, period: str) -> FactBook:
    """Every fact of a release's period."""
    return _book(lake_dir(), release_id, period)


def metric_fact(
    release_id: str, period: str, metric: str, district: str | None, department: str | None
) -> Fact | None:
    """One metric's fact for one place, asked of the engine; None where it was not stated."""
    rows = ask(
        release_id, "metric", period=period, metric=metric, district=district, department=department
    ).to_pylist()
    return Fact(**{name: rows[0][name] for name in _NAMES}) if rows else None
