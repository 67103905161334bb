"""What stands around the text: title, addressee, what an excerpt is of, attachments, date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from lib.bulletin.parts import Block
from lib.bulletin.spans import Term
from lib.catalog.demo import DEMO_MARK
from lib.catalog.office import OFFICE
from lib.catalog.periods import parse_period, period_label
from lib.insight.wording import in_full
from lib.queries.facts import FactBook
from lib.queries.stated import highlights
from lib.selection import Selection

_PENDING = "mobile_standard_pending"


def is_excerpt(selection: Selection) -> bool:
    """Whether the filters leave anything out."""
    return bool(selection.hidden)


def title(selection: Selection, synthetic: bool) -> str:
    """2022年上半年政务服务工作推进情况通报, marked as 节选 and as made up where it is."""
    marks = ("（节选）" if is_excerpt(selection) else "") + (
        f"（{DEMO_MARK}）" if synthetic else ""
    )
    return f"{period_label(selection.period)}{OFFICE.bulletin}{marks}"


def opening(selection: Selection, synthetic: bool) -> tuple[Block, ...]:
    """The lines before the preface of an excerpt or of made-up figures."""
    found = []
    if synthetic:
        found.append(Block((f"本文中的数字是{DEMO_MARK}，不是真实数字。",)))
    if is_excerpt(selection):
        scope = Term(selection.scope)
        words = ("本文是节选，范围为", scope, "；未选的地区和部门没有列出，全市和市本级的数照列。")
        found.append(Block(words))
    return tuple(found)


def date(selection: Selection, book: FactBook) -> dt.date:
    """The date of issue: the latest date anything of the period is stated for."""
    rows = highlights(selection.release_id, selection.period).to_pylist()
    days = [*(fact.as_of for fact in book), *(row["as_of"] for row in rows)]
    period = parse_period(selection.period)
    return max(days, default=period.end if period else dt.date.min)


def attachments(book: FactBook) -> tuple[str, ...]:
    """Lists the text points to that came with no data: named, counted as stated, left to be filled in."""
    pending = book.get(_PENDING)
    if pending is None:
        return ()
    return (f"尚未接入的移动端标准应用清单（{in_full(pending)}，未随数据报送，待补）",)


def nothing(selection: Selection) -> Iterable[Block]:
    """All there is to say of a period without data."""
    yield Block((Term(period_label(selection.period)), "没有报送任何数据，没有可以通报的内容。"))
