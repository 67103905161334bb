"""The workbook samples: merged headers, number formats, formulas, errors, hidden rows and sheets."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable

import openpyxl
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .figures import CENTERS, STAFF, WARNINGS

_MADE = dt.datetime(2022, 8, 1, 9, 0)
_STAFF_TITLE = "2022年上半年“畅通办”专员队伍建设情况统计表"


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook made on a fixed day, so that two builds are the same."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": _MADE, "author": "填报单位"})
    fill(book)
    book.close()
    return out.getvalue()


def repacked(content: bytes) -> bytes:
    """A zip with the clock taken out of it: what openpyxl saves carries the time of saving."""
    out = io.BytesIO()
    stamp = f">{_MADE:%Y-%m-%dT%H:%M:%SZ}</dcterms:".encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = re.sub(rb">[0-9TZ:.-]+</dcterms:", stamp, old.read(name))
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _table(sheet: Worksheet, start: int, rows: Iterable[Iterable[str]]) -> None:
    """Rows from line `start` (from 0); what looks like a whole number is written as one."""
    for number, row in enumerate(rows, start):
        for column, cell in enumerate(row):
            if cell.isdigit():
                sheet.write_number(number, column, int(cell))
            elif cell:
                sheet.write_string(number, column, cell)


def _merged_headers(book: Workbook) -> None:
    """M07: a title, then three header rows of merged cells, then districts and a total."""
    sheet = book.add_worksheet("便民服务提升")
    middle = book.add_format({"align": "center", "valign": "vcenter", "border": 1})
    sheet.merge_range(0, 0, 0, 6, "2022年上半年便民服务提升工程进展情况表", middle)
    sheet.merge_range(1, 0, 3, 0, "地区", middle)
    sheet.merge_range(1, 1, 1, 6, "功能完善和服务提升", middle)
    for index, level in enumerate(("镇级", "村级", "便民点")):
        sheet.merge_range(2, 1 + 2 * index, 2, 2 + 2 * index, level, middle)
        sheet.write_row(3, 1 + 2 * index, ["计划数", "提升数"], middle)
    for number, (name, pairs) in enumerate(CENTERS.items(), 4):
        sheet.write_row(number, 0, [name, *(figure for pair in pairs for figure in pair)])
    sheet.write_row(11, 0, ["合计", 50, 51, 100, 137, 200, 201])


def _staff_with_total(book: Workbook) -> None:
    """M13: the total row's formulas carry the values Excel computed."""
    sheet = book.add_worksheet("专员")
    sheet.merge_range(0, 0, 0, 2, _STAFF_TITLE)
    _table(sheet, 1, [("地区", "目标数", "培育数"), *STAFF])
    sheet.write(9, 0, "合计")
    sheet.write_formula(9, 1, "=SUM(B3:B9)", None, 1000)
    sheet.write_formula(9, 2, "=SUM(C3:C9)", None, 775)


def _never_calculated() -> bytes:
    """M13: the same table out of a program that writes formulas and computes nothing."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "专员"
    sheet.append([_STAFF_TITLE])
    sheet.merge_cells("A1:C1")
    sheet.append(["地区", "目标数", "培育数"])
    for name, target, trained in STAFF:
        sheet.append([name, int(target), int(trained)])
    sheet.append(["合计", "=SUM(B3:B9)", "=SUM(C3:C9)"])
    book.properties.created = _MADE
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def _percent_cells(book: Workbook) -> None:
    """M15: shares kept as 0.854 and shown as 85.40%."""
    sheet = book.add_worksheet("认领率")
    two, one = (book.add_format({"num_format": f}) for f in ("0.00%", "0.0%"))
    sheet.write_row(0, 0, ["期次", "地区", "权力事项认领率", "即办件占比"])
    for row, (district, claimed, instant) in enumerate(
        [("溧阳市", 0.854, 0.913), ("新北区", 0.692, 0.217), ("经开区", 0.675, 0.306)], 1
    ):
        sheet.write_row(row, 0, ["2022H1", district])
        sheet.write_number(row, 2, claimed, two)
        sheet.write_number(row, 3, instant, one)


def _percent_mixed(book: Workbook) -> None:
    """M15: one clerk typed 69.2 into a cell without the format, the others left 0.854 in theirs."""
    sheet = book.add_worksheet("认领率")
    percent = book.add_format({"num_format": "0.00%"})
    sheet.write_row(0, 0, ["期次", "地区", "权力事项认领率"])
    sheet.write_row(1, 0, ["2022H1", "溧阳市"])
    sheet.write_number(1, 2, 0.854, percent)
    sheet.write_row(2, 0, ["2022H1", "新北区", 69.2])
    sheet.write_row(3, 0, ["2022H1", "经开区"])
    sheet.write_number(3, 2, 0.675, percent)


def _errors(book: Workbook) -> None:
    """M25: real error cells, and a column too narrow that someone copied as ###."""
    sheet = book.add_worksheet("预警")
    sheet.write_row(0, 0, ["期次", "部门", "预警数", "超期数"])
    sheet.write_row(1, 0, ["2022H1", "市教育局", 31])
    sheet.write_formula(1, 3, "=C2/0", None, "#DIV/0!")
    sheet.write_row(2, 0, ["2022H1", "市民政局", "####", 1])
    sheet.write_row(3, 0, ["2022H1", "市城管局", 10, 2])


