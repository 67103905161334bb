"""Columns of figures to stored columns: value, text as written, qualifier, unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from lib.catalog.datasets import Column
from lib.catalog.metrics import METRIC_BY_ID, indicator_id
from lib.intake.issues import Issue
from lib.intake.read.cells import Read, word_cell
from lib.intake.read.columns import Columns
from lib.intake.read.figure_cells import measure_cell
from lib.intake.schema import FIGURE_TYPE, schema
from lib.intake.words.distinct import Distinct, coalesced, distinct
from lib.intake.words.numbers import Figure

_STYLE = "_style"


def read_measure(columns: Columns, column: Column) -> None:
    """A column of figures, each with its metric and the unit its row and heading state."""
    texts, name = columns.texts, column.name
    stated = (columns.source.unit, columns.source.amount_unit)
    has_units = "unit" in texts.columns

    def cell(text: str, metric: str, unit: str, heading: str) -> Read:
        choices = columns.source.choices
        read = measure_cell(column, text, metric, unit, heading, choices, has_units, stated)
        style = _style(column, metric, read.figure)
        return replace(read, fields={**read.fields, _STYLE: (metric, style)}) if style else read

    read = columns.apply(
        column, cell, texts.column("metric"), texts.column("unit"), texts.unit_of(name)
    )
    columns.stored[name] = read.array(lambda r: _quantized(r.fields.get("")), FIGURE_TYPE)
    for suffix in ("_text", "_qualifier"):
        columns.stored[name + suffix] = read.array(_field(suffix), pa.string())
    columns.units.append(read.array(lambda r: r.fields.get("_unit"), pa.string()))
    _check_styles(columns, column, read)
    columns.notes(column)


def _field(suffix: str) -> Callable[[Read], Any]:
    return lambda read: read.fields.get(suffix)


def _quantized(value: Any) -> Any:
    return None if value is None else round(value, 4)


def read_qualifier(columns: Columns, column: Column) -> None:
    """A qualifier in a column of its own joins the one written in the figure."""
    if column.name not in columns.texts.columns:
        return
    read = columns.apply(column, lambda text: word_cell(column, text))
    own = read.array(lambda r: r.fields.get(""), pa.string())
    written = columns.stored["value_qualifier"]
    clash = distinct([own, written], lambda one, two: bool(one and two and one != two))
    message = "限定词与数值里写的不同"
    columns.issues += columns.placed(
        Issue("QUALIFIER", "阻断", message, "请保留一处"), column.name,
        np.flatnonzero(np.array(clash.values, bool)[clash.codes]),
        columns.texts.column(column.name),
    )  # fmt: skip
    columns.stored["value_qualifier"] = coalesced(own, written)


def store_unit(columns: Columns) -> None:
    """The unit of every row: the one of its column, else of its figures."""
    if "unit" not in schema(columns.dataset).names:
        return
    own = columns.stored.get("unit", columns.constant(""))
    columns.stored["unit"] = coalesced(own, *columns.units) if columns.units else own


# how rates are written


def _style(column: Column, metric: str, figure: Figure | None) -> str:
    """How a rate is written: a share, a bare percent, or with its sign; empty for other figures."""
    about = METRIC_BY_ID.get(indicator_id(metric) or "")
    unit = about.unit if about else column.unit
    if figure is None or unit != "%" or figure.value == 0:
        return ""
    if figure.unit == "%":
        return "text"
    return "share" if figure.value <= 1 else "bare"


def _check_styles(columns: Columns, column: Column, read: Distinct[Read]) -> None:
    """Refuse a rate column that mixes shares, bare percents and percent cells."""
    places: dict[str, dict[str, list[int]]] = {}
    for position, value in enumerate(read.values):
        metric, style = value.fields.get(_STYLE, ("", ""))
        if style:
            places.setdefault(metric, {}).setdefault(style, []).append(position)
    for found in places.values():
        rows = {style: np.flatnonzero(np.isin(read.codes, at)) for style, at in found.items()}
        if "text" in rows and columns.texts.notes:
            rows["cell"] = _noted(columns, column, rows.pop("text"))
        several = sorted((r for s, r in rows.items() if s != "text" and len(r)), key=lambda r: r[0])
        if "bare" in rows and len(several) > 1:
            message = "同一列里有的按百分数写、有的按小数写，不能判断"
            issue = Issue("PERCENT_MIXED", "阻断", message, "请统一写成带%的百分数")
            values = columns.texts.column(column.name)
            columns.issues += columns.placed(issue, column.name, min(several, key=len), values)


def _noted(columns: Columns, column: Column, rows: np.ndarray) -> np.ndarray:
    """Of some rows, those whose cell is a percent cell of a workbook."""
    texts = columns.texts
    places = [(int(texts.rows[row]) - 1, texts.index(column.name, int(row))) for row in rows]
    noted: np.ndarray = rows[np.array([place in texts.notes for place in places], bool)]
    return noted
