"""A large, regular delimited text becomes a Draft without its rows ever being lists.

The header is found in the first rows as in any file. Then the bytes are split into columns, and
only rows that may be no data are taken apart one by one. Whatever is not plainly regular is left
to the general way, which gives the same answer for every file and takes longer.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from lib.intake.check.sums import is_whole, total_seen
from lib.intake.choices import IGNORE, key
from lib.intake.draft import Draft
from lib.intake.files.grid import too_many_rows
from lib.intake.files.limits import Limits
from lib.intake.large.cells import Cells, Shape, Split, split_cells
from lib.intake.large.head import Head, read_head
from lib.intake.large.personal import holds_number_of_person
from lib.intake.large.scan import Irregular, scan
from lib.intake.large.suspects import suspects
from lib.intake.locate.body import Body, split
from lib.intake.locate.layout import Layout
from lib.intake.locate.lists import parse_list
from lib.intake.locate.table_issues import around
from lib.intake.locate.texts import Positions, Texts, trimmed
from lib.intake.read.columns import Source
from lib.intake.sheet import SheetView, certain_layout, view_of
from lib.intake.table import draft_of
from lib.intake.words.distinct import coded, repeated

_MOST_SUSPECTS = 10_000
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class BulkReading:
    """What a large text gave: how it was understood, its Draft, its encoding's name.

    personal: whether its head, or a cell of its body, holds personal data
    """

    view: SheetView
    draft: Draft
    encoding: str
    personal: bool


def read_bulk(
    content: bytes | Path, source: Source, limits: Limits, progress: Progress
) -> BulkReading | None:
    """Read a delimited text, or leave it: None says that the general way has to read it.

    The digest of `source` is found here. Raises RefusedFile for a table with too many rows.
    """
    try:
        progress("解码", 0.1)
        head = read_head(content, limits)
        seen = scan(content, head.delimiter, limits)
        progress("定位表头", 0.2)
        source = replace(source, sha256=seen.sha256)
        layout = _plain_layout(head, source)
        progress("读取", 0.25)
        shape = Shape(
            head.codec, head.delimiter, seen.quoted, head.start_of(layout.bottom + 1),
            head.hardly_repeated(layout),
        )  # fmt: skip
        found = split_cells(content, shape, limits)
        progress("核对", 0.6)
        draft = _draft(head, layout, found, source, limits)
    except (Irregular, csv.Error):
        return None
    view = view_of(head.grid, layout)
    personal = "不读" in view.mapping.values() or holds_number_of_person(
        found.columns, [*head.grid.rows, *(cells for _, cells in found.odd)], view
    )
    return BulkReading(view, draft, head.encoding, personal)


def _plain_layout(head: Head, source: Source) -> Layout:
    """The table's layout, where the head shows it all and every row is one record of its own."""
    left_out = source.choices.get(key("dataset", f"{source.file}/{source.sheet}")) == IGNORE
    layout = None if left_out else certain_layout(head.grid, source)
    if layout is None or not head.shows(layout):
        raise Irregular("layout")
    columns = [item.column for item in layout.meanings.values()]
    derived = any(item.derived for item in layout.meanings.values())
    if layout.wide or layout.roles or derived or None in columns:
        raise Irregular("not a plain table")
    if len(columns) > len(set(columns)):
        raise Irregular("a column twice")
    return layout


def _draft(head: Head, layout: Layout, found: Split, source: Source, limits: Limits) -> Draft:
    first = layout.bottom + 1
    if first + len(found.rows) + len(found.odd) > limits.rows + 50:
        raise too_many_rows(limits)
    labels = head.labels(layout)
    keys = [
        i for i, m in layout.meanings.items() if m.column and m.column.name in layout.dataset.key
    ]
    looked_at = suspects(found.columns, keys, labels)
    if len(looked_at) > _MOST_SUSPECTS:
        raise Irregular("many rows to look at")
    rows = _whole_rows(found, looked_at, first)
    body = split(head.grid, layout, sorted(rows.items()))
    if any(issue.code == "WIDTH" and not issue.text for issue in body.issues):
        raise Irregular("personal data in a row of another width")
    kept = np.ones(len(found.rows), bool)
    kept[looked_at] = np.isin(found.rows[looked_at] + first, body.details)
    _check_closed(body, layout, found.rows[kept] + first)
    texts = _texts(layout, found, kept, first)
    _check_single(texts, layout)
    totals = [total_seen(number, rows[number]) for number in body.totals]
    return draft_of(
        texts, source, layout, [text for _, text in body.remarks], body.units,
        before=[*around(head.grid, layout, body), *body.issues], after=totals,
    )  # fmt: skip


def _whole_rows(found: Split, positions: np.ndarray, first: int) -> dict[int, list[str]]:
    """Rows by their number in the sheet (from 0): those at some positions, and the odd ones."""
    rows = {number + first: cells for number, cells in found.odd}
    for position in positions.tolist():
        number = int(found.rows[position]) + first
        rows[number] = [column.text(position) for column in found.columns]
    return rows


def _check_closed(body: Body, layout: Layout, data: np.ndarray) -> None:
    """Nothing below the first remark may be data, and a sum needs every row above it."""
    below = [number for number, _ in body.remarks] + body.personal
    below += [issue.row - 1 for issue in body.issues if issue.code == "AFTER_REMARK" and issue.row]
    below = [number for number in below if number > layout.bottom]
    if below and len(data) and int(data[-1]) > min(below):
        raise Irregular("data below a remark")
    if body.totals and layout.dataset.measures:
        raise Irregular("totals")


def _texts(layout: Layout, found: Split, kept: np.ndarray, first: int) -> Texts:
    columns: dict[str, pa.Array] = {}
    units: dict[str, pa.Array] = {}
    at: dict[str, Positions] = {}
    chosen = None if kept.all() else np.flatnonzero(kept)
    rows = found.rows if chosen is None else found.rows[chosen]
    for index, cells in enumerate(found.columns):
        item = layout.meanings.get(index)
        if item is None or item.column is None:
            continue
        name, heading = item.column.name, layout.headings[index]
        columns[name] = _text(cells if chosen is None else cells.chosen(chosen))
        at[name] = index
        if heading.unit:
            units[name] = repeated(heading.unit, len(rows), True)
    labels = [layout.label(index) for index in range(len(layout.headings))]
    return Texts(layout.dataset, columns, at, rows + np.int32(first + 1), labels, units, {})


def _text(cells: Cells) -> pa.Array:
    words = trimmed(cells.words)
    return words if cells.codes is None else coded(words.to_pylist(), cells.codes)


def _check_single(texts: Texts, layout: Layout) -> None:
    """A table with figures has one figure a cell, and no row that states the whole of the others."""
    measures = [column.name for column in layout.dataset.measures if column.name in texts.columns]
    if not measures:
        return
    places = [name for name in ("district", "department") if name in texts.columns]
    last = [texts.column(name)[len(texts) - 1].as_py() or "" for name in places if len(texts)]
    if is_whole(last) or any(parse_list(text) for text in _words(texts, [*measures, *places])):
        raise Irregular("lists or totals")


def _words(texts: Texts, names: Iterable[str]) -> Iterable[str]:
    return (word for name in names for word in texts.column(name).unique().to_pylist() if word)
