"""Single cases: every one once, the most pressing first, read a page at a time."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import openpyxl
import pytest

from lib.catalog.places import place_name
from lib.queries import release
from lib.selection import Selection
from lib.views import case_list
from lib.views.case_cards import case_cards
from lib.views.case_groups import case_groups
from lib.views.case_list import LISTED, ROWS, case_items, case_page, listed_cases
from lib.views.files import file_name as name_of_file
from lib.views.files import view_csv, view_xlsx
from lib.views.named import view_named
from tests.views.case_rows import (
    Row,
    over_filters,
)


@over_filters
def test_lists_hold_every_case_once_the_most_pressing_first(at: Selection, rows: list[Row]) -> None:
    for status in LISTED:
        expected = [row for row in rows if row["status"] == status]
        pages = [case_page(at, status, None, 1)]
        while pages[-1].number < pages[-1].last:
            pages.append(case_page(at, status, None, pages[-1].number + 1))
        found = [row for page in pages for row in page.table.rows]
        assert sorted(row[0] for row in found) == sorted(row["case_id"] for row in expected)
        assert {page.total for page in pages} == {len(expected)}
        assert all(len(page.table.rows) == ROWS for page in pages[:-1])
        days = pages[0].table.columns.index("剩余天数" if status == "due_soon" else "超期天数")
        pressing = [int(row[days]) * (1 if status == "due_soon" else -1) for row in found]
        assert pressing == sorted(pressing)
        assert {row[0]: int(row[days]) for row in found} == {
            row["case_id"]: abs((row["due_on"] - (row["finished_on"] or row["as_of"])).days)
            for row in expected
        }
        assert [row[0] for row in listed_cases(at, status).table.rows] == [row[0] for row in found]
        items = Counter(row["item"] for row in expected)
        assert case_items(at, status) == items
        for item, cases in items.most_common(1):
            one = case_page(at, status, item, 1)
            assert one.total == cases
            assert {row[2] for row in one.table.rows} == {item}


def test_a_listed_case_says_all_that_is_known_of_it(cases: tuple[str, list[Row]]) -> None:
    release, rows = cases
    one = max(
        (r for r in rows if r["status"] == "late"), key=lambda r: r["finished_on"] - r["due_on"]
    )
    page = case_page(Selection(release, "2022H1"), "late", None, 1)
    assert dict(zip(page.table.columns, page.table.rows[0], strict=True)) == {
        "办件编号": one["case_id"], "部门": place_name(one["department"]), "事项": one["item"],
        "地区": place_name(one["district"]), "渠道": one["channel"], "受理日期": str(one["accepted_on"]),
        "承诺办结日期": str(one["due_on"]), "办结日期": str(one["finished_on"]), "办理天数": str(one["days"]),
        "超期天数": str((one["finished_on"] - one["due_on"]).days), "来源文件": one["source_file"],
    }  # fmt: skip


def test_a_page_past_the_last_is_the_last(cases: tuple[str, list[Row]]) -> None:
    at = Selection(cases[0], "2022H1")
    assert case_page(at, "late", None, 10**9) == case_page(
        at, "late", None, case_page(at, "late", None, 1).last
    )
    assert case_page(at, "late", None, -3).number == 1


def test_single_cases_are_read_a_page_at_a_time(
    cases: tuple[str, list[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = case_list.case_list

    def noted(*args: Any, **how: Any) -> list[Row]:
        asked.append(how["most"])
        return real(*args, **how)

    monkeypatch.setattr(case_list, "case_list", noted)
    at = Selection(cases[0], "2022H1", (), ("education",))
    case_cards(at), case_groups(at, "item"), case_items(at, "late")
    assert asked == []
    case_page(at, "late", None, 1)
    assert asked == [ROWS]


def test_what_a_list_answered_is_not_kept(cases: tuple[str, list[Row]]) -> None:
    kept = release._answered.cache_info()
    at = Selection(cases[0], "2022H1", (), ("police",))
    assert case_page(at, "late", None, 1).total
    assert listed_cases(at, "overdue").table.rows
    assert release._answered.cache_info() == kept


def test_items_are_counted_once_for_all_parts_of_a_page(cases: tuple[str, list[Row]]) -> None:
    at = Selection(cases[0], "2022H1")
    counted = case_items(at, "late")
    assert case_items(at, "late") is counted
    with pytest.raises(TypeError):
        counted["户口迁移"] = 0  # type: ignore[index]


def test_the_file_of_an_item_has_its_cases_and_says_so(cases: tuple[str, list[Row]]) -> None:
    at = Selection(cases[0], "2022H1")
    item, count = next(iter(case_items(at, "late").items()))
    file = view_named("cases-late", at, item)
    assert file is not None
    assert file.title == f"{item}超期办结办件清单"
    assert file.reading == f"{item}超期办结的办件共{count}件。"
    assert len(file.table.rows) == count
    assert {row[2] for row in file.table.rows} == {item}
    empty = view_named("cases-late", at, "没有这项")
    assert empty is not None
    assert empty.empty


def test_a_file_with_only_a_part_of_the_cases_says_so(
    cases: tuple[str, list[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Selection(cases[0], "2022H1")
    whole = listed_cases(at, "late")
    total = len(whole.table.rows)
    assert not whole.left_out
    monkeypatch.setattr("lib.views.case_list.MOST", 7)
    part = listed_cases(at, "late")
    assert part.table.rows == whole.table.rows[:7]
    said = f"共{total}行，只列出最前7行，还有{total - 7}行没有列出"
    assert part.left_out == total - 7
    text = view_csv(part, at).decode("utf-8-sig").splitlines()
    assert len(text) == 1 + 7 + 1
    assert text[-1].startswith(said)
    sheet = openpyxl.load_workbook(io.BytesIO(view_xlsx(part, at))).active
    words = "".join(str(row[0]) for row in sheet.iter_rows(values_only=True))
    assert said in words
    assert "已全部列出" not in words
    assert name_of_file(part, at, "csv") == f"超期办结办件清单-只列前7行-2022H1-{at.release_id}.csv"
    assert "只列" not in name_of_file(whole, at, "csv")
