"""The headline figures of cases: how many, how many in time, due soon, overdue; how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lib.catalog.handling import IN_TIME, STATUS_BY_ID
from lib.insight.caseload import by_days, chosen, of_status, portion, whole
from lib.insight.cells import Way
from lib.insight.wording import MISSING, grouped
from lib.queries.cases import case_counts
from lib.selection import Selection
from lib.views.case_groups import PAGE

_LONG_OVERDUE = 30  # days
_OPEN = ("open", "due_soon", "overdue")
HOW_TO = (
    "本期没有办件明细。请信息技术人员把一体化平台导出的办件明细（CSV 或 Parquet，列名见“填报模板”的“网办办件”）放进一个文件夹，"
    "在服务器上运行 python -m lib drop 文件夹 --by 岗位；发布后本页就有数。也可以换一个期次。"
)


@dataclass(frozen=True)
class CaseCard:
    """One headline figure: its lines say of what it is made, `definition` what it means; where it leads."""

    id: str
    title: str
    value: str
    unit: str
    lines: tuple[str, ...]
    definition: str
    way: Way | None = None


def has_cases(selection: Selection) -> bool:
    """Whether the release holds any case of the period, chosen or not."""
    return bool(case_counts(selection.release_id, selection.period, "standing").cases.any())


@lru_cache(maxsize=128)
def case_cards(selection: Selection) -> tuple[CaseCard, ...]:
    """Six figures of the chosen places, in the order people ask for them."""
    counts = chosen(selection, "standing")
    all_of_them = whole(counts)
    of, finished, still = all_of_them.of, all_of_them.finished, all_of_them.of(*_OPEN)
    today = by_days(of_status(counts, "due_soon"), ((0, 0),))[0]
    long = by_days(of_status(counts, "overdue"), ((_LONG_OVERDUE + 1, None),))[0]
    days = all_of_them.nine_tenths
    done = f"已办结{grouped(finished)}"
    return (
        CaseCard(
            "total", "办件总数", grouped(all_of_them.total), "件",
            (f"{done}，在办{grouped(still)}", f"已退回{grouped(of('returned'))}，缺办结日期{grouped(of('undated'))}"),
            "本期收到的全部办件，每件只有一种状态，各状态相加等于总数。",
        ),
        CaseCard(
            "on_time", "按时办结率", all_of_them.on_time, "",
            (f"按时{grouped(of(*IN_TIME))}", f"÷ {done}"),
            "承诺期限内办结（含预警后办结）的件数，除以有办结日期的已办结件数；已退回、缺办结日期的不计。",
        ),
        _counted("due_soon", of("due_soon"), _of("在办", still, of("due_soon")), f"其中当天到期{grouped(today)}"),
        _counted(
            "overdue", of("overdue"), _of("在办", still, of("overdue")), f"其中超过{_LONG_OVERDUE}天{grouped(long)}",
        ),
        _counted("late", of("late"), _of("已办结", finished, of("late"))),
        CaseCard(
            "days", "办理天数 p50", MISSING if all_of_them.half is None else str(all_of_them.half), "天",
            (f"p90 {MISSING if days is None else days}天", done),
            "受理到办结的自然日。p50：一半办件在这么多天内办结；p90：九成办件在这么多天内办结。按已办结件逐件排序取数，不是平均。",
        ),
    )  # fmt: skip


def _of(name: str, whole: int, part: int) -> str:
    return f"占{name}{grouped(whole)}的{portion(part, whole)}" if whole else MISSING


def _counted(status: str, cases: int, *lines: str) -> CaseCard:
    """The cases of a status, leading to their list."""
    known = STATUS_BY_ID[status]
    way = Way(PAGE, own=(("status", status),)) if cases else None
    return CaseCard(status, known.label, grouped(cases), "件", lines, f"{known.help}。", way)
