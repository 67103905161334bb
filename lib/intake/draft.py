"""A Draft: the rows of one file, read and checked, ready to be released or sent back."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from lib.catalog.datasets import Column, Dataset
from lib.catalog.metrics import indicator_id
from lib.catalog.outline import SECTIONS
from lib.catalog.periods import parse_period
from lib.catalog.places import Resolution, resolve_department, resolve_district, resolve_level
from lib.catalog.rosters import ROSTER_BY_ID, roster_id
from lib.intake.choices import Choices
from lib.intake.issues import Issue
from lib.intake.numbers import QUALIFIERS, is_missing, read_figure
from lib.intake.schema import schema
from lib.intake.template_file import Sheet, read_template

_RESOLVERS = {
    "district": resolve_district,
    "department": resolve_department,
    "level": resolve_level,
}


@dataclass(frozen=True)
class Draft:
    """One table of one file, read and checked. `table` follows `schema(dataset)`.

    sha256:  of the file as it is kept under `uploads`
    choices: what a person decided while reading it; with the kept file it gives the same rows
    remarks: text found above and below the table, in order
    """

    file: str
    sha256: str
    dataset: Dataset | None
    table: pa.Table | None
    issues: tuple[Issue, ...]
    sheet: str = ""
    choices: Choices = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    synthetic: bool = False

    @property
    def blocked(self) -> bool:
        """Whether anything in the table keeps it from being released."""
        return self.table is None or any(issue.severity == "阻断" for issue in self.issues)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods the rows speak of, in text order."""
        rows = [] if self.table is None else self.table["period"].unique().to_pylist()
        return tuple(sorted(rows))


