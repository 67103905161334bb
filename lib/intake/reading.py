"""A file becomes drafts: recognise, decode, locate, map, read, check. One call, nothing written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from lib.catalog.datasets import EXAMPLE, GUIDE, LISTS
from lib.intake.choices import IGNORE, Choices, key
from lib.intake.decode import decode
from lib.intake.draft import Draft
from lib.intake.filetype import file_type
from lib.intake.grid import Grid, is_blank, text_grid
from lib.intake.issues import Issue, Question, RefusedFile, in_order, located
from lib.intake.limits import UPLOAD, Limits
from lib.intake.redact import redacted
from lib.intake.sheet import SheetView, read_sheet
from lib.intake.typed import Source


@dataclass(frozen=True)
class Reading:
    """Everything one file gave.

    encoding: the decision taken; XLSX for a workbook
    sha256:   of what is kept of the file: `kept` where personal data was taken out, else as sent
    """

    file: str
    sha256: str
    encoding: str
    sheets: tuple[SheetView, ...]
    drafts: tuple[Draft, ...]
    file_issues: tuple[Issue, ...]
    kept: bytes | None = None

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
    views, drafts, left_out = [], [], list[Issue]()
    for number, grid in enumerate(grids):
        progress(f"读取{grid.name or '表格'}", 0.3 + 0.65 * number / len(grids))
        if grid.name in (GUIDE, EXAMPLE, LISTS) or all(is_blank(row) for row in grid.rows):
            continue
        if choices.get(key("dataset", f"{name}/{grid.name}")) == IGNORE:
            left_out.append(
                Issue("SHEET_LEFT_OUT", "说明", "按您的选择，没有读这个工作表", sheet=grid.name)
            )
            continue
        view, draft = read_sheet(grid, Source(name, grid.name, digest, choices))
        views.append(view)
        drafts.append(draft)
    progress("汇总问题", 0.97)
    known, strays = _recognised(drafts)
    issues += strays + left_out
    if not drafts:
        issues.append(Issue("FILE_EMPTY", "阻断", "文件里没有数据", "请检查是否选错了文件"))
    reading = Reading(name, digest, encoding, tuple(views), known, tuple(located(issues, name)))
    return _without_personal(reading, content, limits)


def _without_personal(reading: Reading, content: bytes, limits: Limits) -> Reading:
    """The reading of the copy that is kept, where the file holds personal data."""
    kept = redacted(content, reading.issues, limits)
    if kept is None:
        return reading
    digest = hashlib.sha256(kept).hexdigest()
    drafts = tuple(
        replace(draft, sha256=digest, table=_stamped(draft.table, digest))
        for draft in reading.drafts
    )
    return replace(reading, sha256=digest, drafts=drafts, kept=kept)


def _stamped(table: pa.Table | None, digest: str) -> pa.Table | None:
    if table is None:
        return None
    position = table.schema.get_field_index("source_sha256")
    stamps = pa.array([digest] * len(table), pa.string())
    return table.set_column(position, table.schema.field(position), stamps)


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
