"""A view's table as a file: CSV for machines and old spreadsheets, a workbook for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.downloads import csv_file, workbook
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.views.exhibit import Exhibit, datasets_of


def _is_made_up(view: Exhibit, selection: Selection) -> bool:
    release = opened_release(selection.release_id)
    return release.made_up(selection.period, datasets_of(view.id))


def view_csv(view: Exhibit, selection: Selection) -> bytes:
    """The table as shown, with the release in every row, so that a copied line still says whose it is."""
    columns = [*view.table.columns, "期次", "版本"]
    own = [selection.period, selection.release_id]
    if _is_made_up(view, selection):
        columns, own = [*columns, "数据性质"], [*own, DEMO_MARK]
    return csv_file(columns, ([*row, *own] for row in view.table.rows))


def view_xlsx(view: Exhibit, selection: Selection) -> bytes:
    """The table as shown under its title, with scope, release and the sentence that reads it.

    Exact figures are numbers; figures with a word (约、低于) stay text.
    """
    release = opened_release(selection.release_id)
    count = len(view.table.rows)
    notes = [
        f"{period_label(selection.period)}｜{selection.scope}｜版本 {release.label}｜非涉密",
        view.reading,
        f"共{count}行，已全部列出。“—”为没有报送，不等于零。",
    ]
    if _is_made_up(view, selection):
        notes.insert(0, f"{DEMO_MARK}：编造的数字，只用于演示，不得引用。")
    title = f"{view.title}（{view.remark}）" if view.remark else view.title
    return workbook(title, view.table.columns, view.table.rows, notes)


@dataclass(frozen=True)
class TableFile:
    """How a view's table becomes a file of one kind."""

    make: Callable[[Exhibit, Selection], bytes]
    mime: str


# By suffix.
TABLE_FILES = {
    "csv": TableFile(view_csv, "text/csv; charset=utf-8"),
    "xlsx": TableFile(
        view_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
}
