"""Reading one file in an upload template: bytes to text rows with their line numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from lib.catalog.datasets import DATASETS, Column, Dataset
from lib.catalog.places import clean_name
from lib.intake.issues import Issue

_ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))


@dataclass(frozen=True)
class Sheet:
    """A recognised table: cells by column, one dict a row, beside the file's line numbers."""

    dataset: Dataset
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    encoding: str


def _decode(content: bytes) -> tuple[str, str] | None:
    for codec, label in _ENCODINGS:
        try:
            return content.decode(codec), label
        except UnicodeDecodeError:
            continue
    return None


def _match(header: list[str], dataset: Dataset) -> dict[int, Column]:
    names = {
        clean_name(label): column
        for column in dataset.columns
        for label in (column.label, *column.synonyms)
    }
    return {
        index: names[clean_name(label)]
        for index, label in enumerate(header)
        if clean_name(label) in names
    }


def _recognise(header: list[str]) -> tuple[Dataset, dict[int, Column]] | None:
    """The dataset all of whose required columns and one measure or item the header names."""
    matches = [(dataset, _match(header, dataset)) for dataset in DATASETS]
    whole = [
        (dataset, mapping)
        for dataset, mapping in matches
        if {c.name for c in dataset.columns if c.required} <= {c.name for c in mapping.values()}
        and (not dataset.measures or set(dataset.measures) & set(mapping.values()))
    ]
    return max(whole, key=lambda pair: len(pair[1]), default=None)


def read_template(content: bytes, file: str) -> tuple[Sheet | None, list[Issue]]:
    """Decode and recognise a CSV; returns the sheet, or None with the issue that says why."""
    decoded = _decode(content)
    if decoded is None:
        return None, [
            Issue(
                "ENCODING",
                "阻断",
                "文件编码无法识别",
                "请在Excel或WPS中另存为“CSV UTF-8”后再传",
                file,
            )
        ]
    text, encoding = decoded
    lines = list(csv.reader(io.StringIO(text, newline="")))
    recognised = _recognise(lines[0]) if lines else None
    if recognised is None:
        return None, [
            Issue(
                "HEADER",
                "阻断",
                "表头与任何模板都对不上",
                "请从“数据上报”下载模板，按模板表头填写",
                file,
                row=1,
            )
        ]
    dataset, mapping = recognised
    issues = [
        Issue("COLUMN", "提醒", f"“{label}”不是模板里的列，没有读入", "如需保留请写入“备注”列", file, row=1, column=label)
        for index, label in enumerate(lines[0])
        if index not in mapping and label.strip()
    ]  # fmt: skip
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(lines[0]):
            issues.append(
                Issue("WIDTH", "阻断", f"本行有{len(cells)}格，表头有{len(lines[0])}格", "请检查是否少了或多了分隔符", file, row=number)
            )  # fmt: skip
            continue
        rows.append((number, {column.name: cells[i].strip() for i, column in mapping.items()}))
    return Sheet(dataset, tuple(mapping.values()), tuple(rows), encoding), issues
