"""Checks between the rows of one table: repeated keys, totals, and columns that follow from others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Dataset
from lib.catalog.places import ALL_DEPARTMENTS, CITY, clean_name
from lib.intake.grid import Grid, column_letter
from lib.intake.headings import TOTALS
from lib.intake.issues import Issue
from lib.intake.layout import Layout
from lib.intake.numbers import Figure, is_missing, plain, read_figure
from lib.intake.schema import SOURCE_NAMES, WRITTEN_NAMES

# repeated rows


def without_repeats(table: pa.Table, dataset: Dataset) -> tuple[pa.Table, list[Issue]]:
    """The table with equal rows merged; rows of one key that differ are blocking issues."""
    keys = ["period", *dataset.key]
    required = [name for name in keys if name == "period" or dataset.column(name).required]
    if _all_different(table, dataset.key):
        return table, []
    counted = table.select(keys).append_column("row", pa.array(np.arange(len(table))))
    groups = counted.group_by(keys).aggregate([("row", "list"), ("row", "count")])
    several = groups.filter(pc.greater(groups["row_count"], 1)).to_pylist()
    dropped: list[int] = []
    issues: list[Issue] = []
    for group in several:
        if any(group[name] is None for name in required):
            continue  # the key itself is unreadable and has been reported
        first, *others = sorted(group["row_list"])
        for other in others:
            issue, same = _repeat(table, dataset, first, other)
            issues.append(issue)
            if same:
                dropped.append(other)
    kept = np.setdiff1d(np.arange(len(table)), dropped)
    return table.take(kept) if dropped else table, issues


def _all_different(table: pa.Table, key: Sequence[str]) -> bool:
    return len(key) == 1 and bool(pc.count_distinct(table[key[0]]).as_py() == len(table))


def _repeat(table: pa.Table, dataset: Dataset, first: int, other: int) -> tuple[Issue, bool]:
    one, two = (table.slice(row, 1).to_pylist()[0] for row in (first, other))
    ignored = {*SOURCE_NAMES, *(f"{name}_text" for name in WRITTEN_NAMES)}
    same = all(one[name] == two[name] for name in table.column_names if name not in ignored)
    labels = "、".join(dataset.column(name).label for name in dataset.key)
    written = {row.get(f"{name}_text") for row in (one, two) for name in WRITTEN_NAMES} - {None}
    names = (
        f"（写作{'、'.join(f'“{name}”' for name in sorted(written))}）" if len(written) > 1 else ""
    )
    row = two["source_row"]
    if same:
        message = f"与第{one['source_row']}行完全相同{names}，只保留一行"
        return Issue("DUPLICATE_SAME", "提醒", message, "请核对是否重复填报", row=row), True
    message = f"{labels}与第{one['source_row']}行相同{names}，内容不同"
    return Issue("DUPLICATE", "阻断", message, "请核对后只保留一行", row=row), False


# totals


def _cell(grid: Grid, row: int, index: int) -> str:
    cells = grid.rows[row]
    return cells[index].strip() if index < len(cells) else ""


def _figure(text: str) -> Figure | None:
    return None if is_missing(text) else read_figure(text)


def _group(grid: Grid, layout: Layout, row: int) -> tuple[str, ...]:
    """What a row's figures are of, apart from the place: its period, level or indicator."""
    columns = {m.column.name: i for i, m in layout.meanings.items() if m.column and not m.members}
    columns |= {role: i for i, role in layout.roles.items()}
    apart = ("period", "level", "metric", "measure")
    return tuple(clean_name(_cell(grid, row, columns[n])) for n in apart if n in columns)


def _is_whole(grid: Grid, layout: Layout, row: int) -> bool:
    """Whether a detail row is the stated figure of the whole city."""
    whole = {CITY.name, *CITY.aliases, ALL_DEPARTMENTS.name}
    places = [
        i
        for i, m in layout.meanings.items()
        if m.column and m.column.name in ("district", "department")
    ]
    places += [i for i, role in layout.roles.items() if role in ("district", "department")]
    return any(clean_name(_cell(grid, row, index)) in whole for index in places)


def _summed_columns(layout: Layout) -> list[int]:
    if layout.dataset.id == "indicators":
        return [
            i
            for i, m in layout.meanings.items()
            if m.column and m.column.kind == "measure" and "metric" not in m.members
        ]
    return [
        i for i, m in layout.meanings.items()
        if (m.column and m.column.kind == "measure") or (m.members and not m.column)
    ]  # fmt: skip


def check_totals(
    grid: Grid, layout: Layout, details: Sequence[int], totals: Sequence[int]
) -> list[Issue]:
    """Every total row against the rows above it. Nothing is corrected."""
    issues: list[Issue] = []
    marks = set(totals)
    last = max(details, default=-1)
    # A stated figure of the whole city is a total of what stands above it only where it comes last.
    stated = {row for row in details if _is_whole(grid, layout, row)}
    wholes = stated & {last} if layout.dataset.id != "indicators" else set()
    parts = [row for row in details if row not in stated]
    since = -1
    for row in sorted(marks | wholes):
        grouped = bool(_group(grid, layout, row)) and row in wholes
        subtotal = row in marks and any(clean_name(c) == "小计" for c in grid.rows[row])
        below = [
            part for part in parts
            if (row in wholes or part < row) and (not subtotal or part > since)
            and (not grouped or _group(grid, layout, part) == _group(grid, layout, row))
        ]  # fmt: skip
        if subtotal:
            since = row
        if row in marks:
            issues.append(_seen(grid, row))
        for index in _summed_columns(layout):
            issues += _total_cell(grid, layout, row, index, below)
    return issues


