"""Periods that have not begun and days that do not fit: said once a column, with a count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lib.catalog.periods import parse_period, period_label
from lib.clock import china_today
from lib.intake.choices import AS_OF, PERIOD
from lib.intake.issues import Issue
from lib.intake.read.columns import Columns
from lib.intake.words.dates import read_day
from lib.intake.words.distinct import distinct

_FIX = "请核对日期和期次"


def check_periods(columns: Columns) -> None:
    """Warn of a period that has not begun; one that begins more than a year ahead blocks."""
    today = china_today()
    limit = today + dt.timedelta(days=366)
    starts = _starts(columns)
    far, near = pc.greater(starts, limit), pc.greater(starts, today)
    fix = "请核对期次"
    _once(columns, PERIOD, far, Issue("PERIOD_FUTURE", "阻断", "{period}离现在一年以上", fix))
    soon = pc.and_not(near, far)
    _once(columns, PERIOD, soon, Issue("PERIOD_FUTURE", "提醒", "{period}还没有开始", fix))


def check_days(columns: Columns, days: pa.Array) -> None:
    """Warn of days (date32 by row) before their period or still to come."""
    early = pc.less(days, _starts(columns))
    message = "截止日期{day}早于{period}的第一天"
    _once(columns, AS_OF, early, Issue("AS_OF_ODD", "提醒", message, _FIX), days)
    late = pc.greater(days, china_today())
    _once(columns, AS_OF, late, Issue("AS_OF_ODD", "提醒", "截止日期{day}还没有到", _FIX), days)


def check_wording(columns: Columns, words: pa.Array, days: pa.Array) -> None:
    """Warn where the words of a row mean another day than the one it states."""
    read = distinct([words, columns.stored[PERIOD]], lambda t, p: read_day(t, p) if t else None)
    other = pc.not_equal(read.array(lambda day: day, pa.date32()), days)
    message = "时点“{words}”与截止日期{day}不是同一天，按截止日期保存"
    issue = Issue("AS_OF_DIFFERS", "提醒", message, "请核对这两列")
    _once(columns, AS_OF, other, issue, days, words)


def check_chosen(columns: Columns, until: str, chosen: str) -> None:
    """Warn where a file and the person who sends it state different days; the file's holds."""
    periods = columns.stored[PERIOD].drop_null()
    period = periods[0].as_py() if len(periods) else None
    own, other = (read_day(text, period) if text else None for text in (until, chosen))
    if own and other and own != other:
        message = f"文件里写的是“{until}”（{own}），所选截止日期是{other}，按文件里的保存"
        columns.issues.append(Issue("AS_OF_DIFFERS", "提醒", message, "请核对后改文件或改选日期"))


def _starts(columns: Columns) -> pa.Array:
    """By row the first day of its period."""
    return distinct([columns.stored[PERIOD]], _start).array(lambda day: day, pa.date32())


def _start(period: str) -> dt.date | None:
    parsed = parse_period(period) if period else None
    return parsed.start if parsed else None


def _once(
    columns: Columns, name: str, where: pa.Array, issue: Issue,
    days: pa.Array | None = None, words: pa.Array | None = None,
) -> None:  # fmt: skip
    """The issue at the first row of a mask, with how many there are; its message filled in."""
    rows = np.flatnonzero(pc.fill_null(where, False).to_numpy(zero_copy_only=False))
    if not len(rows):
        return
    row = int(rows[0])
    message = issue.message.format(
        period=period_label(columns.stored[PERIOD][row].as_py() or ""),
        day="" if days is None else days[row].as_py(),
        words="" if words is None else words[row].as_py(),
    )
    text = columns.texts.column(name)[row].as_py() or ""
    columns.issues.append(
        replace(
            issue, message=message, row=int(columns.texts.rows[row]), count=len(rows), text=text,
            column=columns.texts.label(name, row), cell=columns.texts.address(name, row),
        )
    )  # fmt: skip
