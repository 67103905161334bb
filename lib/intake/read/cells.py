"""One cell's text to what is stored, or to the reason it cannot be: periods, days, places, words.

A figure's cell is read in `figure_cells`. No reader ever guesses.
A reader is called once per distinct text (and whatever it depends on) and returns a `Read`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lib.catalog.datasets import Column
from lib.catalog.metrics import indicator_id
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
from lib.catalog.qualifiers import QUALIFIERS
from lib.catalog.rosters import ROSTER_BY_ID, roster_id
from lib.downloads import original_text, safe_text
from lib.intake.choices import PERIOD, Choices, key
from lib.intake.issues import Issue, Question
from lib.intake.words.dates import read_day, read_period
from lib.intake.words.numbers import Figure
from lib.intake.words.privacy import holds_number, without_numbers

_EXCEL_ERROR = re.compile(r"#(?:N/A|NULL!?|NAME\?|[A-Z_]+(?:/0)?!|#+)", re.ASCII)
_FIX_NAME = "请改用已登记的名称，见“指标口径”页"
_DAY_HELP = "如 2022-07-31 或 7月底"


@dataclass(frozen=True)
class Read:
    """What a cell says. `fields` are suffixes of the stored column (`""` is the value itself)."""

    fields: dict[str, Any] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    figure: Figure | None = None


def problem(code: str, message: str, fix: str, question: Question | None = None) -> Issue:
    """What keeps a cell from being stored."""
    return Issue(code, "阻断", message, fix, question=question)


def remark_on(code: str, message: str, fix: str = "") -> Issue:
    """What there is to say of a cell that is stored."""
    return Issue(code, "说明", message, fix)


def is_excel_error(text: str) -> bool:
    """Whether a spreadsheet could not show a value: #DIV/0!, #REF!, ####."""
    return bool(_EXCEL_ERROR.fullmatch(text))


def excel_error(text: str) -> Issue:
    """That a spreadsheet could not show the value of a cell."""
    return problem(
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
            remark = remark_on("PERIOD_READ", f"“{text}”按您的选择读为{period_label(chosen)}")
            return Read({"": chosen, "_day": text}, (remark,))
        return Read(issues=(replace(no_period(), message=f"“{text}”看不出是哪一期"),))
    if chosen and found.id != chosen:
        message = (
            f"这一格是“{text}”（{period_label(found.id)}），与所选期次{period_label(chosen)}不同"
        )
        return Read(issues=(problem("PERIOD_MISMATCH", message, "请核对文件或改选期次"),))
    day = {"_day": text} if found.as_of else {}
    if found.id == text:
        return Read({"": found.id})
    until = f"，截至{found.as_of:%Y-%m-%d}" if found.as_of else ""
    return Read(
        {"": found.id} | day,
        (remark_on("PERIOD_READ", f"“{text}”读为{period_label(found.id)}{until}"),),
    )


def no_period() -> Issue:
    """The question which period a table speaks of."""
    question = Question(PERIOD, "这张表是哪一期的数据？")
    return problem("PERIOD", "表里没有写明期次", "请选择期次，如 2022H1（上半年）", question)


def day_cell(column: Column, text: str, period: str) -> Read:
    """A day; words such as 7月底 take their year from the period."""
    if not text:
        return Read({"": None})
    if is_excel_error(text):
        return Read(issues=(excel_error(text),))
    day = read_day(text, period or None)
    if day is None:
        message = f"“{text}”不是有效的{column.label}"
        return Read(issues=(problem("DATE", message, column.help or _DAY_HELP),))
    if day.isoformat() == text:
        return Read({"": day})
    return Read({"": day, "_words": text}, (remark_on("AS_OF_READ", f"“{text}”读为{day}"),))


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
    return replace(read, issues=(remark_on("LEVEL_BY_PERIOD", message),))


def _resolved(kind: str, text: str, found: Resolution, choices: Choices) -> Read:
    if not text:
        return Read({"": None, "_text": None})
    if is_excel_error(text):
        return Read(issues=(excel_error(text),))
    choice_key = key("level" if kind == "level" else "name", clean_name(text))
    chosen = choices.get(choice_key)
    options = _ALL_OPTIONS[kind]
    if chosen and chosen in dict(options):
        message = f"按您的选择，“{text}”读为{place_name(chosen)}"
        return Read({"": chosen, "_text": text}, (remark_on("NAME_CHOSEN", message),))
    if found.id is None:
        few = _options(found.options) or options
        code = ("LEVEL" if kind == "level" else "NAME") + ("_AMBIGUOUS" if found.options else "")
        question = Question(choice_key, f"“{text}”指的是哪一个？", few)
        return Read({"_text": text}, (problem(code, found.problem, _FIX_NAME, question),))
    return Read(
        {"": found.id, "_text": text, "_note": found.note}, tuple(_name_remarks(text, found))
    )


def _name_remarks(text: str, found: Resolution) -> list[Issue]:
    assert found.id is not None
    name, clean = place_name(found.id), clean_name(text)
    remarks = []
    if clean != text:
        remarks.append(remark_on("CLEANED", f"名称里的空白已去掉：“{clean}”"))
    if found.note:
        remarks.append(remark_on("NAME_NOTE", f"附注“{found.note}”存入备注"))
    place = DISTRICT_BY_ID.get(found.id)
    if place and place.kind == "historical":
        message = f"“{text}”是{place.valid_until}年以前的区划，按历史区保存，不并入今天的区"
        remarks.append(Issue("NAME_HISTORICAL", "提醒", message, "请核对这行数据的年份"))
    elif clean.split("（")[0].split("(")[0] != name and found.id not in LEVEL_BY_ID:
        remarks.append(remark_on("NAME_ALIAS", f"“{clean}”即{name}"))
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
        return Read(issues=(excel_error(text),))
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
        return Read(issues=(problem(column.kind.upper(), message, fix),))
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
