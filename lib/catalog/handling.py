"""How a case stands: its statuses, from the dates and the state that were reported.

A status is worked out once, at intake, as of the case's own date (`as_of`). 预警 and 超期 follow
from it: cases that came near their promised day, and cases that passed it; no case is both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WARN_DAYS = 3  # how near the promised day a case is warned of, where more days were promised

Days = Literal["办理天数", "超期天数", "剩余天数", ""]


@dataclass(frozen=True)
class Status:
    """One way a case can stand. `days`: what its number of days counts, "" where it has none."""

    id: str
    label: str
    days: Days
    help: str


STATUSES: tuple[Status, ...] = (
    Status("on_time", "按时办结", "办理天数", "承诺期限内办结，没有到预警期"),
    Status("close", "预警后办结", "办理天数", f"承诺期限前{WARN_DAYS}天内办结"),
    Status("late", "超期办结", "办理天数", "承诺期限之后才办结"),
    Status("open", "正常在办", "剩余天数", "还没有办结，没有到预警期"),
    Status("due_soon", "即将到期", "剩余天数", f"还没有办结，距承诺期限不超过{WARN_DAYS}天"),
    Status("overdue", "超期未结", "超期天数", "还没有办结，已过承诺期限"),
    Status("returned", "已退回", "", "申请已退回，不计入按时办结率"),
    Status("undated", "缺办结日期", "", "报为已办结而没有办结日期，不计入按时办结率"),
)
STATUS_BY_ID = {status.id: status for status in STATUSES}

# Statuses by what they count as.
WARNED = ("close", "due_soon")
PASSED = ("late", "overdue")
FINISHED = ("on_time", "close", "late")
IN_TIME = ("on_time", "close")
ATTENTION = ("late", "due_soon", "overdue")  # whose cases are listed one by one
