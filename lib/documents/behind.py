"""What stands behind the figures of a document: their metrics' definitions and the rows they came from."""

from __future__ import annotations

from collections.abc import Iterable

from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.catalog.places import place_name
from lib.insight.cells import Figure
from lib.insight.table import Table
from lib.insight.wording import in_full
from lib.queries.facts import Fact
from lib.views.exhibit import SOURCE_COLUMNS, Exhibit

_FILE, _ROW = SOURCE_COLUMNS[-2:]


def facts_of(table: Table) -> tuple[Fact, ...]:
    """The facts behind a table's cells, each once, in reading order."""
    cells = (cell for row in table.rows for cell in row if isinstance(cell, Figure))
    return tuple(dict.fromkeys(fact for cell in cells for fact in cell.facts))


def definitions(facts: Iterable[Fact]) -> list[str]:
    """One line a metric: its name and what it means."""
    named = dict.fromkeys((fact.metric, fact.period) for fact in facts)
    return [
        f"{metric_name(metric, period)}：{METRIC_BY_ID[metric].definition}。"
        for metric, period in named
    ]


def source_lines(facts: Iterable[Fact]) -> list[str]:
    """One line a fact: metric, place, figure, and the file and row it was released from."""
    return [
        f"{metric_name(fact.metric, fact.period)}（{place_name(fact.department or fact.district)}）"
        f"{in_full(fact)} > {fact.source_file} 第{fact.source_row}行"
        for fact in facts
    ]


def view_sources(view: Exhibit) -> list[str]:
    """One line a fact of a view's table, then one a released row behind it that no fact stands for."""
    facts = facts_of(view.table)
    told = {(fact.source_file, str(fact.source_row)) for fact in facts}
    others = [
        "，".join(text for label, text in row.items() if label not in SOURCE_COLUMNS and text)
        + f" > {row[_FILE]} 第{row[_ROW]}行"
        for row in _released(view)
        if (row[_FILE], row[_ROW]) not in told
    ]
    return [*source_lines(facts), *others]


def _released(view: Exhibit) -> list[dict[str, str]]:
    if view.sources is None:
        return []
    return [dict(zip(view.sources.columns, row, strict=True)) for row in view.sources.rows]
