"""Columns of text to the stored table: every column read once per distinct text, then checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Column
from lib.catalog.metrics import METRIC_BY_ID, indicator_id
from lib.catalog.periods import parse_period
from lib.catalog.places import mixes_site_names
from lib.intake.cells import (
    Read,
    day_cell,
    level_cell,
    measure_cell,
    member_cell,
    period_cell,
    place_cell,
    word_cell,
)
from lib.intake.choices import AS_OF, PERIOD, Choices
from lib.intake.dates import read_day
from lib.intake.distinct import Distinct, distinct
from lib.intake.issues import Issue
from lib.intake.schema import FIGURE_TYPE, schema
from lib.intake.texts import Texts

_EACH = 200  # cells of one column and rule that are listed one by one


@dataclass(frozen=True)
class Source:
    """Where a table came from, and what is said around it."""

    file: str
    sheet: str
    sha256: str
    choices: Choices
    until: str = ""  # the words after 截至 in a title or remark


class _Reading:
    """One table being read: gathers stored columns and issues."""

    def __init__(self, texts: Texts, source: Source) -> None:
        self.texts, self.source, self.dataset = texts, source, texts.dataset
        self.stored: dict[str, pa.Array] = {}
        self.issues: list[Issue] = []
        self.note_parts: list[pa.Array] = []
        self.period_days: pa.Array = pa.nulls(len(texts), pa.string())
        self.units: list[pa.Array] = []

    def read(self) -> pa.Table:
        """Every declared column in turn; later ones may depend on earlier ones."""
        self._periods()
        for column in self.dataset.columns:
            match column.kind:
                case "period" | "date" if column.name in (PERIOD, AS_OF):
                    continue
                case "measure":
                    self._measure(column)
                case "code":
                    self._code(column)
                case "qualifier" | "level" | "member":
                    getattr(self, f"_{column.kind}")(column)
                case "date":
                    self._day(column)
                case _:
                    self._plain(column)
        self._as_of()
        self._unit()
        self._note()
        return self._table()

    # applying a reader

    def _apply(
        self, column: Column, read: Callable[..., Read], *context: pa.Array
    ) -> Distinct[Read]:
        values = self.texts.column(column.name)
        found = distinct([values, *context], read)
        self._report(column, found, values)
        if column.required and column.name in self.texts.columns:
            self._blanks(column, values)
        return found

    def _report(self, column: Column, found: Distinct[Read], values: pa.Array) -> None:
        if not any(read.issues for read in found.values):
            return
        order = np.argsort(found.codes, kind="stable")
        starts = np.searchsorted(found.codes[order], np.arange(len(found.values) + 1))
        for position, read in enumerate(found.values):
            rows = order[starts[position] : starts[position + 1]]
            for issue in read.issues:
                self.issues += self._placed(issue, column.name, rows, values)

    def _placed(
        self, issue: Issue, name: str, rows: np.ndarray, values: pa.Array | None = None
    ) -> Iterable[Issue]:
        """The issue at every row; a remark once, with how many cells share it."""
        once = issue.severity == "说明" or issue.question is not None
        for row in rows[:1] if once else rows[:_EACH]:
            more = (
                len(rows)
                if once
                else (len(rows) - _EACH + 1 if row == rows[:_EACH][-1] and len(rows) > _EACH else 1)
            )
            text = issue.text or ("" if values is None else values[int(row)].as_py() or "")
            yield replace(
                issue, row=int(self.texts.rows[row]), column=self.texts.label(name, row),
                cell=self.texts.address(name, row), text=text, count=more,
            )  # fmt: skip

    def _blanks(self, column: Column, values: pa.Array) -> None:
        rows = np.flatnonzero(pc.is_null(values).to_numpy(zero_copy_only=False))
        if (column.name == PERIOD and self.source.choices.get(PERIOD)) or column.name == AS_OF:
            return
        fix = column.help or "请补填"
        self.issues += self._placed(
            Issue("EMPTY", "阻断", "这一格不能为空", fix), column.name, rows
        )

    # columns by kind

    def _periods(self) -> None:
        column = self.dataset.column(PERIOD)
        read = distinct(
            [self.texts.column(PERIOD)], lambda text: period_cell(text, self.source.choices)
        )
        self._report(column, read, self.texts.column(PERIOD))
        self.stored[PERIOD] = read.array(lambda r: r.fields.get(""), pa.string())
        self.period_days = read.array(lambda r: r.fields.get("_day"), pa.string())

    def _plain(self, column: Column) -> None:
        if column.kind in ("district", "department"):
            read = self._apply(
                column, lambda text: place_cell(column.kind, text, self.source.choices)
            )
            self._keep_place(column, read)
            return
        read = self._apply(column, lambda text: word_cell(column, text))
        kind = (
            self._field(column.name).type
            if column.name in schema(self.dataset).names
            else pa.string()
        )
        self.stored[column.name] = read.array(lambda r: r.fields.get(""), kind)

    def _day(self, column: Column) -> None:
        read = self._apply(column, lambda text: day_cell(column, text, ""))
        self.stored[column.name] = read.array(_picked(""), pa.date32())

    def _field(self, name: str) -> pa.Field:
        return schema(self.dataset).field(name)

    def _keep_place(self, column: Column, read: Distinct[Read]) -> None:
        self.stored[column.name] = read.array(lambda r: r.fields.get(""), pa.string())
        if f"{column.name}_text" in schema(self.dataset).names:
            self.stored[f"{column.name}_text"] = read.array(
                lambda r: r.fields.get("_text"), pa.string()
            )
        if any(r.fields.get("_note") for r in read.values):
            self.note_parts.append(read.array(lambda r: r.fields.get("_note") or None, pa.string()))

    def _level(self, column: Column) -> None:
        names = set(self.texts.column(column.name).unique().to_pylist()) - {None}
        ends = {
            p.end.isoformat()
            for p in map(parse_period, self.stored[PERIOD].drop_null().unique().to_pylist())
            if p
        }
        mixed = "mixed" if any(mixes_site_names(names, end) for end in ends) else ""
        read = self._apply(
            column,
            lambda text, period: level_cell(text, period, mixed, self.source.choices),
            self.stored[PERIOD],
        )
        self._keep_place(column, read)

    def _member(self, column: Column) -> None:
        read = self._apply(
            column,
            lambda text, roster: member_cell(text, roster, self.source.choices),
            self.texts.column("roster"),
        )
        self._keep_place(column, read)

    def _code(self, column: Column) -> None:
        values = self.texts.column(column.name)
        self._blanks(column, values)
        cut = pc.fill_null(pc.match_substring_regex(values, _SHORTENED), False)
        rows = np.flatnonzero(cut.to_numpy(zero_copy_only=False))
        self.issues += self._placed(_NOTE_ISSUES["digits"], column.name, rows, values)
        self._notes(column)
        self.stored[column.name] = values

    def _measure(self, column: Column) -> None:
        name = column.name
        metrics = self.texts.column("metric")
        has_units = "unit" in self.texts.columns
        read = self._apply(
            column,
            lambda text, metric, unit, heading: measure_cell(
                column, text, metric, unit, heading, self.source.choices, has_units
            ),
            metrics,
            self.texts.column("unit"),
            self.texts.unit_of(name),
        )
        self.stored[name] = read.array(lambda r: _quantized(r.fields.get("")), FIGURE_TYPE)
        for suffix in ("_text", "_qualifier"):
            self.stored[name + suffix] = read.array(_picked(suffix), pa.string())
        self.units.append(read.array(lambda r: r.fields.get("_unit"), pa.string()))
        self._percent_styles(column, read, metrics)
        self._notes(column)

    def _qualifier(self, column: Column) -> None:
        """A qualifier in a column of its own joins the one written in the figure."""
        if column.name not in self.texts.columns:
            return
        read = self._apply(column, lambda text: word_cell(column, text))
        own = read.array(lambda r: r.fields.get(""), pa.string())
        written = self.stored["value_qualifier"]
        clash = pc.fill_null(pc.and_(pc.is_valid(own), pc.not_equal(own, written)), False)
        message = "限定词与数值里写的不同"
        self.issues += self._placed(
            Issue("QUALIFIER", "阻断", message, "请保留一处"), column.name,
            np.flatnonzero(clash.to_numpy(zero_copy_only=False)), self.texts.column(column.name),
        )  # fmt: skip
        self.stored["value_qualifier"] = pc.coalesce(own, written)

    # what a workbook cell hides

    def _notes(self, column: Column) -> None:
        if not self.texts.notes:
            return
        found: dict[str, list[int]] = {}
        for row, number in enumerate(self.texts.rows):
            index = self.texts.index(column.name, row)
            note = self.texts.notes.get((int(number) - 1, -1 if index is None else index))
            if note in _NOTE_ISSUES:
                found.setdefault(note, []).append(row)
        for hidden, rows in found.items():
            issue = _NOTE_ISSUES[hidden]
            self.issues += self._placed(
                issue, column.name, np.array(rows), self.texts.column(column.name)
            )

    def _percent_styles(self, column: Column, read: Distinct[Read], metrics: pa.Array) -> None:
        """Refuse a rate column that mixes shares, bare percents and percent cells."""
        by_metric: dict[str, dict[str, list[int]]] = {}
        names = metrics.to_pylist()
        for row, code in enumerate(read.codes if len(read.codes) <= 100_000 else ()):
            value = read.values[code]
            about = METRIC_BY_ID.get(indicator_id(names[row] or "") or "")
            unit = about.unit if about else column.unit
            if value.figure is None or unit != "%" or value.figure.value == 0:
                continue
            if value.figure.unit == "%":
                index = self.texts.index(column.name, row)
                noted = (int(self.texts.rows[row]) - 1, index) in self.texts.notes
                style = "cell" if noted else "text"
            else:
                written = value.figure.value
                style = "share" if written <= 1 else "bare"
            by_metric.setdefault(names[row] or "", {}).setdefault(style, []).append(row)
        for styles in by_metric.values():
            if "bare" in styles and ("share" in styles or "cell" in styles):
                rows = min((styles[s] for s in styles if s != "text"), key=len)
                message = "同一列里有的按百分数写、有的按小数写，不能判断"
                issue = Issue("PERCENT_MIXED", "阻断", message, "请统一写成带%的百分数")
                self.issues += self._placed(
                    issue, column.name, np.array(rows), self.texts.column(column.name)
                )

    # the closing columns

    def _as_of(self) -> None:
        """The day of every row: its own, its wording's, the title's, or the period's last."""
        texts, period = self.texts, self.stored[PERIOD]
        column = self.dataset.column(AS_OF)
        own = self._apply(column, lambda text, p: day_cell(column, text, p), period)
        if "as_of_text" not in self.stored:
            self._plain(self.dataset.column("as_of_text"))
        words = pc.coalesce(
            self.stored["as_of_text"], own.array(lambda r: r.fields.get("_words"), pa.string())
        )
        days = own.array(lambda r: r.fields.get(""), pa.date32())
        chosen, until = self.source.choices.get(AS_OF, ""), self.source.until
        for source in (
            words,
            self.period_days,
            _constant(chosen, len(texts)),
            _constant(until, len(texts)),
        ):
            if days.null_count:
                read = distinct(
                    [source, period], lambda text, p: read_day(text, p) if text else None
                )
                days = pc.coalesce(days, read.array(lambda day: day, pa.date32()))
        if until and not chosen:
            words = pc.coalesce(words, _constant(until, len(texts)))
        missing = pc.and_(pc.is_null(days), pc.is_valid(period)).to_numpy(zero_copy_only=False)
        if missing.any():
            ends = distinct([period], _period_end).array(lambda day: day, pa.date32())
            days = pc.coalesce(days, ends)
            words = pc.if_else(pa.array(missing), pc.coalesce(words, "未注明"), words)
            message = f"没有写截止日期，按期末{ends.drop_null()[0].as_py()}保存，时点记为“未注明”"
            issue = Issue(
                "AS_OF", "提醒", message, "如有准确日期，请补上“截止日期”列或在上传时填写"
            )
            rows = np.flatnonzero(missing)
            self.issues.append(replace(issue, row=int(texts.rows[rows[0]]), count=len(rows)))
        self.stored[AS_OF], self.stored["as_of_text"] = days, words

    def _unit(self) -> None:
        names = schema(self.dataset).names
        if "unit" not in names:
            return
        own = self.stored.get("unit", pa.nulls(len(self.texts), pa.string()))
        self.stored["unit"] = pc.coalesce(own, *self.units) if self.units else own

    def _note(self) -> None:
        for part in self.note_parts:
            joined = distinct([part, self.stored["note"]], _with_remark)
            self.stored["note"] = joined.array(lambda text: text or None, pa.string())

    def _given(self) -> list[str]:
        """The columns this source has a word on, in declared order."""
        told = {PERIOD, AS_OF, *self.texts.columns}
        filled = [name for name in ("unit", "note", "as_of_text") if name in self.stored]
        told |= {name for name in filled if self.stored[name].null_count < len(self.texts)}
        return [column.name for column in self.dataset.columns if column.name in told]

    def _table(self) -> pa.Table:
        source, size = self.source, len(self.texts)
        self.stored |= {
            "source_file": _constant(source.file, size),
            "source_sheet": pa.array([source.sheet], pa.string()).take(
                pa.array(np.zeros(size, "int32"))
            ),
            "source_row": pa.array(self.texts.rows, pa.int32()),
            "source_sha256": _constant(source.sha256, size),
            "source_columns": _constant(",".join(self._given()), size),
        }
        target = schema(self.dataset)
        columns = [self.stored.get(f.name, pa.nulls(size, f.type)).cast(f.type) for f in target]
        return pa.Table.from_arrays(columns, schema=target)


