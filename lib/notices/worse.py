"""Whether a notice got worse than it was when somebody said that they know of it."""

from __future__ import annotations

import re
from decimal import Decimal

from lib.catalog.notices import NOTICE_BY_ID
from lib.catalog.qualifiers import QUALIFIERS
from lib.notices.record import Record

_EXACT = re.compile(r"第?(\d+(?:\.\d+)?)(\D*)")


def got_worse(before: Record, after: Record) -> bool:
    """Whether a record's figure changed for the worse, or in a way that may be one."""
    worse = NOTICE_BY_ID[after.rule].worse
    if worse == "变":
        return after.sentence != before.sentence
    if worse == "不变" or after.figure == before.figure:
        return False
    one, two = _exact(before.figure), _exact(after.figure)
    if one is None or two is None or one[1] != two[1]:
        return True
    return two[0] > one[0] if worse == "多" else two[0] < one[0]


def _exact(figure: str) -> tuple[Decimal, str] | None:
    """The number and the unit of a figure as people read it; None where it says less than a number."""
    found = _EXACT.fullmatch(figure)
    if not found or any(word in figure for word in QUALIFIERS):
        return None
    return Decimal(found[1]), found[2]
