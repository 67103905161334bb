"""One cell's text to what is stored, or to the reason it cannot be. No reader ever guesses.

A reader is called once per distinct text (and whatever it depends on) and returns a `Read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from lib.catalog.datasets import Column
from lib.catalog.metrics import METRIC_BY_ID, Metric, indicator_id
from lib.catalog.outline import SECTIONS
from lib.catalog.periods import parse_period, period_label
from lib.catalog.places import (
    CITY,
    CITY_LEVEL,
    DEPARTMENTS,
    DISTRICT_BY_ID,
    DISTRICTS,
    LEVEL_BY_ID,
    Resolution,
    clean_name,
    place_name,
    resolve_department,
    resolve_district,
    resolve_level,
)
from lib.catalog.qualifiers import BOUNDS, QUALIFIERS
from lib.catalog.rosters import ROSTER_BY_ID, roster_id
from lib.catalog.units import SCALES, UNITS, same_unit, split_scale
from lib.downloads import original_text, safe_text
from lib.intake.choices import PERIOD, Choices, key
from lib.intake.issues import Issue, Question
from lib.intake.words.dates import read_day, read_period
from lib.intake.words.numbers import Figure, is_missing, plain, read_figure
from lib.intake.words.privacy import holds_number, without_numbers

_COUNTED = frozenset(["个", "件", "人", "名", "项", "条", "家", "份", "次", "人次"])
_LARGEST = Decimal(10) ** 15
_EXCEL_ERROR = re.compile(r"#(?:N/A|NULL!?|NAME\?|[A-Z_]+(?:/0)?!|#+)", re.ASCII)
_SCALED = tuple(SCALES)
_DIGIT = re.compile(r"\d")
_DATE_LIKE = re.compile(r"\d{1,2}月\d{1,2}日|20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_FULL_WIDTH = re.compile("[０-９．％，]")
_FIX_NAME = "请改用已登记的名称，见“指标口径”页"
_DAY_HELP = "如 2022-07-31 或 7月底"


@dataclass(frozen=True)
class Read:
    """What a cell says. `fields` are suffixes of the stored column (`""` is the value itself)."""

    fields: dict[str, Any] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    figure: Figure | None = None


def _problem(code: str, message: str, fix: str, question: Question | None = None) -> Issue:
    return Issue(code, "阻断", message, fix, question=question)


def _remark(code: str, message: str, fix: str = "") -> Issue:
    return Issue(code, "说明", message, fix)


def is_excel_error(text: str) -> bool:
    """Whether a spreadsheet could not show a value: #DIV/0!, #REF!, ####."""
    return bool(_EXCEL_ERROR.fullmatch(text))


def _excel_error(text: str) -> Issue:
    return _problem(
        "EXCEL_ERROR", f"“{text}”是表格软件的出错提示，不是数据", "请在原表改正公式后再传"
    )


# periods and days


def period_cell(text: str, choices: Choices) -> Read:
    """A period; the person's choice stands in for a blank, and for a text that is only a day."""
    chosen = choices.get(PERIOD, "")
    if chosen and parse_period(chosen) is None:
        return Read(issues=(replace(no_period(), message=f"所选期次“{chosen}”不是期次"),))
    if not text:
        return Read({"": chosen or None}, () if chosen else (no_period(),))
    found = read_period(text)
    if found is None:
        if chosen:
            remark = _remark("PERIOD_READ", f"“{text}”按您的选择读为{period_label(chosen)}")
            return Read({"": chosen, "_day": text}, (remark,))
        return Read(issues=(replace(no_period(), message=f"“{text}”看不出是哪一期"),))
    if chosen and found.id != chosen:
        message = (
            f"这一格是“{text}”（{period_label(found.id)}），与所选期次{period_label(chosen)}不同"
        )
        return Read(issues=(_problem("PERIOD_MISMATCH", message, "请核对文件或改选期次"),))
    day = {"_day": text} if found.as_of else {}
    if found.id == text:
        return Read({"": found.id})
    until = f"，截至{found.as_of:%Y-%m-%d}" if found.as_of else ""
    return Read(
        {"": found.id} | day,
        (_remark("PERIOD_READ", f"“{text}”读为{period_label(found.id)}{until}"),),
    )


def no_period() -> Issue:
    """The question which period a table speaks of."""
    question = Question(PERIOD, "这张表是哪一期的数据？")
    return _problem("PERIOD", "表里没有写明期次", "请选择期次，如 2022H1（上半年）", question)


