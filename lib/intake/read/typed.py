"""Columns of text to the stored table: every column read once per distinct text, then checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.datasets import Column
from lib.catalog.periods import parse_period
from lib.catalog.places import mixes_site_names
from lib.intake.choices import AS_OF, PERIOD
from lib.intake.issues import Issue
from lib.intake.locate.texts import Texts
from lib.intake.read.cells import (
    Read,
    day_cell,
    level_cell,
    member_cell,
    period_cell,
    place_cell,
    word_cell,
)
from lib.intake.read.closing import store_as_of, store_note, stored_table
from lib.intake.read.columns import NOTE_ISSUES, Columns, Source
from lib.intake.read.measures import read_measure, read_qualifier, store_unit
from lib.intake.read.timing import check_periods
from lib.intake.schema import schema
from lib.intake.words.buffers import bytes_of
from lib.intake.words.distinct import Distinct, distinct, is_coded

_SHORTENED = r"^\d(?:\.\d+)?[Ee]\+\d+$"
# Wider than `cells.word_cell`: an error, our apostrophe, a formula, a run of digits as in a number,
# an address, and the words before a contact's name or short number.
_WORTH_READING = (
    r"^[#'=@\t\r＝＠＋－+\-]|\p{Nd}[\p{Nd}－–—·\s\x{3000}\x{a0}()（）\-]{8,}|[@＠]"
    r"|电话|联系|座机|微信|(?:填表|填报|制表|审核|复核|审批|经办|负责|统计|报送|责任)[人员]"
)


def typed(texts: Texts, source: Source) -> tuple[pa.Table, list[Issue]]:
    """The stored table of `schema(dataset)` and every problem met on the way.

    A cell with a blocking issue is null in the table, which then cannot be released.
    """
    columns = Columns(texts, source)
    _read_periods(columns)
    for column in texts.dataset.columns:
        if column.name not in (PERIOD, AS_OF):
            _READERS.get(column.kind, _read_word)(columns, column)
    store_as_of(columns)
    store_unit(columns)
    store_note(columns)
    return stored_table(columns), _gathered(columns.issues)


def _gathered(issues: list[Issue]) -> list[Issue]:
    """Equal remarks on one column become one, with their count."""
    found: dict[tuple[str, ...], Issue] = {}
    for number, issue in enumerate(issues):
        apart = "" if issue.severity == "说明" else str(number)
        place = (issue.code, issue.message, issue.column, apart)
        first = found.get(place)
        found[place] = replace(first, count=first.count + issue.count) if first else issue
    return list(found.values())


def _read_periods(columns: Columns) -> None:
    column, texts = columns.dataset.column(PERIOD), columns.texts.column(PERIOD)
    read = distinct([texts], lambda text: period_cell(text, columns.source.choices))
    columns.report(column, read, texts)
    columns.stored[PERIOD] = read.array(_value, pa.string())
    columns.period_days = read.array(lambda r: r.fields.get("_day"), pa.string())
    check_periods(columns)


def _value(read: Read) -> Any:
    return read.fields.get("")


# words, codes and days


def _read_word(columns: Columns, column: Column) -> None:
    fields = schema(columns.dataset)
    kind = fields.field(column.name).type if column.name in fields.names else pa.string()
    read = columns.apply(column, lambda text: word_cell(column, text))
    columns.stored[column.name] = read.array(_value, kind)


def _read_text(columns: Columns, column: Column) -> None:
    """Free text: of plain texts, only those that may hold a number or a formula are looked into."""
    values = columns.texts.column(column.name)
    if is_coded(values):
        _read_word(columns, column)
        return
    worth = pc.fill_null(pc.match_substring_regex(values, _WORTH_READING), False)
    read = distinct([pc.if_else(worth, values, None)], lambda text: word_cell(column, text))
    columns.report(column, read, values)
    if column.required and column.name in columns.texts.columns:
        columns.blanks(column, values)
    columns.stored[column.name] = pc.if_else(worth, read.array(_value, pa.string()), values)


def _read_code(columns: Columns, column: Column) -> None:
    values = columns.texts.column(column.name)
    columns.blanks(column, values)
    if (bytes_of(values) == ord("+")).any():
        cut = pc.fill_null(pc.match_substring_regex(values, _SHORTENED), False)
        rows = np.flatnonzero(cut.to_numpy(zero_copy_only=False))
        columns.issues += columns.placed(NOTE_ISSUES["digits"], column.name, rows, values)
    columns.notes(column)
    columns.stored[column.name] = values


def _read_day(columns: Columns, column: Column) -> None:
    read = columns.apply(column, lambda text: day_cell(column, text, ""))
    columns.stored[column.name] = read.array(_value, pa.date32())


# names


def _read_place(columns: Columns, column: Column) -> None:
    choices = columns.source.choices
    _keep_place(
        columns, column, columns.apply(column, lambda text: place_cell(column.kind, text, choices))
    )


def _read_member(columns: Columns, column: Column) -> None:
    choices = columns.source.choices
    read = columns.apply(
        column,
        lambda text, roster: member_cell(text, roster, choices),
        columns.texts.column("roster"),
    )
    _keep_place(columns, column, read)


def _read_level(columns: Columns, column: Column) -> None:
    names = set(columns.texts.column(column.name).unique().to_pylist()) - {None}
    periods = set(columns.stored[PERIOD].unique().to_pylist()) - {None}
    ends = {p.end.isoformat() for p in map(parse_period, periods) if p}
    mixed = "mixed" if any(mixes_site_names(names, end) for end in ends) else ""
    read = columns.apply(
        column,
        lambda text, period: level_cell(text, period, mixed, columns.source.choices),
        columns.stored[PERIOD],
    )
    _keep_place(columns, column, read)


def _keep_place(columns: Columns, column: Column, read: Distinct[Read]) -> None:
    columns.stored[column.name] = read.array(_value, pa.string())
    if f"{column.name}_text" in schema(columns.dataset).names:
        columns.stored[f"{column.name}_text"] = read.array(
            lambda r: r.fields.get("_text"), pa.string()
        )
    if any(r.fields.get("_note") for r in read.values):
        notes = read.array(lambda r: r.fields.get("_note") or None, pa.string())
        columns.note_parts.append(notes)


_READERS: dict[str, Callable[[Columns, Column], None]] = {
    "measure": read_measure,
    "qualifier": read_qualifier,
    "code": _read_code,
    "text": _read_text,
    "date": _read_day,
    "district": _read_place,
    "department": _read_place,
    "member": _read_member,
    "level": _read_level,
}
