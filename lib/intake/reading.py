"""A file becomes drafts: recognise, decode, locate, map, read, check. One call, nothing written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from lib.catalog.datasets import DATASETS, EXAMPLE, GUIDE, LISTS
from lib.intake.check.discreet import discreet
from lib.intake.check.redact import (
    Known,
    has_comments,
    holds_personal,
    names_author,
    redacted,
)
from lib.intake.choices import IGNORE, Choices, key
from lib.intake.draft import Draft
from lib.intake.files.decode import decode
from lib.intake.files.filetype import file_type, plain_name
from lib.intake.files.grid import Grid, is_blank, text_grid
from lib.intake.files.limits import BULK_BYTES, UPLOAD, Limits
from lib.intake.issues import Issue, Question, RefusedFile, in_order, located
from lib.intake.large.bulk import Progress, read_bulk
from lib.intake.large.scan import digest_of, size_of
from lib.intake.read.columns import Source
from lib.intake.sheet import SheetView, read_sheet
from lib.intake.words.distinct import repeated


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
    content: bytes | Path,
    name: str,
    choices: Choices | None = None,
    limits: Limits = UPLOAD,
    progress: Progress = lambda _stage, _done: None,
    bulk_bytes: int = BULK_BYTES,
) -> Reading:
    """Read a CSV, TSV, TXT or XLSX file in this process. Always returns; issues say what is wrong.

    content:    the bytes, or the file; of a large regular text not all is held at once
    progress:   called with what is being done, in Chinese, and the share done, 0 to 1
    bulk_bytes: texts of this size and more are read in columns; the answer is the same
    """
    progress("识别文件", 0.05)
    name = plain_name(name)
    source = Source(name, "", "", dict(choices or {}))
    try:
        large = size_of(content) >= bulk_bytes
        found = read_bulk(content, source, limits, progress) if large else None
        if found:
            reading = Reading(
                name, found.draft.sha256, found.encoding, (found.view,), (found.draft,),
                tuple(located(_encoding(found.encoding), name)),
            )  # fmt: skip
            personal = found.personal
        else:
            content = content if isinstance(content, bytes) else content.read_bytes()
            reading, personal = _read_grids(content, source, limits, progress)
        return _without_personal(_discreet(reading), content, limits, personal)
    except RefusedFile as refused:
        issues = tuple(located([refused.issue], name))
        return Reading(name, digest_of(content), "", (), (), issues)


def _read_grids(
    content: bytes, source: Source, limits: Limits, progress: Progress
) -> tuple[Reading, bool]:
    """Read every sheet record by record; and whether personal data is in it. Raises RefusedFile."""
    name, digest = source.file, hashlib.sha256(content).hexdigest()
    progress("解码", 0.1)
    grids, encoding = _grids(content, limits)
    issues = _encoding(encoding)
    views, drafts, left_out = [], [], list[Issue]()
    for number, grid in enumerate(grids):
        progress(f"读取{grid.name or '表格'}", 0.3 + 0.65 * number / len(grids))
        if grid.name in (GUIDE, EXAMPLE, LISTS) or all(is_blank(row) for row in grid.rows):
            continue
        if source.choices.get(key("dataset", f"{name}/{grid.name}")) == IGNORE:
            left_out.append(
                Issue("SHEET_LEFT_OUT", "说明", "按您的选择，没有读这个工作表", sheet=grid.name)
            )
            continue
        view, draft = read_sheet(grid, replace(source, sheet=grid.name, sha256=digest))
        views.append(view)
        drafts.append(draft)
    progress("汇总问题", 0.97)
    known, strays = _recognised(drafts)
    issues += strays + left_out
    if not drafts:
        issues.append(Issue("FILE_EMPTY", "阻断", "文件里没有数据", "请检查是否选错了文件"))
    personal = _around(content, encoding, issues)
    found = _known(views)
    personal = personal or any(holds_personal(g.rows, found.get(g.name)) for g in grids)
    told = tuple(located(issues, name))
    return Reading(name, digest, encoding, tuple(views), known, told), personal


def _around(content: bytes, encoding: str, issues: list[Issue]) -> bool:
    """Whether a workbook has comments, which are told of, or names its author."""
    if encoding != "XLSX":
        return False
    comments = has_comments(content)
    if comments:
        message = "单元格批注没有读入，留存的原件里也不保留"
        issues.append(Issue("COMMENTS", "说明", message, "请把要报送的内容写进单元格"))
    return comments or names_author(content)


def _known(views: Sequence[SheetView]) -> dict[str, Known]:
    """What is known of every recognised sheet."""
    return {v.name: Known(frozenset(v.codes), frozenset(v.figures)) for v in views if v.dataset}


def _discreet(reading: Reading) -> Reading:
    drafts = tuple(replace(draft, issues=discreet(draft.issues)) for draft in reading.drafts)
    return replace(reading, drafts=drafts, file_issues=discreet(reading.file_issues))


def _without_personal(
    reading: Reading, content: bytes | Path, limits: Limits, personal: bool
) -> Reading:
    """The reading of the copy that is kept, where the file holds personal data."""
    if not personal and not any(issue.code == "PERSONAL" for issue in reading.issues):
        return reading
    content = content if isinstance(content, bytes) else content.read_bytes()
    kept = redacted(content, reading.issues, _known(reading.sheets), limits)
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
    field = table.schema.field(position)
    stamps = repeated(digest, len(table), pa.types.is_dictionary(field.type))
    return table.set_column(position, field.with_type(stamps.type), stamps)


def _grids(content: bytes, limits: Limits) -> tuple[list[Grid], str]:
    if file_type(content, limits) == "xlsx":
        # openpyxl is slow to load, and often not needed.
        from lib.intake.files.workbook import workbook_grids

        return workbook_grids(content, limits), "XLSX"
    text, encoding = decode(content, limits)
    return [text_grid(text, limits)], encoding


def _encoding(name: str) -> list[Issue]:
    """The remark on an encoding that the file itself does not state."""
    if name in ("UTF-8-BOM", "XLSX"):
        return []
    fix = "如预览中文字不对，请另存为“CSV UTF-8”"
    return [Issue("ENCODING", "说明", f"文件编码判定为{name}", fix)]


def _recognised(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], list[Issue]]:
    """In a file with several sheets, one that is no table we know is named and left out."""
    known = tuple(draft for draft in drafts if draft.dataset)
    if not known:
        return tuple(drafts), []
    strays = [
        Issue("SHEET", "提醒", "这个工作表与任何数据集都对不上，没有读入",
              "如果它也要报送，请按模板调整表头", sheet=draft.sheet, question=_which(draft))
        for draft in drafts if not draft.dataset
    ]  # fmt: skip
    return known, strays


def _which(draft: Draft) -> Question:
    """What a sheet nobody recognised is, or that it is not to be read."""
    options = ((IGNORE, "不报送这个工作表"), *((d.id, d.name) for d in DATASETS))
    place = key("dataset", f"{draft.file}/{draft.sheet}")
    return Question(place, f"工作表“{draft.sheet}”是哪一类数据？", options)
