"""What is wrong with dropped cases, as issues: where it is first, how often, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lib.engine.copying import Workshop
from lib.intake.cases.computed import sql_text
from lib.intake.cases.sources import Source
from lib.intake.issues import Issue
from lib.intake.words.privacy import holds_number

_SHOWN = 3
_DATE = "不是日期，或没有填"
# Column of a case > what is wrong with it, and what to do; the tests are in `checked.sql`.
_WRONG = {
    "period": ("期次与文件第一行的不同，或没有填", "一个文件只能有一期，请分开放入"),
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
_SUSPECT = "[0-9０-９]{4}|@|＠|电话|手机|微信|联系"
_AT_LINE = re.compile(r"CSV Error on Line: (\d+)")


def wrong_rows(shop: Workshop, source: Source) -> Iterator[Issue]:
    """The first wrong row of every column of a file, which a workshop shows as `dropped`, in order."""
    found = shop.ask(
        "SELECT problem, min(number) AS number, count(*) AS n, arg_min(written, number) AS written "
        f"FROM ({sql_text('checked')}) GROUP BY problem ORDER BY number"
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
    suspect = shop.ask(
        "SELECT words FROM ("
        "SELECT note AS words, count(*) AS n FROM cases GROUP BY note "
        "UNION ALL SELECT item, count(*) FROM cases GROUP BY item) "
        f"WHERE regexp_matches(words, '{_SUSPECT}') ORDER BY words LIMIT 100000"
    )["words"]
    found = [words for words in suspect.to_pylist() if holds_number(words)]
    return [_personal(shop, period, words) for words in found[:_SHOWN]]


def _personal(shop: Workshop, period: str, words: str) -> Issue:
    (first,) = shop.ask(
        "SELECT source_file, case_id FROM cases WHERE note = $words OR item = $words "
        "ORDER BY source_file, case_id LIMIT 1",
        {"words": words},
    ).to_pylist()
    return Issue(
        "PERSONAL", "阻断", f"{period} 的办件 {first['case_id']} 的事项或备注里有个人信息",
        "请从文件中去掉再放入", first["source_file"],
    )  # fmt: skip


def unreadable(message: str, file: str = "") -> Issue:
    """A file that the engine, whose message this is, could not read to its end."""
    line = _AT_LINE.search(message)
    if "unicode" in message.lower():
        what, fix = "文字编码不是UTF-8", "请另存为UTF-8的CSV再放入"
    elif line:
        what, fix = "这一行的列数或引号与表头对不上", "请核对这一行，或重新导出再放入"
    else:
        what, fix = "文件读不出来", "请重新导出再放入"
    return Issue("DROP_READ", "阻断", what, fix, file, row=int(line[1]) if line else None)
