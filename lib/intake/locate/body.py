"""The rows under a header: details, totals, and what is said above and below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lib.catalog.places import clean_name
from lib.intake.files.grid import Grid, column_letter, is_blank
from lib.intake.issues import Issue
from lib.intake.locate.headings import TOTALS
from lib.intake.locate.layout import Layout
from lib.intake.locate.stated import StatedUnit, stated_units
from lib.intake.words.privacy import REMOVED, holds_number, is_personal, is_signed

_REMARK = re.compile(
    r"^(?:备?注|说明|填表说明|填报说明|数据来源|数据截至|截至|填报单位|填表单位|报送单位|单位负责人|主管领导|（?盖章）?|附)[:：\d（(]"
    r"|^(?:备?注|说明)$"
)
LONG = 15


@dataclass(frozen=True)
class Body:
    """Row numbers (from 0) of details and totals; remarks above and below as (row, text).

    units: what the lines above and below say of units, signatures included
    """

    details: list[int]
    totals: list[int]
    remarks: list[tuple[int, str]]
    personal: list[int]
    issues: list[Issue]
    units: list[StatedUnit]


def _personal(row: list[str]) -> bool:
    """Whether a row names who filled in a form, or one of its cells holds a number of a person."""
    return is_signed(_words(row)) or any(holds_number(cell) for cell in row)


def _words(row: list[str]) -> str:
    """What a row says, read across; the repeats of a merged cell once."""
    said: list[str] = []
    for cell in row:
        text = " ".join(cell.split())
        if text and text not in said:
            said.append(text)
    return " ".join(said)


def _is_remark(row: list[str], columns: int) -> bool:
    written = [cell.strip() for cell in row if clean_name(cell)]
    first = clean_name(written[0])
    if opens_remark(first):
        return True
    alone = len(set(written)) == 1 and columns > 2
    return alone and (len(first) > LONG or "：" in first or "。" in first)


def opens_remark(text: str) -> bool:
    """Whether a row whose first written cell says this is a remark, or names who filled it in."""
    first = clean_name(text)
    return (
        bool(_REMARK.match(first))
        or first.startswith(REMOVED)
        or (is_personal(first) and not _is_figure(first))
    )


def _is_figure(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit()


def _is_total(row: list[str], layout: Layout) -> bool:
    keys = [
        i for i, m in layout.meanings.items() if m.column and m.column.name in layout.dataset.key
    ]
    named = [clean_name(row[i]) for i in (*keys, *layout.roles) if i < len(row)]
    first = next((clean_name(cell) for cell in row if clean_name(cell)), "")
    return bool(TOTALS & {*named, first})


def _usual_width(grid: Grid, layout: Layout) -> int:
    """Cells in most rows below the header; closing separators may make it more than the headings."""
    widths = Counter(len(row) for row in grid.rows[layout.bottom + 1 :] if not is_blank(row))
    return widths.most_common(1)[0][0] if widths else 0


def _width_issue(row: list[str], number: int, layout: Layout, usual: int) -> Issue | None:
    wanted = len(layout.headings)
    extra = any(clean_name(cell) for cell in row[wanted:])
    if len(row) == wanted or (len(row) == usual and usual > wanted and not extra):
        return None
    text = ",".join(row)
    return Issue(
        "WIDTH", "阻断", f"本行有{len(row)}格，表头有{wanted}格", "请检查是否少了或多了分隔符，不会替您移位",
        row=number + 1, text=text if not is_personal(text) else "",
    )  # fmt: skip


def _above(
    grid: Grid, layout: Layout, remarks: list[tuple[int, str]], personal: list[int]
) -> list[Issue]:
    """The rows before the table: titles, signatures, or data that must not get lost."""
    issues = []
    for number in range(layout.top):
        row = grid.rows[number]
        if is_blank(row):
            continue
        text = _words(row)
        if text == REMOVED:
            continue  # what an earlier reading took out
        if _like_data(row, layout.understood):
            message = "表头上方还有像数据的行，没有读入"
            fix = "把它们移到表头下面，或另存一个工作表"
            issue = Issue("ABOVE_HEADER", "阻断", message, fix, row=number + 1, text=text)
            issues.append(_personal_row(number) if _personal(row) else issue)
        elif _personal(row):
            personal.append(number)
        else:
            remarks.append((number, text))
    return issues


def _like_data(row: list[str], used: int) -> bool:
    """Whether a row holds figures and fills half of the columns; a telephone is no figure."""
    cells = [clean_name(cell) for cell in row]
    figures = sum(_is_figure(cell) and not is_personal(cell) for cell in cells)
    return bool(figures) and sum(map(bool, cells)) * 2 >= used


def _personal_row(number: int) -> Issue:
    message = "这一行像数据，却含个人信息，没有读入"
    return Issue("PERSONAL_ROW", "阻断", message, "请去掉个人信息后再传", row=number + 1)


def _header_again(row: list[str], header: list[str], number: int) -> Issue | None:
    """A row that has the header's words: the header once more, or its columns in another order."""
    words = [clean_name(cell) for cell in row]
    if set(words) - {""} != set(header) - {""}:
        return None
    if [word for word in words if word] == [word for word in header if word]:
        message = "表头在中间又出现一次，没有当作数据"
        return Issue("HEADER_REPEATED", "说明", message, row=number + 1)
    message = "表头在中间又出现一次，但列的顺序变了"
    fix = "请把下面的行改成与表头相同的列序，或另存一个工作表"
    return Issue("HEADER_CHANGED", "阻断", message, fix, row=number + 1)


