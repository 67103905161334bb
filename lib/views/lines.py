"""A view of single figures, one line each: some drawn as bars of one unit, all in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lib.catalog.metrics import METRIC_BY_ID
from lib.insight.cells import stated
from lib.insight.table import table_of
from lib.insight.wording import MISSING
from lib.queries.facts import Fact, fact_book
from lib.selection import Selection
from lib.views import notes
from lib.views.exhibit import Exhibit, chart_rows
from lib.views.marks import absent, behind, count_mark, count_schema, with_room

_COLUMNS = ("指标", "数值", "时点", "说明")


@dataclass(frozen=True)
class Line:
    """One figure: its metric, place, name (of the metric where empty); `bar` draws it,
    `apart` in gray."""

    metric: str
    name: str = ""
    district: str = "city"
    bar: bool = True
    apart: bool = False

    @property
    def label(self) -> str:
        """What the figure is called in chart and table."""
        return self.name or METRIC_BY_ID[self.metric].name


Known = dict[str, Fact]


def lines_exhibit(
    selection: Selection,
    id: str,
    title: str,
    remark: str,
    lines: Sequence[Line],
    read: Callable[[Known], str],
) -> Exhibit:
    """The figures of `lines` that were stated; `read` says what they mean, from metric id > fact.

    A line without a figure keeps its place in the table; only where none has one is it empty.
    """
    book = fact_book(selection.release_id, selection.period)
    facts = [(line, book.get(line.metric, line.district)) for line in lines]
    known = [(line, fact) for line, fact in facts if fact is not None]
    rows = [
        {
            "指标": line.label,
            "数值": stated(fact),
            "时点": notes.when(fact.as_of_text) if fact else MISSING,
            "说明": notes.remark(fact.note, fact.as_of_text) if fact else "本期未报送",
        }
        for line, fact in facts
    ]
    marks = [
        {"指标": line.label} | count_mark(fact, apart=line.apart)
        for line, fact in known
        if line.bar
    ]
    drawn = any(line.bar for line in lines)
    return Exhibit(
        id,
        title,
        read({fact.metric: fact for _, fact in known}) if known else absent(title),
        table_of(rows if known else [], _COLUMNS),
        remark=remark,
        chart="counts" if drawn else "",
        marks=chart_rows(with_room(marks), count_schema("指标")) if drawn else None,
        options=("指标",) if drawn else (),
        key="指标",
        sources=behind("指标", [(line.label, fact) for line, fact in known]),
    )
