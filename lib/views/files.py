"""A view's table as a file: CSV for machines and old spreadsheets, a workbook for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.downloads import csv_file
from lib.insight.wording import listed_whole
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.views.exhibit import Exhibit, datasets_of
from lib.views.workbook import workbook


def _is_made_up(view: Exhibit, selection: Selection) -> bool:
    release = opened_release(selection.release_id)
    return release.made_up(selection.period, datasets_of(view.id))


def file_name(view: Exhibit, selection: Selection, suffix: str) -> str:
    """What a view's file is called; a part of the rows is called one."""
    part = (f"只列前{len(view.table.rows)}行",) if view.left_out else ()
    return "-".join((view.title, *part, selection.period, selection.release_id)) + f".{suffix}"


def _extent(view: Exhibit) -> str:
    """How many rows there are, and whether the file has them all."""
    listed = len(view.table.rows)
    if not view.left_out:
        return listed_whole(listed)
    return f"共{listed + view.left_out}行，只列出最前{listed}行，还有{view.left_out}行没有列出。"


def view_csv(view: Exhibit, selection: Selection) -> bytes:
    """The table as shown, with the release in every row, so that a copied line still says whose it is.

    A last row says so where there are more.
    """
    columns = [*view.table.columns, "期次", "版本"]
    own = [selection.period, selection.release_id]
    if _is_made_up(view, selection):
        columns, own = [*columns, "数据性质"], [*own, DEMO_MARK]
    more = [[_extent(view), *[""] * (len(columns) - 1)]] if view.left_out else []
    return csv_file(columns, [*([*row, *own] for row in view.table.rows), *more])


def view_xlsx(view: Exhibit, selection: Selection) -> bytes:
    """The table as shown under its title, with scope, release and the sentence that reads it.

    Exact figures are numbers; figures with a word (约、低于) stay text.
    """
    release = opened_release(selection.release_id)
    notes = [
        f"{period_label(selection.period)}｜{selection.scope}｜版本 {release.label}｜非涉密",
        view.reading,
        f"{_extent(view)}“—”为没有报送，不等于零。",
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