def _is_measure(layout: Layout, index: int) -> bool:
    found = layout.meanings.get(index)
    if found is None:
        return False
    return found.column.kind == "measure" if found.column else bool(found.members)


def _merged_figures(grid: Grid, layout: Layout, rows: set[int]) -> list[Issue]:
    """Merged cells over figures: which row or column the one figure is of, nobody can tell."""
    issues = []
    for top, left, bottom, right in grid.merged:
        inside = top > layout.bottom and not rows.isdisjoint(range(top, bottom + 1))
        if inside and any(_is_measure(layout, index) for index in range(left, right + 1)):
            text = grid.rows[top][left] if left < len(grid.rows[top]) else ""
            message = "合并单元格盖住了数值，不能判断是哪一行、哪一列的数"
            issue = Issue("MERGED_FIGURE", "阻断", message, "请取消合并，每格各填一个数")
            cell = f"{column_letter(left)}{top + 1}"
            issues.append(issue.at(top + 1, layout.label(left), cell, text))
    return issues


def _merged_down(grid: Grid, layout: Layout) -> list[Issue]:
    """Fill cells merged downwards inside the table, which a workbook states explicitly."""
    issues = []
    for top, left, bottom, right in grid.merged:
        if top <= layout.bottom or left != right or not clean_name(grid.rows[top][left]):
            continue
        if _is_measure(layout, left):
            continue
        for row in range(top + 1, bottom + 1):
            grid.rows[row][left] = grid.rows[top][left]
        message = f"合并单元格的“{grid.rows[top][left]}”用于第{top + 1}至{bottom + 1}行"
        issues.append(
            Issue("MERGED", "说明", message, row=top + 1, column=layout.label(left),
                  cell=f"{column_letter(left)}{top + 1}", text=grid.rows[top][left])
        )  # fmt: skip
    return issues


def split(grid: Grid, layout: Layout, rows: Iterable[tuple[int, list[str]]] | None = None) -> Body:
    """Tell details, totals and remarks apart; nothing below the first remark is read as data.

    rows: (number, cells) of the rows to tell apart, where the grid is only the head of a large
          table that is as wide as its header; else all rows of the grid below its header
    """
    details: list[int] = []
    totals: list[int] = []
    personal: list[int] = []
    remarks: list[tuple[int, str]] = []
    units = [
        unit
        for number in range(layout.top)
        for unit in stated_units(_words(grid.rows[number]), number, above=True)
    ]
    issues = _above(grid, layout, remarks, personal) + _merged_down(grid, layout)
    used = layout.understood
    header = [clean_name(cell) for cell in grid.rows[layout.bottom]]
    usual, below = len(layout.headings), False
    if rows is None:
        rows = islice(enumerate(grid.rows), layout.bottom + 1, None)
        usual = _usual_width(grid, layout)
    for number, row in rows:
        if is_blank(row):
            continue
        remark = below or _is_remark(row, used)
        if remark and _like_data(row, used) and _personal(row):
            issues.append(_personal_row(number))
        elif remark:
            below = True
            units += stated_units(_words(row), number, above=False)
            issues += _below(row, number, used, remarks, personal)
        elif again := _header_again(row, header, number):
            issues.append(again)
        elif problem := _width_issue(row, number, layout, usual):
            issues.append(problem)
        else:
            (totals if _is_total(row, layout) else details).append(number)
    issues += _merged_figures(grid, layout, {*details, *totals})
    return Body(details, totals, remarks, personal, issues, units)


def _below(
    row: list[str], number: int, used: int, remarks: list[tuple[int, str]], personal: list[int]
) -> list[Issue]:
    """A row after the table: a remark, a signature, or data that must not get lost."""
    text = _words(row)
    if text == REMOVED:
        return []  # what an earlier reading took out
    if _personal(row):
        personal.append(number)
        return []
    if _like_data(row, used):
        message = "说明文字之后还有像数据的行，没有读入"
        fix = "请把说明移到表格最后，或把后面的表格另存一个工作表"
        return [Issue("AFTER_REMARK", "阻断", message, fix, row=number + 1, text=text)]
    remarks.append((number, text))
    return []
