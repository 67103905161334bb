"""What is wrong with dropped cases, as issues: where it is first, how often, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lib.engine.copying import Workshop
from lib.intake.cases.sources import Source
from lib.intake.issues import Issue
from lib.intake.words.privacy import holds_number

_SHOWN = 3
_DATE = "不是日期，或没有填"
# Column of a case > what is wrong with it, and what to do; the tests are in `checked.sql`.
_WRONG = {
    "period": ("没有期次", "请补填，或用 --period 指明"),
    "case_id": ("没有办件编号", "请补填，每件唯一"),
    "district": ("不是已登记的地区", "请改成七个辖市（区）或市本级的名称"),
    "department": ("不是已登记的部门", "请改成“指标口径”页所列的名称"),
    "item": ("没有事项名称", "请补填"),
    "channel": ("渠道不对", "请改成PC端、移动端、自助端或窗口"),
    "accepted_on": (_DATE, "请写成 2022-03-01 的样子"),
    "due_on": (_DATE, "请写成 2022-03-10 的样子"),
    "finished_on": ("不是日期", "请写成 2022-03-08 的样子；未办结请留空"),
    "state": ("状态不对", "请改成办理中、已办结或已退回"),
    "as_of": (_DATE, "请写成 2022-07-31 的样子"),
}
_CONTRADICTORY = {
    "due_before_accepted": ("CASE_DATES", "承诺办结日期早于受理日期"),
    "finished_before_accepted": ("CASE_DATES", "办结日期早于受理日期"),
    "finished_without_day": ("CASE_STATE", "状态是已办结，却没有办结日期"),
    "open_with_day": ("CASE_STATE", "状态是办理中，却有办结日期"),
    "accepted_later": ("CASE_DATES", "受理日期晚于截止日期"),
}
_AT_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FILE = re.compile(r"^\s*file\s*=\s*(.+)$|\"([^\"]+\.(?:csv|parquet))\"", re.MULTILINE)


def wrong_rows(shop: Workshop, source: Source) -> Iterator[Issue]:
    """The first wrong row of every column of a file, of which `cases_read` shows the rows in order."""
    found = shop.ask(
        "SELECT problem, min(number) AS number, count(*) AS n, arg_min(problem_text, number) AS written "
        "FROM (SELECT problem, problem_text, row_number() OVER () AS number FROM cases_read) "
        "WHERE problem IS NOT NULL GROUP BY problem ORDER BY number"
    )
    below = 1 if source.delimiter else 0  # a CSV has its header above them
    for row in found.to_pylist():
        message, fix = _WRONG[row["problem"]]
        text = row["written"] or ""
        yield Issue(
            "CASE_CELL", "阻断", f"“{text}”{message}" if text else message, fix, source.name,
            row=row["number"] + below, column=source.label(row["problem"]), text=text, count=row["n"],
        )  # fmt: skip


def repeated(shop: Workshop, period: str) -> list[Issue]:
    """Numbers that several of `cases` have."""
    found = shop.ask(
        "SELECT case_id, count(*) AS n, min(source_file) AS one, max(source_file) AS other "
        f"FROM cases GROUP BY case_id HAVING count(*) > 1 ORDER BY case_id LIMIT {_SHOWN}"
    ).to_pylist()
    return [
        Issue(
            "CASE_TWICE", "阻断",
            f"{period} 的办件编号 {row['case_id']} 出现了{row['n']}次（{'、'.join(sorted({row['one'], row['other']}))}）",
            "请只留一件；这里最多列出三个编号", row["one"], text=row["case_id"],
        )
        for row in found
    ]  # fmt: skip


def contradictory(counted: Mapping[str, Any], period: str) -> list[Issue]:
    """Dates and states that contradict each other, once a rule, with how many."""
    return [
        Issue(code, "提醒", f"{period} 有{counted[name]}件{message}", "请核对这些办件", count=counted[name])
        for name, (code, message) in _CONTRADICTORY.items() if counted[name]
    ]  # fmt: skip


def personal(shop: Workshop, period: str) -> list[Issue]:
    """Notes and names of items that hold telephone or identity numbers, or addresses."""
    found = shop.ask(
        "SELECT words, min(source_file) AS file, min(case_id) AS case_id FROM ("
        "SELECT note AS words, source_file, case_id FROM cases UNION ALL "
        "SELECT item, source_file, case_id FROM cases) "
        "WHERE regexp_matches(words, '[0-9０-９]{4}|@|＠|电话|手机|微信|联系') "
        "GROUP BY words ORDER BY words LIMIT 100000"
    ).to_pylist()
    return [
        Issue(
            "PERSONAL", "阻断", f"{period} 的办件 {row['case_id']} 的事项或备注里有个人信息",
            "请从文件中去掉再放入", row["file"],
        )
        for row in found if holds_number(row["words"])
    ][:_SHOWN]  # fmt: skip


def unreadable(message: str) -> Issue:
    """A file that the engine could not read to its end."""
    line, file = _AT_LINE.search(message), _FILE.search(message)
    name = (file[1] or file[2]).strip().rpartition("/")[2] if file else ""
    return Issue(
        "DROP_READ", "阻断", "这一行的列数或引号与表头对不上" if line else "文件读不出来",
        "请核对这一行，或重新导出再放入", name, row=int(line[1]) if line else None,
    )  # fmt: skip
