"""Cases by the month they were promised for, and what is overdue month after month."""

from __future__ import annotations

from functools import lru_cache

from lib.catalog.places import DISTRICT_IDS, place_name
from lib.insight.case_months import LONG, Month, Repeat, Repeats
from lib.insight.case_months import months as by_month
from lib.insight.case_months import repeats as in_a_row
from lib.insight.caseload import chosen, of_status, pairs, portion
from lib.insight.cells import Way, bar, count, led
from lib.insight.table import table
from lib.insight.wording import grouped
from lib.selection import Selection
from lib.views.case_groups import PAGE
from lib.views.exhibit import Exhibit

SHOWN = 12  # months on the page; those before them are one row


@lru_cache(maxsize=16)
def case_months(selection: Selection, most: int = 0) -> Exhibit:
    """Cases by the month of their promised day: 件, overdue, and the share of these."""
    found = by_month(chosen(selection, "months"))
    shown = _last(found, most)
    longest = max((_share(month) for month in shown), default=0)
    rows = (
        (
            month.month, count(month.cases), count(month.overdue),
            bar(portion(month.overdue, month.cases), _share(month) / (longest or 1), "red"),
        )
        for month in shown
    )  # fmt: skip
    return Exhibit(
        "case-months", "各月承诺办结的办件", _reading(found),
        table(("承诺办结月份", "应办结", "超期", "超期占比"), rows),
        remark="件，不含已退回；超期含已办结的", key="承诺办结月份",
    )  # fmt: skip


def _last(found: list[Month], most: int) -> list[Month]:
    if not most or len(found) <= most:
        return found
    early = found[:-most]
    name = f"更早{len(early)}个月"
    rest = Month(name, sum(m.cases for m in early), sum(m.overdue for m in early))
    return [rest, *found[-most:]]


def _share(month: Month) -> float:
    return month.overdue / month.cases


def _spoken(month: str) -> str:
    """2022-03 > 2022年3月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _reading(found: list[Month]) -> str:
    if not found:
        return "所选范围没有办件。"
    if not any(month.overdue for month in found):
        return "各月承诺办结的办件都没有超期。"
    worst = max(found, key=_share)
    return (
        f"{_spoken(worst.month)}承诺办结的办件超期占比最高，{portion(worst.overdue, worst.cases)}（{grouped(worst.cases)}件中超期{grouped(worst.overdue)}件）；"
        "还没有到承诺日的也计入当月应办结。"
    )


@lru_cache(maxsize=16)
def case_repeats(selection: Selection, most: int = 0) -> Exhibit:
    """Items of a department in a district that were overdue LONG months in a row or more."""
    repeats = in_a_row(chosen(selection, "months"), most)
    open_at = pairs(of_status(chosen(selection, "items"), "overdue"), "item", "district")
    rows = [_repeat(one, (one.matter, one.district) in open_at) for one in repeats.found]
    if repeats.others:
        told = (
            count(repeats.overdue),
            count(repeats.cases),
            portion(repeats.overdue, repeats.cases),
        )
        rows.append((f"其余{repeats.others}项", "", "", "", "", *told))
    columns = ("事项", "部门", "地区", "连续月数", "起止月份", "超期", "应办结", "超期占比")
    return Exhibit(
        "case-repeats", "反复超期", _repeats_reading(repeats), table(columns, rows),
        remark=f"同一部门、地区的同一事项连续{LONG}个月以上有超期；按承诺办结月份", key="事项",
    )  # fmt: skip


def _repeat(one: Repeat, is_open: bool) -> tuple[str, ...]:
    """A row whose item leads to its cases: those still open, where there are any, or those done late."""
    department, item = one.matter
    district = one.district if one.district in DISTRICT_IDS else ""
    own = (("status", "overdue" if is_open else "late"), ("item", item))
    way = Way(PAGE, district, department, own)
    return (
        led(item, way), led(place_name(department), Way(PAGE, department=department)), place_name(one.district),
        str(one.months), f"{one.first}至{one.last}", count(one.overdue), count(one.cases),
        portion(one.overdue, one.cases),
    )  # fmt: skip


def _repeats_reading(repeats: Repeats) -> str:
    if not repeats.found:
        return f"没有连续{LONG}个月以上超期的事项。"
    found = repeats.found
    department, item = found[0].matter
    return (
        f"共{len(found) + repeats.others}项连续{LONG}个月以上超期；{place_name(found[0].district)}的“{item}”（{place_name(department)}）"
        f"连续{found[0].months}个月，超期{grouped(found[0].overdue)}件。"
    )
