"""Units stated beside a table: 单位：万元 above it, 注：金额单位为万元 below it.

The unit of a form, 填报单位：…, is an organisation and says nothing about figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lib.catalog.places import clean_name, resolve_department, resolve_district
from lib.catalog.units import is_unit
from lib.intake.issues import Issue

_STATED = re.compile(
    r"(?:计量|数量|(?P<amount>金额))?(?:的)?(?:计量)?"
    r"单位(?P<mark>\s*[:：为是]\s*|\s+)(?P<word>[^\s，,。；;（()）【】\[\]]+)"
)
_STARTS = " \t\u3000，,。；;：:（(【[、注"
_LONGEST = 4  # characters of a word that may be a unit; organisations have longer names
_OFFICES = (
    "局",
    "办",
    "委",
    "院",
    "府",
    "中心",
    "公司",
    "部",
    "厅",
    "处",
    "镇",
    "区",
    "市",
    "科",
    "站",
    "会",
)


@dataclass(frozen=True)
class StatedUnit:
    """A unit beside a table. `row` from 0; `amount`: it holds for sums of money only."""

    row: int
    text: str
    unit: str
    amount: bool
    above: bool


def stated_units(text: str, row: int, above: bool) -> list[StatedUnit]:
    """The units a line beside a table states, known or not; organisations are none."""
    found = []
    for match in _STATED.finditer(text):
        word = clean_name(match["word"])
        sure = bool(match["mark"].strip())
        starts = match.start() == 0 or text[match.start() - 1] in _STARTS
        known = is_unit(word)
        if (known and (sure or starts)) or (sure and starts and _may_be_unit(word)):
            said = match.group().strip()
            found.append(StatedUnit(row, said, word, bool(match["amount"]), above))
    return found


def _may_be_unit(word: str) -> bool:
    place = resolve_department(word).id or resolve_district(word).id
    return len(word) <= _LONGEST and not place and not word.endswith(_OFFICES)


def stated_issues(units: Sequence[StatedUnit]) -> list[Issue]:
    """What is said of the units beside a table: read, not known, or two that differ."""
    issues = []
    first: dict[bool, str] = {}
    for one in units:
        if not is_unit(one.unit):
            message = f"“{one.text}”里的“{one.unit}”不是已知的单位，没有使用"
            fix = "请写明单位，如 件、人、万元"
            issue = Issue("UNIT_UNKNOWN", "提醒", message, fix)
        elif first.setdefault(one.amount, one.unit) != one.unit:
            message = f"表格旁写了不同的单位：“{first[one.amount]}”、“{one.unit}”"
            issue = Issue("UNIT", "阻断", message, "请统一单位")
        else:
            where = "上方" if one.above else "下方"
            issue = Issue("UNIT_READ", "说明", f"“{one.text}”取自表格{where}")
        issues.append(issue.at(one.row + 1, text=one.text))
    return issues


def stated_unit(units: Sequence[StatedUnit], amount: bool) -> str:
    """The unit stated for all figures, or for sums of money; empty where there is none."""
    known = (one.unit for one in units if is_unit(one.unit) and one.amount == amount)
    return next(known, "")