def _with_remark(remark: str, note: str) -> str:
    """A note that begins with a remark, once."""
    return note if note.startswith(remark) else "；".join(filter(None, (remark, note)))


def _picked(suffix: str) -> Callable[[Read], Any]:
    return lambda read: read.fields.get(suffix)


def _quantized(value: Any) -> Any:
    return None if value is None else round(value, 4)


def _period_end(period: str) -> dt.date | None:
    parsed = parse_period(period) if period else None
    return parsed.end if parsed else None


def _constant(text: str, size: int) -> pa.Array:
    return pa.array([text or None], pa.string()).take(pa.array(np.zeros(size, "int32")))


_SHORTENED = r"^\d(?:\.\d+)?[Ee]\+\d+$"
_NOTE_ISSUES = {
    "text": Issue("NUMBER_TEXT", "说明", "存成文本的数字，按数字读入"),
    "percent": Issue("PERCENT_CELL", "说明", "百分比单元格，按百分数读入"),
    "rounded": Issue("ROUNDED", "提醒", "单元格里的小数比显示的多，按显示的位数读入", "如需更多位数，请在原表改显示格式"),
    "digits": Issue("DIGITS_LOST", "阻断", "数字超过15位，表格软件已改动末尾", "请把单元格设为文本，重新填写"),
    "formula": Issue("FORMULA_EMPTY", "阻断", "公式没有保存计算结果", "请在Excel或WPS中打开并保存一次，再传；也可粘贴为数值"),
}  # fmt: skip


def typed(texts: Texts, source: Source) -> tuple[pa.Table, list[Issue]]:
    """The stored table of `schema(dataset)` and every problem met on the way.

    A cell with a blocking issue is null in the table, which then cannot be released.
    """
    reading = _Reading(texts, source)
    return reading.read(), _gathered(reading.issues)


def _gathered(issues: list[Issue]) -> list[Issue]:
    """Equal remarks on one column become one, with their count."""
    found: dict[tuple[str, ...], Issue] = {}
    for number, issue in enumerate(issues):
        apart = "" if issue.severity == "说明" else str(number)
        place = (issue.code, issue.message, issue.column, apart)
        first = found.get(place)
        found[place] = replace(first, count=first.count + issue.count) if first else issue
    return list(found.values())
