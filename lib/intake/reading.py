"""A file becomes drafts: recognise, decode, locate, map, read, check. One call, nothing written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lib.catalog.datasets import DATASETS, EXAMPLE, GUIDE, LISTS, Dataset
from lib.intake.body import Body, split
from lib.intake.checks import check_derived, check_totals, without_repeats
from lib.intake.choices import IGNORE, PERIOD, Choices, key
from lib.intake.dates import as_of_in, period_in
from lib.intake.decode import decode
from lib.intake.draft import Draft
from lib.intake.filetype import file_type
from lib.intake.grid import Grid, column_letter, is_blank, text_grid
from lib.intake.issues import Issue, Question, RefusedFile, in_order, located
from lib.intake.layout import Layout, layouts
from lib.intake.limits import UPLOAD, Limits
from lib.intake.lists import ListedItem, expand, stated_count
from lib.intake.texts import Record, records_of, texts_of
from lib.intake.typed import Source, typed

_PREVIEWED = 5


@dataclass(frozen=True)
class SheetView:
    """How a sheet was understood, for people.

    rows:    the header rows and the first rows below, as text
    mapping: (heading as written, what it was read as)
    """

    name: str
    dataset: str | None
    header_rows: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reading:
    """Everything one file gave. `encoding` is the decision taken; XLSX for a workbook."""

    file: str
    sha256: str
    encoding: str
    sheets: tuple[SheetView, ...]
    drafts: tuple[Draft, ...]
    file_issues: tuple[Issue, ...]

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue of the file and its tables, blocking ones first."""
        return in_order([*self.file_issues, *(i for d in self.drafts for i in d.issues)])

    @property
    def blocked(self) -> bool:
        """Whether nothing of the file, or not all of it, can be released."""
        return not self.drafts or any(issue.severity == "阻断" for issue in self.issues)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What only a person can decide, each once."""
        found = {issue.question.key: issue.question for issue in self.issues if issue.question}
        return tuple(found.values())


def read_file(
    content: bytes,
    name: str,
    choices: Choices | None = None,
    limits: Limits = UPLOAD,
    progress: Callable[[str, float], None] = lambda _stage, _done: None,
) -> Reading:
    """Read a CSV, TSV, TXT or XLSX file in this process. Always returns; issues say what is wrong.

    progress: called with what is being done, in Chinese, and the share done, 0 to 1
    """
    progress("识别文件", 0.05)
    digest = hashlib.sha256(content).hexdigest()
    choices = dict(choices or {})
    try:
        grids, encoding = _grids(content, limits)
    except RefusedFile as refused:
        return Reading(name, digest, "", (), (), tuple(located([refused.issue], name)))
    issues = [] if encoding in ("UTF-8-BOM", "XLSX") else [_encoding(encoding)]
    views, drafts = [], []
    for number, grid in enumerate(grids):
        progress(f"读取{grid.name or '表格'}", 0.3 + 0.65 * number / len(grids))
        if grid.name in (GUIDE, EXAMPLE, LISTS) or all(is_blank(row) for row in grid.rows):
            continue
        view, draft = _sheet(grid, Source(name, grid.name, digest, choices))
        views.append(view)
        drafts.append(draft)
    progress("汇总问题", 0.97)
    known, strays = _recognised(drafts)
    issues += strays
    if not drafts:
        issues.append(Issue("FILE_EMPTY", "阻断", "文件里没有数据", "请检查是否选错了文件"))
    return Reading(name, digest, encoding, tuple(views), known, tuple(located(issues, name)))


def _grids(content: bytes, limits: Limits) -> tuple[list[Grid], str]:
    if file_type(content, limits) == "xlsx":
        from lib.intake.workbook import (
            workbook_grids,
        )  # openpyxl is slow to load, and often not needed

        return workbook_grids(content, limits), "XLSX"
    text, encoding = decode(content, limits)
    return [text_grid(text, limits)], encoding


def _encoding(name: str) -> Issue:
    return Issue(
        "ENCODING", "说明", f"文件编码判定为{name}", "如预览中文字不对，请另存为“CSV UTF-8”"
    )


def _recognised(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], list[Issue]]:
    """In a file with several sheets, one that is no table we know is named and left out."""
    known = tuple(draft for draft in drafts if draft.dataset)
    if not known:
        return tuple(drafts), []
    strays = [
        Issue("SHEET", "提醒", "这个工作表与任何数据集都对不上，没有读入",
              "如果它也要报送，请按模板调整表头", sheet=draft.sheet, question=_first_question(draft))
        for draft in drafts if not draft.dataset
    ]  # fmt: skip
    return known, strays


def _first_question(draft: Draft) -> Question | None:
    return next((issue.question for issue in draft.issues if issue.question), None)


# one sheet


def _sheet(grid: Grid, source: Source) -> tuple[SheetView, Draft]:
    place = f"{source.file}/{source.sheet}"
    found = layouts(grid, source.choices, place)
    layout = next(iter(found), None)
    if layout is None or layout.missing:
        return _view(grid, None), _unrecognised(grid, layout, source, place)
    rival = found[1] if len(found) > 1 else None
    if rival and not rival.missing and rival.score[0] == layout.score[0]:
        issue = _which_dataset([layout.dataset, rival.dataset], place)
        issues = tuple(located([issue], source.file, source.sheet))
        return _view(grid, None), Draft(
            source.file, source.sha256, None, None, issues, source.sheet, source.choices
        )
    return _view(grid, layout), _read_table(grid, layout, source)


def _which_dataset(datasets: Sequence[Dataset], place: str) -> Issue:
    names = "或".join(f"“{dataset.name}”" for dataset in datasets)
    options = tuple((dataset.id, dataset.name) for dataset in datasets)
    question = Question(key("dataset", place), "这张表是哪一类数据？", options)
    return Issue("DATASET", "阻断", f"这张表可能是{names}", "请选择数据集", question=question)


def _unrecognised(grid: Grid, layout: Layout | None, source: Source, place: str) -> Draft:
    """A sheet whose table was not found, with the question where it is."""
    issues = []
    if layout:
        missing = "、".join(f"“{label}”" for label in layout.missing)
        message = f"最接近“{layout.dataset.name}”，但缺少{missing}"
        row: int | None = layout.bottom + 1
        issues = _column_issues(layout)
    else:
        message, row = "表头与任何数据集都对不上", None
    shown = [(n, row) for n, row in enumerate(grid.rows[:15], start=1) if not is_blank(row)]
    options = tuple(
        (str(n), f"第{n}行：{'｜'.join(c.strip() for c in row if c.strip())[:40]}")
        for n, row in shown
    )
    question = Question(key("header", place), "表头在第几行？", options)
    fix = "请核对表头，或从“填报模板”页下载模板对照"
    issues.append(Issue("HEADER", "阻断", message, fix, row=row, question=question))
    datasets = tuple((dataset.id, dataset.name) for dataset in DATASETS)
    asked = Question(key("dataset", place), "这张表是哪一类数据？", datasets)
    issues.append(Issue("DATASET", "阻断", "没有认出是哪一类数据", "请选择数据集", question=asked))
    return Draft(
        source.file, source.sha256, None, None,
        tuple(located(issues, source.file, source.sheet)), source.sheet, source.choices,
    )  # fmt: skip


def _read_table(grid: Grid, layout: Layout, source: Source) -> Draft:
    body = split(grid, layout)
    issues = [*_around(grid, layout, body), *body.issues, *_column_issues(layout)]
    remarks = tuple(text for _, text in body.remarks)
    source, period_issues = _with_period(source, layout, remarks)
    records, lists = expand(
        records_of(grid, layout, body.details), layout.dataset,
        lambda name: source.choices.get(key("list", layout.dataset.column(name).label)) == "yes",
    )  # fmt: skip
    issues += period_issues + [_list_issue(layout, *found, source.choices) for found in lists]
    table, cell_issues = typed(texts_of(grid, layout, records), source)
    table, repeats = without_repeats(table, layout.dataset)
    issues += cell_issues + repeats
    issues += check_totals(grid, layout, body.details, body.totals)
    issues += check_derived(grid, layout, body.details)
    if not len(table) and not lists:
        issues.append(
            Issue("FILE_EMPTY", "阻断", "表头下面没有数据行", "请检查是否选错了文件或工作表")
        )
    return Draft(
        source.file, source.sha256, layout.dataset, table,
        tuple(located(issues, source.file, source.sheet)), source.sheet, source.choices, remarks,
    )  # fmt: skip


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


# issues about the table as a whole


def _around(grid: Grid, layout: Layout, body: Body) -> list[Issue]:
    issues = []
    for row, text in body.remarks:
        above = row < layout.top
        what = "表格上方的文字" if above else "表格下方的说明"
        issues.append(
            Issue(
                "TITLE" if above else "REMARK",
                "说明",
                f"{what}存入备注，不当作数据",
                row=row + 1,
                text=text,
            )
        )
    for row in body.personal:
        message = "这一行有填表人、电话等个人信息，已略去，不入库"
        issues.append(
            Issue("PERSONAL", "提醒", message, "请不要在报送文件里写个人信息", row=row + 1)
        )
    if grid.hidden:
        message = f"有隐藏的内容（{'、'.join(grid.hidden[:10])}），已一并读入"
        issues.append(Issue("HIDDEN", "提醒", message, "请核对隐藏的内容是否也要报送"))
    if layout.bottom > layout.top:
        message = f"第{layout.top + 1}至{layout.bottom + 1}行合成一个表头"
        issues.append(Issue("HEADER_MERGED", "说明", message, row=layout.bottom + 1))
    if layout.wide:
        issues.append(
            Issue("WIDE", "说明", "横表已转成一行一个数", "请看预览核对", row=layout.bottom + 1)
        )
    return issues


def _column_issues(layout: Layout) -> list[Issue]:
    row = layout.bottom + 1
    issues = []
    for index in layout.personal:
        message = "这一列是个人信息，没有读入"
        issues.append(
            Issue(
                "PERSONAL",
                "提醒",
                message,
                "请不要在报送文件里写个人信息",
                row=row,
                column=layout.label(index),
            )
        )
    options = (
        (IGNORE, "不读这一列"),
        *((c.name, f"读作“{c.label}”") for c in layout.dataset.columns),
    )
    for index in layout.unknown:
        label = layout.label(index)
        question = Question(key("column", label), f"“{label}”列怎么处理？", options)
        message = f"“{label}”不是“{layout.dataset.name}”的列，没有读入"
        issues.append(
            Issue("COLUMN_UNKNOWN", "提醒", message, "请选择忽略，或指定它是哪一列", row=row, column=label,
                  cell=f"{column_letter(index)}{row}", question=question)
        )  # fmt: skip
    return issues + _twice(layout)


def _twice(layout: Layout) -> list[Issue]:
    """Two columns that claim to be the same one."""
    seen: dict[tuple[object, ...], int] = {}
    issues = []
    for index, item in layout.meanings.items():
        if item.column is None and not item.members:
            continue
        claim = (item.column, tuple(sorted(item.members.items())))
        first = seen.setdefault(claim, index)
        if first != index:
            message = f"“{layout.label(first)}”和“{layout.label(index)}”两列说的是同一项"
            issues.append(
                Issue(
                    "COLUMN_TWICE",
                    "阻断",
                    message,
                    "请只保留一列",
                    row=layout.bottom + 1,
                    column=layout.label(index),
                )
            )
    return issues


def _list_issue(
    layout: Layout, name: str, record: Record, items: tuple[ListedItem, ...], choices: Choices
) -> Issue:
    """The reading of a cell that lists many, for a person to confirm."""
    text, index = record.cells[name]
    label = layout.dataset.column(name).label
    shown = "；".join(f"{item.name} {item.figure}" for item in items)
    count = stated_count(text)
    remark = f"；原文称{count}个，列出{len(items)}个" if count and count != len(items) else ""
    if choices.get(key("list", label)) == "yes":
        shown = f"按您的确认，从文本解析出{len(items)}条：{shown}{remark}"
        issue = Issue("LIST_CELL", "说明", shown)
    else:
        question = Question(
            key("list", label), f"“{label}”里的列举这样解析对吗？", (("yes", "对，逐条读入"),)
        )
        message = f"一格里列了{len(items)}条：{shown}{remark}"
        issue = Issue("LIST_CELL", "阻断", message, "请确认解析结果", question=question)
    row = record.row + 1
    return issue.at(row, layout.label(index), f"{column_letter(index)}{row}", text)


def _view(grid: Grid, layout: Layout | None) -> SheetView:
    first = layout.top if layout else 0
    last = layout.bottom if layout else 0
    rows = tuple(tuple(row) for row in grid.rows[first : last + 1 + _PREVIEWED])
    mapping = []
    for index in range(len(layout.headings)) if layout else ():
        assert layout is not None
        if item := layout.meanings.get(index):
            parts = [*item.members.values(), item.column.label if item.column else ""]
            meaning = "·".join(filter(None, parts)) or "只核对，不入库"
        elif role := layout.roles.get(index):
            meaning = "指标列名" if role == "measure" else layout.dataset.column(role).label
        else:
            meaning = "不读"
        mapping.append((layout.label(index), meaning))
    return SheetView(
        grid.name,
        layout.dataset.id if layout else None,
        tuple(range(first + 1, last + 2)),
        rows,
        tuple(mapping),
    )