class _Row:
    """Reads the cells of one line, collecting values and issues."""

    def __init__(self, file: str, number: int, cells: dict[str, str]) -> None:
        self.file, self.number, self.cells = file, number, cells
        self.values: dict[str, Any] = {
            "source_file": file,
            "source_sheet": "",
            "source_row": number,
        }
        self.issues: list[Issue] = []

    def problem(self, code: str, column: Column, message: str, fix: str) -> None:
        """Record a blocking issue of one cell."""
        text = self.cells.get(column.name, "")
        self.issues.append(
            Issue(code, "阻断", message, fix, self.file, "", self.number, column.label, text)
        )

    def read(self, column: Column) -> None:
        """Read one cell by the kind of its column."""
        text = self.cells.get(column.name, "")
        if column.required and not text:
            self.problem("EMPTY", column, "这一格不能为空", column.help or "请补填")
        elif column.kind == "measure":
            self._measure(column, text)
        elif column.kind == "qualifier":
            self._qualifier(column, text)
        elif column.kind in _RESOLVERS and text:
            self._place(column, text, _RESOLVERS[column.kind](text))
        elif column.kind == "member":
            self._member(column, text)
        else:
            self.values[column.name] = self._plain(column, text) if text else None

    def _measure(self, column: Column, text: str) -> None:
        figure = None if is_missing(text) else read_figure(text)
        if figure is None and not is_missing(text):
            self.problem("NUMBER", column, f"“{text}”读不出一个数", "请填一个数，没有数据请留空")
        unit = self.cells.get("unit", "")
        if figure and figure.unit and unit and figure.unit != unit:
            self.problem(
                "UNIT", column, f"格内单位“{figure.unit}”与单位列“{unit}”不同", "请改成同一单位"
            )
        self.values[column.name] = figure.value if figure else None
        self.values[f"{column.name}_text"] = figure.text if figure else None
        self.values[f"{column.name}_qualifier"] = figure.qualifier or None if figure else None

    def _qualifier(self, column: Column, text: str) -> None:
        if text and text not in QUALIFIERS:
            self.problem(
                "QUALIFIER", column, f"“{text}”不是限定词", "可用：" + "、".join(QUALIFIERS)
            )
        written = self.values.get("value_qualifier")
        if text and written and written != text:
            self.problem(
                "QUALIFIER", column, f"限定词“{text}”与数值里的“{written}”不同", "请保留一处"
            )
        self.values["value_qualifier"] = text or written

    def _place(self, column: Column, text: str, place: Resolution) -> None:
        if place.id is None:
            self.problem("NAME", column, place.problem, "请改用已登记的名称，见“指标口径”页")
        self.values[column.name] = place.id
        self.values[f"{column.name}_text"] = text
        if place.note:
            self.values["place_note"] = place.note

    def _member(self, column: Column, text: str) -> None:
        roster = ROSTER_BY_ID.get(self.values.get("roster") or "")
        if roster is None or roster.member == "text":
            self.values[column.name] = self.values[f"{column.name}_text"] = text
        else:
            self._place(column, text, _RESOLVERS[roster.member](text))

    def _plain(self, column: Column, text: str) -> Any:
        value: Any = text
        fix = column.help or "请改正后再传"
        match column.kind:
            case "period":
                value = text if parse_period(text) else None
            case "metric":
                value, fix = indicator_id(text), "指标名称见“指标口径”页，新指标需先登记"
            case "roster":
                value, fix = roster_id(text), "名单名称见“指标口径”页，新名单需先登记"
            case "section":
                value = text if text in SECTIONS else None
            case "integer":
                value = int(text) if text.isdigit() else None
            case "flag":
                value = {"是": True, "否": False}.get(text)
            case "date":
                value = _date(text)
        if value is None:
            self.problem(column.kind.upper(), column, f"“{text}”不是有效的{column.label}", fix)
        return value


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _duplicates(dataset: Dataset, rows: list[dict[str, Any]], file: str) -> list[Issue]:
    seen: dict[tuple[Any, ...], int] = {}
    issues = []
    for row in rows:
        key = tuple(row.get(name) for name in ("period", *dataset.key))
        required = [name for name in dataset.key if dataset.column(name).required]
        if any(row.get(name) is None for name in required):
            continue  # the key itself is unreadable and has been reported
        first = seen.setdefault(key, row["source_row"])
        if first != row["source_row"]:
            labels = "、".join(dataset.column(name).label for name in dataset.key)
            issues.append(
                Issue("DUPLICATE", "阻断", f"{labels}与第{first}行相同", "请只保留一行", file, row=row["source_row"])
            )  # fmt: skip
    return issues


def _table(sheet: Sheet, file: str) -> tuple[pa.Table, list[Issue]]:
    rows, issues = [], []
    for number, cells in sheet.rows:
        row = _Row(file, number, cells)
        for column in sheet.dataset.columns:
            row.read(column)
        remark = row.values.pop("place_note", None)
        if remark:
            row.values["note"] = "；".join(filter(None, (remark, row.values.get("note"))))
        rows.append(row.values)
        issues += row.issues
    issues += _duplicates(sheet.dataset, rows, file)
    target = schema(sheet.dataset)
    columns = {
        field.name: pa.array([_quantized(row.get(field.name)) for row in rows], field.type)
        for field in target
    }
    return pa.table(columns, schema=target), issues


def _quantized(value: Any) -> Any:
    return value.quantize(Decimal("0.0001")) if isinstance(value, Decimal) else value


def draft_from_bytes(content: bytes, file: str) -> Draft:
    """Read one template file. Always returns a Draft; its issues say what is wrong and where."""
    digest = hashlib.sha256(content).hexdigest()
    sheet, issues = read_template(content, file)
    if sheet is None:
        return Draft(file, digest, None, None, tuple(issues))
    table, more = _table(sheet, file)
    position = table.schema.get_field_index("source_sha256")
    table = table.set_column(
        position, "source_sha256", pa.array([digest] * len(table), pa.string())
    )
    return Draft(file, digest, sheet.dataset, table, (*issues, *more))


def draft_from_file(path: Path) -> Draft:
    """Read one template file from disk; see `draft_from_bytes`."""
    return draft_from_bytes(path.read_bytes(), path.name)
