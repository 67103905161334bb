"""Checks between the rows of one table: repeated keys, totals, and columns that follow from others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from lib.catalog.places import ALL_DEPARTMENTS, CITY, clean_name
from lib.intake.files.grid import Grid, column_letter
from lib.intake.issues import Issue
from lib.intake.locate.headings import TOTALS
from lib.intake.locate.layout import Layout
from lib.intake.words.numbers import Figure, is_missing, plain, read_figure

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
    places = [
        i
        for i, m in layout.meanings.items()
        if m.column and m.column.name in ("district", "department")
    ]
    places += [i for i, role in layout.roles.items() if role in ("district", "department")]
    return is_whole(_cell(grid, row, index) for index in places)


def is_whole(places: Iterable[str]) -> bool:
    """Whether one of a row's places is the whole city, or all departments."""
    return bool({CITY.name, *CITY.aliases, ALL_DEPARTMENTS.name} & set(map(clean_name, places)))


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
    """Every total row against the rows above it, or below one that comes first. Nothing is corrected."""
    issues: list[Issue] = []
    marks = set(totals)
    last = max(details, default=-1)
    # A stated figure of the whole city is a total of what stands above it only where it comes last.
    stated = {row for row in details if _is_whole(grid, layout, row)}
    wholes = stated & {last} if layout.dataset.id != "indicators" else set()
    parts = [row for row in details if row not in stated]
    since, first = -1, min(parts, default=-1)
    leading = min(marks, default=first) < first
    for row in sorted(marks | wholes):
        grouped = bool(_group(grid, layout, row)) and row in wholes
        subtotal = row in marks and any(clean_name(c) == "小计" for c in grid.rows[row])
        below = [
            part for part in parts
            if (row in wholes or part < row) and (not subtotal or part > since)
            and (not grouped or _group(grid, layout, part) == _group(grid, layout, row))
        ]  # fmt: skip
        if row in marks and (row < first or (subtotal and leading)):
            below = _parts_after(row, marks, parts, subtotal)
        if subtotal:
            since = row
        if row in marks:
            issues.append(total_seen(row, grid.rows[row]))
        for index in _summed_columns(layout):
            issues += _total_cell(grid, layout, row, index, below)
    return issues


def _parts_after(row: int, marks: Iterable[int], parts: Sequence[int], subtotal: bool) -> list[int]:
    """What a total that comes first is the sum of: a subtotal's reach ends at the next total."""
    end = min((mark for mark in marks if mark > row), default=None) if subtotal else None
    return [part for part in parts if part > row and (end is None or part < end)]


def total_seen(row: int, cells: Sequence[str]) -> Issue:
    """The remark on a total row, which is only compared."""
    name = next(clean_name(cell) for cell in cells if clean_name(cell))
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
