"""A located table of texts becomes a Draft: its period, its columns, its rows among each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.demo import DEMO_MARK
from lib.intake.check.cases import check_cases
from lib.intake.check.repeats import without_repeats
from lib.intake.choices import AS_OF, PERIOD
from lib.intake.draft import Draft
from lib.intake.issues import Issue, located
from lib.intake.locate.layout import Layout
from lib.intake.locate.stated import StatedUnit, stated_unit
from lib.intake.locate.table_issues import column_issues
from lib.intake.locate.texts import Texts
from lib.intake.read.columns import Source
from lib.intake.read.typed import typed
from lib.intake.words.dates import as_of_in, period_in

_EACH = 200  # rows of one kind that are listed one by one


def draft_of(
    texts: Texts,
    source: Source,
    layout: Layout,
    remarks: Sequence[str],
    units: Sequence[StatedUnit] = (),
    *,
    before: Sequence[Issue],
    lists: Sequence[Issue] = (),
    after: Sequence[Issue] = (),
) -> Draft:
    """Read and check the texts of a table.

    units: stated beside the table
    before, lists, after: issues found around the table, in cells that list many, and in its sums
    """
    source = replace(
        source, unit=stated_unit(units, amount=False), amount_unit=stated_unit(units, amount=True)
    )
    source, period_issues = _with_period(source, layout, remarks)
    issues = [*before, *column_issues(layout), *period_issues, *lists]
    table, cell_issues = typed(texts, source)
    table, repeats = without_repeats(table, layout.dataset)
    issues += [*cell_issues, *_absent(texts, table), *_of_nobody(table), *repeats]
    issues += [*check_cases(table, layout.dataset), *after]
    if not len(table) and not lists:
        issues.append(
            Issue("FILE_EMPTY", "阻断", "表头下面没有数据行", "请检查是否选错了文件或工作表")
        )
    return Draft(
        source.file, source.sha256, layout.dataset, table,
        tuple(located(issues, source.file, source.sheet)), source.sheet, source.choices,
        tuple(remarks), _is_synthetic(source, remarks, table),
    )  # fmt: skip


def _absent(texts: Texts, table: pa.Table) -> list[Issue]:
    """Required columns the table lacks, whose values came from nowhere else."""
    found = []
    for column in texts.dataset.columns:
        told = column.name in texts.columns or column.name in (PERIOD, AS_OF)
        if column.required and not told and table[column.name].null_count:
            message = f"表里没有“{column.label}”这一列"
            fix = "请补上这一列，或指定哪一列是它"
            row, count = table["source_row"][0].as_py(), table[column.name].null_count
            found.append(Issue("EMPTY", "阻断", message, fix, row=row, count=count))
    return found


def _of_nobody(table: pa.Table) -> list[Issue]:
    """A figure that may be of a district or of a department has to be of one of them."""
    names = ("district_text", "department_text")
    if not set(names) <= set(table.column_names):
        return []
    nobody = pc.and_(*(pc.is_null(table[name]) for name in names))
    rows = table.filter(nobody)["source_row"].to_pylist()
    issue = Issue("EMPTY", "阻断", "地区和部门都空着，不知道是谁的数", "请补填地区或部门")
    found = [replace(issue, row=row) for row in rows[:_EACH]]
    if len(rows) > _EACH:
        found[-1] = replace(found[-1], count=len(rows) - _EACH + 1)
    return found


def _is_synthetic(source: Source, remarks: Sequence[str], table: pa.Table) -> bool:
    """Whether the file, its title or any of its rows says that the figures are made up."""
    notes = table["note"].unique().to_pylist()
    marked = filter(None, (source.file, source.sheet, *remarks, *notes))
    return any(DEMO_MARK in text for text in marked)


def _with_period(
    source: Source, layout: Layout, remarks: Sequence[str]
) -> tuple[Source, list[Issue]]:
    """The period and day a title, sheet or file name states, where the table has no such column."""
    until = next((found for text in remarks if (found := as_of_in(text))), "")
    source = replace(source, until=until)
    given = {m.column.name for m in layout.meanings.values() if m.column}
    if PERIOD in given:
        return source, []
    for where, text in (
        *(("标题", r) for r in remarks),
        ("工作表名", source.sheet),
        ("文件名", source.file),
    ):
        found = period_in(text)
        chosen = source.choices.get(PERIOD)
        if found and chosen and chosen != found:
            message = f"{where}写的是{found}，所选期次是{chosen}"
            return source, [
                Issue("PERIOD_MISMATCH", "阻断", message, "请核对文件或改选期次", text=text)
            ]
        if found:
            remark = Issue("PERIOD_READ", "说明", f"期次取自{where}：{found}", text=text)
            return replace(source, choices={**source.choices, PERIOD: found}), [] if chosen else [
                remark
            ]
    return source, []