def _seen(grid: Grid, row: int) -> Issue:
    name = next(clean_name(c) for c in grid.rows[row] if clean_name(c))
    return Issue("TOTAL_ROW", "说明", f"“{name}”行只用来核对，不入明细", row=row + 1)


def _at(issue: Issue, layout: Layout, row: int, index: int, text: str) -> Issue:
    return issue.at(row + 1, layout.label(index), f"{column_letter(index)}{row + 1}", text)


def _total_cell(
    grid: Grid, layout: Layout, row: int, index: int, parts: Sequence[int]
) -> list[Issue]:
    text = _cell(grid, row, index)
    if grid.notes.get((row, index)) == "formula":
        message = "合计公式没有保存计算结果，不代为计算"
        issue = Issue("FORMULA_EMPTY", "阻断", message, "请在Excel或WPS中打开并保存一次，再传")
        return [_at(issue, layout, row, index, text)]
    total = _figure(text)
    figures = [figure for part in parts if (figure := _figure(_cell(grid, part, index)))]
    if total is None or not figures or not _addable([total, *figures]):
        return []
    found = sum((figure.value for figure in figures), Decimal(0))
    if found == total.value:
        return []
    terms = "＋".join(figure.text for figure in figures[:12]) + ("＋…" if len(figures) > 12 else "")
    absent = len(parts) - len(figures)
    remark = f"（另有{absent}行没有数）" if absent else ""
    message = f"不勾稽：{terms}＝{plain(found)}，合计写作{total.text}{remark}"
    issue = Issue("TOTAL_MISMATCH", "提醒", message, "请核对；两边都按原样保留")
    return [_at(issue, layout, row, index, text)]


def _addable(figures: Sequence[Figure]) -> bool:
    """Whether figures can be summed: no rates, no bounds, no approximations."""
    return not any(figure.unit == "%" or figure.qualifier for figure in figures)


# columns that follow from others


def check_derived(grid: Grid, layout: Layout, rows: Sequence[int]) -> list[Issue]:
    """Rates and sums people add beside their figures, against those figures; totals of wide rows."""
    issues = []
    at = {m.column.name: i for i, m in layout.meanings.items() if m.column and not m.members}
    for index, item in layout.meanings.items():
        if item.derived is None:
            continue
        names = (*item.derived.parts, *filter(None, (item.derived.whole,)))
        if not set(names) <= set(at):
            continue
        for row in rows:
            figures = [_figure(_cell(grid, row, at[name])) for name in names]
            stated = _figure(_cell(grid, row, index))
            if stated and all(figures):
                issues += _derived_cell(
                    layout, row, index, stated, [f for f in figures if f], bool(item.derived.whole)
                )
    return issues + _wide_totals(grid, layout, rows)


def _wide_totals(grid: Grid, layout: Layout, rows: Sequence[int]) -> list[Issue]:
    columns = [
        i
        for i, words in enumerate(layout.headings)
        if words.tiers and words.tiers[-1] in TOTALS and i not in layout.meanings
    ]
    spread = [i for i, m in layout.meanings.items() if m.members and not _whole_member(m.members)]
    issues = []
    for index in columns if spread else ():
        for row in rows:
            stated = _figure(_cell(grid, row, index))
            figures = [f for i in spread if (f := _figure(_cell(grid, row, i)))]
            if stated and figures and _addable([stated, *figures]):
                issues += _derived_cell(layout, row, index, stated, figures, False)
    return issues


def _whole_member(members: dict[str, str]) -> bool:
    return bool({clean_name(text) for text in members.values()} & {CITY.name, *CITY.aliases})


def _derived_cell(
    layout: Layout, row: int, index: int, stated: Figure, figures: list[Figure], ratio: bool
) -> list[Issue]:
    if ratio:
        *parts, whole = figures
        if not whole.value:
            return []
        places = len(stated.text.partition(".")[2])
        exact = sum((p.value for p in parts), Decimal(0)) / whole.value * 100
        share = (
            stated.value * 100 if stated.unit != "%" and stated.value <= 2 < exact else stated.value
        )
        right = abs(exact - share) * 2 <= Decimal(1).scaleb(-places)
        sums = f"{'＋'.join(p.text for p in parts)}÷{whole.text}＝{exact:.2f}%"
    else:
        found = sum((f.value for f in figures), Decimal(0))
        right, sums = found == stated.value, f"{'＋'.join(f.text for f in figures)}＝{plain(found)}"
    if right:
        return []
    message = f"不勾稽：{sums}，表里写作{stated.text}{stated.unit}；这一列由系统计算，不入库"
    issue = Issue("DERIVED_MISMATCH", "提醒", message, "请核对")
    return [_at(issue, layout, row, index, stated.text)]