def day_cell(column: Column, text: str, period: str) -> Read:
    """A day; words such as 7月底 take their year from the period."""
    if not text:
        return Read({"": None})
    if is_excel_error(text):
        return Read(issues=(_excel_error(text),))
    day = read_day(text, period or None)
    if day is None:
        message = f"“{text}”不是有效的{column.label}"
        return Read(issues=(_problem("DATE", message, column.help or _DAY_HELP),))
    if day.isoformat() == text:
        return Read({"": day})
    return Read({"": day, "_words": text}, (_remark("AS_OF_READ", f"“{text}”读为{day}"),))


# places


def _options(ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((place, place_name(place)) for place in ids)


_ALL_OPTIONS = {
    "district": _options([CITY.id, CITY_LEVEL.id, *(d.id for d in DISTRICTS)]),
    "department": _options([d.id for d in DEPARTMENTS]),
    "level": _options(list(LEVEL_BY_ID)),
}


def place_cell(kind: str, text: str, choices: Choices) -> Read:
    """A district or department: its id and its text as written."""
    found = resolve_district(text) if kind == "district" else resolve_department(text)
    return _resolved(kind, text, found, choices)


def level_cell(text: str, period: str, mixed: str, choices: Choices) -> Read:
    """A site level, by the names in force in the period; `mixed` is set where a file mixes names."""
    parsed = parse_period(period)
    end = parsed.end.isoformat() if parsed else None
    found = resolve_level(text, end, mixed_names=bool(mixed))
    read = _resolved("level", text, found, choices)
    if (
        read.issues
        or not read.fields.get("")
        or LEVEL_BY_ID[read.fields[""]].tier == clean_name(text)
    ):
        return read
    tier = LEVEL_BY_ID[read.fields[""]].tier
    message = f"站点名称“{text}”在{period_label(period) if parsed else '任何期次'}是{tier}"
    return replace(read, issues=(_remark("LEVEL_BY_PERIOD", message),))


def _resolved(kind: str, text: str, found: Resolution, choices: Choices) -> Read:
    if not text:
        return Read({"": None, "_text": None})
    if is_excel_error(text):
        return Read(issues=(_excel_error(text),))
    choice_key = key("level" if kind == "level" else "name", clean_name(text))
    chosen = choices.get(choice_key)
    options = _ALL_OPTIONS[kind]
    if chosen and chosen in dict(options):
        message = f"按您的选择，“{text}”读为{place_name(chosen)}"
        return Read({"": chosen, "_text": text}, (_remark("NAME_CHOSEN", message),))
    if found.id is None:
        few = _options(found.options) or options
        code = ("LEVEL" if kind == "level" else "NAME") + ("_AMBIGUOUS" if found.options else "")
        question = Question(choice_key, f"“{text}”指的是哪一个？", few)
        return Read({"_text": text}, (_problem(code, found.problem, _FIX_NAME, question),))
    return Read(
        {"": found.id, "_text": text, "_note": found.note}, tuple(_name_remarks(text, found))
    )


def _name_remarks(text: str, found: Resolution) -> list[Issue]:
    assert found.id is not None
    name, clean = place_name(found.id), clean_name(text)
    remarks = []
    if clean != text:
        remarks.append(_remark("CLEANED", f"名称里的空白已去掉：“{clean}”"))
    if found.note:
        remarks.append(_remark("NAME_NOTE", f"附注“{found.note}”存入备注"))
    place = DISTRICT_BY_ID.get(found.id)
    if place and place.kind == "historical":
        message = f"“{text}”是{place.valid_until}年以前的区划，按历史区保存，不并入今天的区"
        remarks.append(Issue("NAME_HISTORICAL", "提醒", message, "请核对这行数据的年份"))
    elif clean.split("（")[0].split("(")[0] != name and found.id not in LEVEL_BY_ID:
        remarks.append(_remark("NAME_ALIAS", f"“{clean}”即{name}"))
    return remarks


def member_cell(text: str, roster: str, choices: Choices) -> Read:
    """A list's member: a place where the list is one of places, else the text itself."""
    declared = ROSTER_BY_ID.get(roster_id(roster) or "")
    if declared is None or declared.member == "text":
        read = _free_text(text) if text else Read({"": None})
        return replace(read, fields={"": read.fields[""], "_text": read.fields[""]})
    return place_cell(declared.member, text, choices)


# words


def word_cell(column: Column, text: str) -> Read:
    """A cell that takes one of a set of words, a whole number, yes or no, or free text."""
    if not text:
        return Read({"": None})
    if is_excel_error(text):
        return Read(issues=(_excel_error(text),))
    value: Any = None
    match column.kind:
        case "metric":
            value = indicator_id(text)
        case "roster":
            value = roster_id(text)
        case "section":
            value = text if text in SECTIONS else None
        case "choice":
            value = text if text in column.options else None
        case "integer":
            value = int(text) if text.isdecimal() and len(text) < 10 else None
        case "flag":
            value = {"是": True, "否": False}.get(text)
        case "qualifier":
            value = text if text in QUALIFIERS else None
        case _:
            return _free_text(text)
    if value is None:
        fix = column.help or "请改正后再传"
        message = f"“{text}”不是有效的{column.label}"
        return Read(issues=(_problem(column.kind.upper(), message, fix),))
    return Read({"": value})


def _free_text(text: str) -> Read:
    issues = []
    text, guarded = original_text(text), original_text(text) != text  # as our own exports write it
    if holds_number(text):
        text = without_numbers(text)
        message = "文字里有电话或身份证号，已略去，不入库"
        issues.append(Issue("PERSONAL", "提醒", message, "请不要在报送文件里写个人信息", text=text))
    if safe_text(text) != text and not guarded:
        message = "文字以公式符号开头，按文字保存，导出时会加单引号"
        issues.append(Issue("FORMULA_TEXT", "提醒", message, "请核对这一格", text=text))
    return Read({"": text}, tuple(issues))


# figures


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
        return Read(issues=(_excel_error(text),))
    if _DATE_LIKE.fullmatch(written):
        message = f"“{text}”是日期，可能是表格软件把数字改成的"
        return Read(issues=(_problem("DATE_IN_NUMBER", message, "请把单元格设为文本，重新填写"),))
    figure = read_figure(written)
    if figure is None:
        message = f"“{text}”读不出一个数"
        return Read(issues=(_problem("NUMBER", message, "请填一个数，没有数据请留空"),))
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
        remarks.append(_remark("NUMBER_TEXT", f"“{text}”按数字{figure.text}读入"))
    if not _DIGIT.search(figure.text) and not figure.text.startswith("第"):
        remarks.append(_remark("NUMBER_CHINESE", f"“{text}”由中文数字转换为{plain(figure.value)}"))
    elif figure.text.endswith(_SCALED):
        remarks.append(_as_stored(text, figure))
    if figure.qualifier in BOUNDS:
        remarks.append(_remark("BOUND", f"“{text}”是界限，不当作准确数"))
    return remarks


def _as_stored(text: str, figure: Figure) -> Issue:
    return _remark("NUMBER_SCALED", f"“{text}”存为{plain(figure.value)}，原文保留")


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
        return expected, figure, [_problem("UNIT", message, "请统一单位")]
    if written and expected and not same_unit(written[0], expected):
        message = f"单位“{written[0]}”与要求的“{expected}”不同"
        return expected, figure, [_problem("UNIT", message, "请按要求的单位填写")]
    if written and not expected and written[0] not in UNITS and written[0] == figure.unit:
        message = f"“{figure.text}”后面的“{written[0]}”不是单位"
        return expected, figure, [_problem("UNIT", message, "请只填一个数，单位另写")]
    if written or not expected:
        return (written[0] if written and not expected else expected), figure, remarks
    remark = _remark("UNIT_FILLED", f"没有写单位，按“{expected}”保存")
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
        remark = _remark("NUMBER_SCALED", f"按您的选择，{figure.text}×100读为{text}%")
        return replace(figure, value=value, text=text), [remark]
    options = (
        ("100", f"{figure.text}即{plain(figure.value * 100)}%"),
        ("1", f"{figure.text}%"),
    )
    question = Question(choice_key, f"“{name}”里的小数是不是要乘以100？", options)
    message = f"{figure.text}不大于1，又没有写%，可能是{options[0][1].split('即')[1]}"
    return figure, [_problem("SCALE", message, "请说明是否要乘以100，或在表头写明单位%", question)]


def _bounds(figure: Figure, unit: str) -> list[Issue]:
    value, fix = figure.value, "请核对原表"
    if abs(value) >= _LARGEST or value != round(value, 4):
        return [_problem("NUMBER", f"“{figure.text}”超过可保存的位数（小数4位、整数15位）", fix)]
    if value < 0:
        return [_problem("RANGE", f"“{figure.text}”是负数", fix)]
    if unit == "%" and value > 100:
        return [_problem("RANGE", f"“{figure.text}%”超过100%", fix)]
    if unit in _COUNTED and value != value.to_integral_value():
        return [_problem("RANGE", f"“{figure.text}”不是整数，{unit}数应为整数", fix)]
    return []
