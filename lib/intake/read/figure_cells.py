"""A figure's cell: the number with its qualifier and unit, or the reason it cannot be stored."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from lib.catalog.datasets import Column
from lib.catalog.metrics import METRIC_BY_ID, Metric, indicator_id
from lib.catalog.qualifiers import BOUNDS
from lib.catalog.units import SCALES, UNITS, same_unit, split_scale
from lib.intake.choices import Choices, key
from lib.intake.issues import Issue, Question
from lib.intake.read.cells import Read, excel_error, is_excel_error, problem, remark_on
from lib.intake.words.numbers import Figure, is_missing, plain, read_figure

_COUNTED = frozenset(["个", "件", "人", "名", "项", "条", "家", "份", "次", "人次"])
_LARGEST = Decimal(10) ** 15
_SCALED = tuple(SCALES)
_DIGIT = re.compile(r"\d")
_DATE_LIKE = re.compile(r"\d{1,2}月\d{1,2}日|20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_FULL_WIDTH = re.compile("[０-９．％，]")


def measure_cell(
    column: Column,
    text: str,
    metric: str,
    cell_unit: str,
    heading_unit: str,
    choices: Choices,
    has_units: bool,
    stated: tuple[str, str] = ("", ""),
) -> Read:
    """A figure with its qualifier and unit, held against what the metric allows.

    has_units: the table has a column of units; a blank there says that the source stated none
    stated:    the units beside the table, for every figure without its own and for sums of money
    """
    written = text.lstrip("'’‘`").strip()
    if is_missing(written):
        return Read({"": None, "_text": None, "_qualifier": None})
    if is_excel_error(written):
        return Read(issues=(excel_error(text),))
    if _DATE_LIKE.fullmatch(written):
        message = f"“{text}”是日期，可能是表格软件把数字改成的"
        return Read(issues=(problem("DATE_IN_NUMBER", message, "请把单元格设为文本，重新填写"),))
    figure = read_figure(written)
    if figure is None:
        message = f"“{text}”读不出一个数"
        return Read(issues=(problem("NUMBER", message, "请填一个数，没有数据请留空"),))
    about = METRIC_BY_ID.get(indicator_id(metric) or "")
    if not (heading_unit or cell_unit or figure.unit or figure.text.endswith(_SCALED)):
        is_money = same_unit(about.unit if about else column.unit, "元")
        heading_unit = stated[1] if is_money and stated[1] else stated[0]
    issues = _how_it_was_read(text, written, figure)
    unit, figure, unit_issues = _with_unit(column, figure, about, cell_unit, heading_unit)
    if has_units and about and unit != "%" and not (cell_unit or figure.unit or heading_unit):
        unit, unit_issues = "", []
    issues += unit_issues
    if unit == "%" and not (figure.unit or cell_unit or heading_unit):
        figure, scale_issues = _scaled(figure, (about.name if about else column.label), choices)
        issues += scale_issues
    issues += _bounds(figure, unit)
    blocked = any(issue.severity == "阻断" for issue in issues)
    fields = {
        "": None if blocked else figure.value, "_text": figure.text, "_qualifier": figure.qualifier or None, "_unit": unit or None,
    }  # fmt: skip
    return Read(fields, tuple(issues), figure)


def _how_it_was_read(text: str, written: str, figure: Figure) -> list[Issue]:
    """Remarks on a figure that was not written in plain digits."""
    remarks = []
    if written != text or _FULL_WIDTH.search(written):
        remarks.append(remark_on("NUMBER_TEXT", f"“{text}”按数字{figure.text}读入"))
    if not _DIGIT.search(figure.text) and not figure.text.startswith("第"):
        remarks.append(
            remark_on("NUMBER_CHINESE", f"“{text}”由中文数字转换为{plain(figure.value)}")
        )
    elif figure.text.endswith(_SCALED):
        remarks.append(_as_stored(text, figure))
    if figure.qualifier in BOUNDS:
        remarks.append(remark_on("BOUND", f"“{text}”是界限，不当作准确数"))
    return remarks


def _as_stored(text: str, figure: Figure) -> Issue:
    return remark_on("NUMBER_SCALED", f"“{text}”存为{plain(figure.value)}，原文保留")


def _with_unit(
    column: Column, figure: Figure, about: Metric | None, cell_unit: str, heading_unit: str
) -> tuple[str, Figure, list[Issue]]:
    """The unit that holds, and the figure in it; every unit that is written must agree."""
    expected = about.unit if about else column.unit
    remarks: list[Issue] = []
    factor, character, plain_heading = split_scale(heading_unit)
    if factor > 1:
        value = Decimal(f"{figure.value:f}E{len(str(factor)) - 1}")
        figure = replace(figure, value=value, text=f"{figure.text}{character}")
        remarks.append(_as_stored(figure.text, figure))
    written = [unit for unit in (figure.unit, cell_unit, plain_heading) if unit]
    if any(not same_unit(written[0], other) for other in written[1:]):
        message = f"同一个数有不同的单位：{'、'.join(f'“{u}”' for u in written)}"
        return expected, figure, [problem("UNIT", message, "请统一单位")]
    if written and expected and not same_unit(written[0], expected):
        message = f"单位“{written[0]}”与要求的“{expected}”不同"
        return expected, figure, [problem("UNIT", message, "请按要求的单位填写")]
    if written and not expected and written[0] not in UNITS and written[0] == figure.unit:
        message = f"“{figure.text}”后面的“{written[0]}”不是单位"
        return expected, figure, [problem("UNIT", message, "请只填一个数，单位另写")]
    if written or not expected:
        return (written[0] if written and not expected else expected), figure, remarks
    remark = remark_on("UNIT_FILLED", f"没有写单位，按“{expected}”保存")
    return expected, figure, [remark]


def _scaled(figure: Figure, name: str, choices: Choices) -> tuple[Figure, list[Issue]]:
    """A bare number in a rate column: up to 1 it may be a share, which only a person can say."""
    choice_key = key("scale", name)
    chosen = choices.get(choice_key)
    if figure.value > 1 or figure.value <= 0 or chosen == "1":
        return figure, []
    if chosen == "100":
        value = figure.value * 100
        text = plain(value)
        remark = remark_on("NUMBER_SCALED", f"按您的选择，{figure.text}×100读为{text}%")
        return replace(figure, value=value, text=text), [remark]
    options = (
        ("100", f"{figure.text}即{plain(figure.value * 100)}%"),
        ("1", f"{figure.text}%"),
    )
    question = Question(choice_key, f"“{name}”里的小数是不是要乘以100？", options)
    message = f"{figure.text}不大于1，又没有写%，可能是{options[0][1].split('即')[1]}"
    return figure, [problem("SCALE", message, "请说明是否要乘以100，或在表头写明单位%", question)]


def _bounds(figure: Figure, unit: str) -> list[Issue]:
    value, fix = figure.value, "请核对原表"
    if abs(value) >= _LARGEST or value != round(value, 4):
        return [problem("NUMBER", f"“{figure.text}”超过可保存的位数（小数4位、整数15位）", fix)]
    if value < 0:
        return [problem("RANGE", f"“{figure.text}”是负数", fix)]
    if unit == "%" and value > 100:
        return [problem("RANGE", f"“{figure.text}%”超过100%", fix)]
    if unit in _COUNTED and value != value.to_integral_value():
        return [problem("RANGE", f"“{figure.text}”不是整数，{unit}数应为整数", fix)]
    return []
