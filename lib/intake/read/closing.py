"""The columns that close every table: its day, its note, and where each row came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.periods import parse_period
from lib.intake.choices import AS_OF, PERIOD
from lib.intake.issues import Issue
from lib.intake.read.cells import day_cell
from lib.intake.read.columns import Columns
from lib.intake.read.timing import check_chosen, check_days, check_wording
from lib.intake.schema import schema
from lib.intake.words.dates import read_day
from lib.intake.words.distinct import coalesced, distinct, is_coded


def store_as_of(columns: Columns) -> None:
    """The day of every row: its own, its wording's, the title's, the chosen, the period's last."""
    period, choices, until = columns.stored[PERIOD], columns.source.choices, columns.source.until
    column = columns.dataset.column(AS_OF)
    own = columns.apply(column, lambda text, p: day_cell(column, text, p), period)
    words = coalesced(
        columns.stored["as_of_text"], own.array(lambda r: r.fields.get("_words"), pa.string())
    )
    days = own.array(lambda r: r.fields.get(""), pa.date32())
    check_wording(columns, columns.stored["as_of_text"], days)
    chosen = choices.get(AS_OF, "")
    check_chosen(columns, until, chosen)
    for source in (words, columns.period_days, until, chosen):
        if days.null_count:
            texts = columns.constant(source) if isinstance(source, str) else source
            read = distinct([texts, period], lambda text, p: read_day(text, p) if text else None)
            days = pc.coalesce(days, read.array(lambda day: day, pa.date32()))
    if until:
        words = coalesced(words, columns.constant(until))
    check_days(columns, days)
    missing = pc.and_(pc.is_null(days), pc.is_valid(period)).to_numpy(zero_copy_only=False)
    if missing.any():
        ends = distinct([period], _period_end).array(lambda day: day, pa.date32())
        days = pc.coalesce(days, ends)
        words = coalesced(words, columns.constant("未注明", missing))
        message = f"没有写截止日期，按期末{ends.drop_null()[0].as_py()}保存，时点记为“未注明”"
        issue = Issue("AS_OF", "提醒", message, "如有准确日期，请补上“截止日期”列或在上传时填写")
        rows = np.flatnonzero(missing)
        columns.issues.append(replace(issue, row=int(columns.texts.rows[rows[0]]), count=len(rows)))
    columns.stored[AS_OF], columns.stored["as_of_text"] = days, words


def _period_end(period: str) -> dt.date | None:
    parsed = parse_period(period) if period else None
    return parsed.end if parsed else None


def store_note(columns: Columns) -> None:
    """What names say beside themselves goes before the note."""
    for part in columns.note_parts:
        joined = distinct([part, columns.stored["note"]], _with_remark)
        columns.stored["note"] = joined.array(lambda text: text or None, pa.string())


def _with_remark(remark: str, note: str) -> str:
    """A note that begins with a remark, once."""
    return note if note.startswith(remark) else "；".join(filter(None, (remark, note)))


def stored_table(columns: Columns) -> pa.Table:
    """The table of `schema(dataset)` with where each row came from; dictionaries stay dictionaries."""
    source = columns.source
    columns.stored |= {
        "source_file": columns.constant(source.file),
        "source_sheet": _sheet(columns),
        "source_row": pa.array(columns.texts.rows, pa.int32()),
        "source_sha256": columns.constant(source.sha256),
        "source_columns": columns.constant(",".join(_given(columns))),
    }
    size, fields, arrays = len(columns.texts), [], []
    for field in schema(columns.dataset):
        array = columns.stored.pop(field.name, None)
        if array is None:
            is_text = pa.types.is_string(field.type)
            array = columns.constant("") if is_text else pa.nulls(size, field.type)
        arrays.append(array if is_coded(array) else array.cast(field.type))
        fields.append(field.with_type(arrays[-1].type))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _given(columns: Columns) -> list[str]:
    """The columns this source has a word on, in declared order."""
    told = {PERIOD, AS_OF, *columns.texts.columns}
    filled = [name for name in ("unit", "note", "as_of_text") if name in columns.stored]
    told |= {n for n in filled if columns.stored[n].null_count < len(columns.texts)}
    return [column.name for column in columns.dataset.columns if column.name in told]


def _sheet(columns: Columns) -> pa.Array:
    """The sheet's name; a text file's is empty, which is not absent."""
    name = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(columns.texts), np.int8)), pa.array([columns.source.sheet])
    )
    return name if columns.texts.coded else name.dictionary_decode()