def _text_numbers(book: Workbook) -> None:
    """M26: the green triangle, an apostrophe, and 3-5 that Excel took for the fifth of March."""
    sheet = book.add_worksheet("预警")
    quoted = book.add_format({"quote_prefix": True})
    date = book.add_format({"num_format": 'm"月"d"日"'})
    sheet.write_row(0, 0, ["期次", "部门", "预警数", "超期数"])
    sheet.write_row(1, 0, ["2022H1", "全市"])
    sheet.write_string(1, 2, "140", quoted)
    sheet.write_string(1, 3, "23 ")
    sheet.write_row(2, 0, ["2022H1", "市教育局", 31])
    sheet.write_datetime(2, 3, dt.datetime(2022, 3, 5), date)


def _dates(book: Workbook) -> None:
    """M27: a period Excel holds as 2022.6, a date as a date and a date as its bare number."""
    sheet = book.add_worksheet("预警")
    day = book.add_format({"num_format": "yyyy/m/d"})
    sheet.write_row(0, 0, ["期次", "部门", "预警数", "截止日期"])
    sheet.write_row(1, 0, [2022.6, "市教育局", 31])
    sheet.write_datetime(1, 3, dt.datetime(2022, 7, 31), day)
    sheet.write_row(2, 0, [2022.6, "市民政局", 21, 44742])


def _several_sheets(book: Workbook) -> None:
    """M37: a cover page, a filtered table with a hidden row, a second table, a hidden column."""
    cover = book.add_worksheet("填报说明")
    cover.write(0, 0, "请各部门于7月31日前报送，数据口径见附件")
    warned = book.add_worksheet("网办预警")
    _table(warned, 0, [("期次", "部门", "预警数", "超期数")])
    _table(warned, 1, [("2022H1", *row) for row in WARNINGS[:4]])
    warned.autofilter(0, 0, 4, 3)
    warned.filter_column(3, "x != 1")
    warned.set_row(1, None, None, {"hidden": True})
    staff = book.add_worksheet("专员")
    _table(staff, 0, [("期次", "地区", "目标数", "培育数")])
    _table(staff, 1, [("2022H1", *row) for row in STAFF[:3]])
    staff.set_column(2, 2, None, None, {"hidden": True})


def _hidden_sheet(book: Workbook) -> None:
    """M37: last year's table still in the workbook, hidden."""
    _few_warnings(book)
    old = book.add_worksheet("上年同期")
    _table(old, 0, [("期次", "部门", "预警数", "超期数"), ("2021H1", "市教育局", "40", "3")])
    old.hide()


def _few_warnings(book: Workbook) -> None:
    """A small table nobody could object to."""
    sheet = book.add_worksheet("网办预警")
    _table(sheet, 0, [("期次", "部门", "预警数", "超期数"), ("2022H1", "市教育局", "31", "1")])


def _with_macros(book: Workbook) -> None:
    """M40: a workbook that carries a macro project (of no content)."""
    _few_warnings(book)
    book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)), True)


_FILLED: dict[str, Callable[[xlsxwriter.Workbook], None]] = {
    "M07-merged.xlsx": _merged_headers,
    "M13-calculated.xlsx": _staff_with_total,
    "M15-percent-cells.xlsx": _percent_cells,
    "M15-mixed.xlsx": _percent_mixed,
    "M25-errors.xlsx": _errors,
    "M26-text-numbers.xlsx": _text_numbers,
    "M27-dates.xlsx": _dates,
    "M37-sheets.xlsx": _several_sheets,
    "M37-hidden-sheet.xlsx": _hidden_sheet,
    "M40-workbook-named.csv": _few_warnings,
    "M40-macro.xlsm": _with_macros,
    "M40-macro-renamed.xlsx": _with_macros,
}


def workbook_samples() -> dict[str, bytes]:
    """Every workbook sample by file name."""
    made = {name: workbook(fill) for name, fill in _FILLED.items()}
    return {**made, "M13-not-calculated.xlsx": _never_calculated()}
