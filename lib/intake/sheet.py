"""One sheet becomes one Draft: locate the table, take it apart, read it, check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.catalog.datasets import DATASETS, Dataset
from lib.intake.check.sums import check_derived, check_totals
from lib.intake.choices import key
from lib.intake.draft import Draft
from lib.intake.files.grid import Grid, is_blank
from lib.intake.issues import Issue, Question, located
from lib.intake.locate.body import split
from lib.intake.locate.layout import Layout, layouts
from lib.intake.locate.lists import expand
from lib.intake.locate.table_issues import around, column_issues, list_issue
from lib.intake.locate.texts import records_of, texts_of
from lib.intake.read.columns import Source
from lib.intake.table import draft_of
from lib.intake.words.privacy import REMOVED, is_personal, is_signed, without_numbers

_PREVIEWED = 5


@dataclass(frozen=True)
class SheetView:
    """How a sheet was understood, for people.

    rows:    the header rows and the first rows below, as text
    mapping: heading as written > what it was read as
    codes, figures: columns (from 0) of codes and of figures, which may look like a person's number
    """

    name: str
    dataset: str | None
    header_rows: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: dict[str, str]
    codes: tuple[int, ...] = ()
    figures: tuple[int, ...] = ()


def read_sheet(grid: Grid, source: Source) -> tuple[SheetView, Draft]:
    """How a sheet was understood, and its Draft; the Draft has no dataset where it was not."""
    place = f"{source.file}/{source.sheet}"
    found = layouts(grid, source.choices, place)
    best = next(iter(found), None)
    rivals = _rivals(found)
    if located_table := _certain(found):
        return view_of(grid, located_table), _read_table(grid, located_table, source)
    if len(rivals) > 1:
        issues = [_which_dataset([one.dataset for one in rivals], place)]
    else:
        issues = _not_found(grid, best, source, place)
    return view_of(grid, None), Draft(
        source.file, source.sha256, None, None,
        tuple(located(issues, source.file, source.sheet)), source.sheet, source.choices,
    )  # fmt: skip


def certain_layout(grid: Grid, source: Source) -> Layout | None:
    """The one reading of a sheet that lacks nothing; None where there is none, or several."""
    return _certain(layouts(grid, source.choices, f"{source.file}/{source.sheet}"))


def _certain(found: Sequence[Layout]) -> Layout | None:
    return found[0] if len(_rivals(found)) == 1 and not found[0].missing else None


def _rivals(found: Sequence[Layout]) -> list[Layout]:
    """The readings that are as good as the best; of broken ones, those that understand as much."""
    if not found:
        return []
    best = found[0]
    if best.missing:
        return [one for one in found if one.wide and one.understood == best.understood]
    return [one for one in found if not one.missing and one.score[0] == best.score[0]]


def _which_dataset(datasets: Sequence[Dataset], place: str) -> Issue:
    names = "或".join(f"“{dataset.name}”" for dataset in datasets)
    options = tuple((dataset.id, dataset.name) for dataset in datasets)
    question = Question(key("dataset", place), "这张表是哪一类数据？", options)
    message = f"这张表可能是{names}" if len(datasets) < len(DATASETS) else "没有认出是哪一类数据"
    return Issue("DATASET", "阻断", message, "请选择数据集", question=question)


def _not_found(grid: Grid, layout: Layout | None, source: Source, place: str) -> list[Issue]:
    """What is asked where no table was found: its columns, its header row, or its dataset."""
    header = key("header", place)
    options = tuple(
        (str(number), _row_label(number, row))
        for number, row in enumerate(grid.rows[:15], start=1)
        if not is_blank(row)
    )
    question = Question(header, "表头在第几行？", options)
    fix = "请核对表头，或从“填报模板”页下载模板对照"
    if layout is None:
        if header in source.choices:
            return [_which_dataset(DATASETS, place)]
        return [Issue("HEADER", "阻断", "表头与任何数据集都对不上", fix, question=question)]
    missing = "、".join(f"“{label}”" for label in layout.missing)
    message = f"最接近“{layout.dataset.name}”，但缺少{missing}"
    issue = Issue("HEADER", "阻断", message, fix, row=layout.bottom + 1, question=question)
    return [issue, *column_issues(layout)]


def _row_label(number: int, row: Sequence[str]) -> str:
    text = "｜".join(cell.strip() for cell in row if cell.strip())[:40]
    return f"第{number}行：{'（含个人信息）' if is_personal(text) else text}"


def _read_table(grid: Grid, layout: Layout, source: Source) -> Draft:
    body = split(grid, layout)
    records, lists = expand(
        records_of(grid, layout, body.details, source.choices), layout.dataset,
        lambda name: source.choices.get(key("list", layout.dataset.column(name).label)) == "yes",
    )  # fmt: skip
    return draft_of(
        texts_of(grid, layout, records), source, layout, [text for _, text in body.remarks], body.units,
        before=[*around(grid, layout, body), *body.issues],
        lists=[list_issue(layout, *found, source.choices) for found in lists],
        after=[
            *check_totals(grid, layout, body.details, body.totals),
            *check_derived(grid, layout, body.details),
        ],
    )  # fmt: skip


def _shown(row: Sequence[str], layout: Layout | None) -> tuple[str, ...]:
    """A row for the preview, without personal data."""
    if is_signed(" ".join(row)):
        return (REMOVED, *[""] * (len(row) - 1))
    if layout is None:
        return tuple(without_numbers(cell) for cell in row)
    codes = {i for i, m in layout.meanings.items() if m.column and m.column.kind == "code"}
    return tuple(
        "" if index in layout.personal else cell if index in codes else without_numbers(cell)
        for index, cell in enumerate(row)
    )


def view_of(grid: Grid, layout: Layout | None) -> SheetView:
    """How a sheet was understood: as a located table, or not at all."""
    first = layout.top if layout else 0
    last = layout.bottom if layout else 0
    rows = tuple(_shown(row, layout) for row in grid.rows[first : last + 1 + _PREVIEWED])
    mapping: dict[str, str] = {}
    for index in range(len(layout.headings)) if layout else ():
        assert layout is not None
        if item := layout.meanings.get(index):
            parts = [*item.members.values(), item.column.label if item.column else ""]
            meaning = "·".join(filter(None, parts)) or "只核对，不入库"
        elif role := layout.roles.get(index):
            meaning = "指标列名" if role == "measure" else layout.dataset.column(role).label
        else:
            meaning = "不读"
        mapping[layout.label(index)] = meaning
    return SheetView(
        grid.name,
        layout.dataset.id if layout else None,
        tuple(range(first + 1, last + 2)),
        rows,
        mapping,
        _of_kind(layout, "code"),
        _of_kind(layout, "measure"),
    )


def _of_kind(layout: Layout | None, kind: str) -> tuple[int, ...]:
    """The columns of a kind; those that name a member or are only checked hold figures."""
    meanings = layout.meanings.items() if layout else ()
    return tuple(i for i, m in meanings if (m.column.kind if m.column else "measure") == kind)
