"""Every figure of 预警台账 is that of the cases themselves, whatever is chosen."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.catalog.handling import STATUSES
from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS, place_name
from lib.demo.cases import file_name, write_cases
from lib.insight.caseload import FEWEST
from lib.meeting.slides import offers, pages
from lib.queries import release
from lib.selection import Selection
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.views.case_ages import AGES, case_ages, case_statuses
from lib.views.case_cards import case_cards, has_cases
from lib.views.case_groups import AXES, case_groups, worst_items
from lib.views.case_list import LISTED, ROWS, case_items, case_page, listed_cases
from lib.views.case_months import case_months, case_repeats
from lib.views.files import file_name as name_of_file
from lib.views.files import view_csv, view_xlsx
from lib.views.named import view_named
from lib.views.register import CASE_VIEWS, View
from tests.caseload import case, release_folder, write_rows
from tests.fresh import forget_views

Row = dict[str, Any]
DONE = ("on_time", "close", "late")
SAME_NAME = {
    "事项名称": "教师资格认定",
    "部门": "市人社局",
}  # 市教育局 has an item of that name, too
ODD = [
    case(9001, 状态="已退回"),
    case(9002, 状态="已办结"),
    case(9003, 状态="已办结", 办结日期="2022-05-20"),  # before it was accepted
    case(9004, **SAME_NAME),
    case(9005, 承诺办结日期="2022-06-30", **SAME_NAME),
    case(9006, 承诺办结日期="2022-07-03", 地区="市本级"),
    case(9007, 受理日期="2021-10-01", 承诺办结日期="2021-11-01"),
    case(9008, 受理日期="2021-10-01", 承诺办结日期="2021-12-01"),
    case(9009, 受理日期="2021-10-01", 承诺办结日期="2022-01-01"),
]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Row]]]:
    """A release with invented and odd cases, and its cases as they are stored."""
    folder = tmp_path_factory.mktemp("cases")
    forget_views()
    with pytest.MonkeyPatch.context() as own:
        own.setenv("TONGBAO_DATA", str(folder / "data"))
        own.setenv("TONGBAO_DEMO", "1")
        (folder / "drop").mkdir()
        write_cases(folder / "drop" / file_name(), 4_000)
        write_rows(folder / "drop" / "odd.csv", ODD)
        release = release_folder(folder / "drop")
        files = Lake(lake_dir()).files(release)["cases"]
        yield release.id, [row for path in files for row in pq.read_table(path).to_pylist()]
    forget_views()


def places(ids: tuple[str, ...], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the places, in the order of the catalog."""
    chosen = st.sets(st.sampled_from(ids), max_size=most)
    return chosen.map(lambda found: tuple(id for id in ids if id in found))


def over_filters(check: Callable[[Selection, list[Row]], None]) -> Callable[..., None]:
    """Run a check over what people may choose, with the rows of these places."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(districts=places(DISTRICT_IDS, 3), departments=places(DEPARTMENT_IDS[:24], 6))
    def checked(
        cases: tuple[str, list[Row]], districts: tuple[str, ...], departments: tuple[str, ...]
    ) -> None:
        release, rows = cases
        kept = [
            row
            for row in rows
            if (not districts or row["district"] in districts)
            and (not departments or row["department"] in departments)
        ]
        check(Selection(release, "2022H1", districts, departments), kept)

    checked.__name__, checked.__doc__ = check.__name__, check.__doc__
    return checked


def percent(part: int, whole: int) -> str:
    if not whole:
        return "—"
    rounded = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded}%" if rounded or not part else "<0.1%"


def within(rows: list[Row], share: float) -> str:
    """The days within which a share of the finished cases was done: the nearest rank."""
    days = sorted(row["days"] for row in rows if row["status"] in DONE)
    return str(next(d for n, d in enumerate(days, 1) if n >= share * len(days))) if days else "—"


def counted(rows: list[Row], *statuses: str) -> int:
    return sum(row["status"] in statuses for row in rows)


def figures(rows: list[Row]) -> tuple[str, ...]:
    """What a table says of a group of cases."""
    finished = counted(rows, *DONE)
    return (
        *(str(counted(rows, status)) for status in ("overdue", "due_soon", "late")), str(len(rows)),
        percent(counted(rows, "on_time", "close"), finished), within(rows, 0.5), within(rows, 0.9),
    )  # fmt: skip


def grouped(rows: list[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[column] for column in columns)].append(row)
    return found


COLUMNS = {
    "department": ("department",),
    "district": ("district",),
    "channel": ("channel",),
    "item": ("item", "department"),
}


def shown(name: tuple[str, ...], axis: str) -> tuple[str, ...]:
    if axis == "item":
        return name[0], place_name(name[1])
    return name if axis == "channel" else (place_name(name[0]),)


@over_filters
def test_cards_say_what_the_cases_say(at: Selection, rows: list[Row]) -> None:
    found = {card.id: card for card in case_cards(at)}
    finished, still = counted(rows, *DONE), counted(rows, "open", "due_soon", "overdue")
    in_time = counted(rows, "on_time", "close")
    assert [card.value for card in found.values()] == [
        f"{len(rows):,}", percent(in_time, finished),
        *(f"{counted(rows, status):,}" for status in ("due_soon", "overdue", "late")), within(rows, 0.5),
    ]  # fmt: skip
    assert found["on_time"].lines == (f"按时{in_time:,}", f"÷ 已办结{finished:,}")
    assert found["days"].lines[0] == f"p90 {within(rows, 0.9)}天"
    long = sum(row["days"] > 30 for row in rows if row["status"] == "overdue")
    assert found["overdue"].lines[1] == f"其中30天以上{long:,}"
    if still:
        assert found["overdue"].lines[0] == (
            f"占在办{still:,}的{percent(counted(rows, 'overdue'), still)}"
        )


@pytest.mark.parametrize("axis", AXES)
def test_groups_say_what_their_cases_say(axis: str, cases: tuple[str, list[Row]]) -> None:
    @over_filters
    def check(at: Selection, rows: list[Row]) -> None:
        groups = {shown(k, axis): v for k, v in grouped(rows, *COLUMNS[axis]).items()}
        names = len(COLUMNS[axis])
        whole = case_groups(at, axis).table.rows
        assert {row[:names]: row[names:] for row in whole} == {
            name: figures(of) for name, of in groups.items()
        }
        assert len(whole) == len(groups)
        order = [tuple(-int(n) for n in row[names : names + 3]) for row in whole]
        assert order == sorted(order)
        top = case_groups(at, axis, 3).table.rows
        assert top[:3] == whole[:3]
        left = [case for row in whole[3:] for case in groups[row[:names]]]
        assert top[3:] == (
            ((f"其余{len(whole) - 3}{AXES[axis].many}", *[""] * (names - 1), *figures(left)),)
            if left else ()
        )  # fmt: skip

    check(cases)


@over_filters
def test_the_worst_items_are_those_with_the_lowest_rate(at: Selection, rows: list[Row]) -> None:
    groups = {
        shown(name, "item"): of
        for name, of in grouped(rows, "item", "department").items()
        if counted(of, *DONE) >= FEWEST and counted(of, "late")
    }
    found = worst_items(at).table.rows
    assert {row[:2]: row[2:] for row in found} == {n: figures(of) for n, of in groups.items()}
    rates = [counted(groups[r[:2]], "late") / counted(groups[r[:2]], *DONE) for r in found]
    assert rates == sorted(rates, reverse=True)


@over_filters
def test_ages_and_statuses_add_up_to_the_cases(at: Selection, rows: list[Row]) -> None:
    for kind, ages in AGES.items():
        days = [row["days"] for row in rows if row["status"] in ages.statuses]
        bands = [
            sum(low <= day and (high is None or day <= high) for day in days)
            for low, high in ages.bands
        ]
        early = sum(day < ages.bands[0][0] for day in days)
        numbers = [early, *bands] if early else bands
        found = case_ages(at, kind).table.rows
        assert [row[1:] for row in found] == (
            [(str(n), percent(n, len(days))) for n in numbers] if days else []
        )
        assert sum(int(row[1]) for row in found) == len(days)
    by_status = Counter(row["status"] for row in rows)
    assert [row[:3] for row in case_statuses(at).table.rows] == (
        [(s.label, str(by_status[s.id]), percent(by_status[s.id], len(rows))) for s in STATUSES] if rows else []
    )  # fmt: skip


def passed(rows: list[Row]) -> int:
    return counted(rows, "late", "overdue")


@over_filters
def test_months_are_those_of_the_promised_day(at: Selection, rows: list[Row]) -> None:
    kept = [
        row | {"month": f"{row['due_on']:%Y-%m}"} for row in rows if row["status"] != "returned"
    ]
    months = sorted(grouped(kept, "month").items())
    whole = [
        (name, str(len(of)), str(passed(of)), percent(passed(of), len(of)))
        for (name,), of in months
    ]
    assert list(case_months(at).table.rows) == whole
    early, late = months[:-2], whole[-2:]
    before = [row for _, of in early for row in of]
    told = (str(len(before)), str(passed(before)), percent(passed(before), len(before)))
    first = [(f"更早{len(early)}个月", *told)] if early else []
    assert list(case_months(at, 2).table.rows) == first + late


def longest(months: list[str]) -> list[str]:
    """The last of the longest stretches of months in a row."""
    best: list[str] = []
    for start in range(len(months)):
        stretch = months[start : start + 1]
        for month in months[start + 1 :]:
            year, number = map(int, stretch[-1].split("-"))
            if month != f"{year + number // 12}-{number % 12 + 1:02d}":
                break
            stretch = [*stretch, month]
        best = stretch if len(stretch) >= len(best) else best
    return best


@over_filters
def test_repeats_are_late_in_three_months_in_a_row(at: Selection, rows: list[Row]) -> None:
    expected = set()
    kept = [row for row in rows if row["status"] != "returned"]
    for (item, department, district), of in grouped(kept, "item", "department", "district").items():
        by_month = grouped([r | {"month": f"{r['due_on']:%Y-%m}"} for r in of], "month")
        span = longest(sorted(month for (month,), some in by_month.items() if passed(some)))
        if len(span) < 3:
            continue
        then = [row for month in span for row in by_month[(month,)]]
        expected.add(
            (
                item, place_name(department), place_name(district), str(len(span)), f"{span[0]}至{span[-1]}",
                str(passed(then)), str(len(then)), percent(passed(then), len(then)),
            )
        )  # fmt: skip
    found = case_repeats(at).table.rows
    assert set(found) == expected
    assert len(found) == len(expected)
    order = [(-int(row[3]), -int(row[5])) for row in found]
    assert order == sorted(order)
    top = case_repeats(at, 2).table.rows
    assert top[:2] == found[:2]
    assert sum(int(row[5]) for row in top) == sum(int(row[5]) for row in found)


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


def test_the_file_of_an_item_has_its_cases_and_says_so(cases: tuple[str, list[Row]]) -> None:
    at = Selection(cases[0], "2022H1")
    item, count = next(iter(case_items(at, "late").items()))
    file = view_named("cases-late", at, item)
    assert file is not None
    assert file.title == f"{item}超期办结办件清单"
    assert file.reading == f"{item}超期办结的办件共{count}件。"
    assert len(file.table.rows) == count
    assert {row[2] for row in file.table.rows} == {item}
    assert view_named("cases-late", at, "没有这项").empty


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


def test_a_page_past_the_last_is_the_last(cases: tuple[str, list[Row]]) -> None:
    at = Selection(cases[0], "2022H1")
    assert case_page(at, "late", None, 10**9) == case_page(
        at, "late", None, case_page(at, "late", None, 1).last
    )
    assert case_page(at, "late", None, -3).number == 1


def test_without_cases_every_view_is_empty(cases: tuple[str, list[Row]]) -> None:
    whole_city = Selection(cases[0], "2021H2")
    assert has_cases(Selection(cases[0], "2022H1"))
    assert not has_cases(whole_city)
    views = [
        *(case_groups(whole_city, axis) for axis in AXES), *(case_ages(whole_city, kind) for kind in AGES),
        worst_items(whole_city), case_statuses(whole_city), case_months(whole_city), case_repeats(whole_city),
        *(listed_cases(whole_city, status) for status in LISTED),
    ]  # fmt: skip
    assert all(view.empty and view.reading.endswith("。") for view in views)


def test_single_cases_are_read_a_page_at_a_time(
    cases: tuple[str, list[Row]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from lib.views import case_list

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


@pytest.mark.parametrize("view", CASE_VIEWS, ids=lambda view: view.id)
def test_a_meeting_is_offered_the_cases_with_bars_as_long_as_the_table_says(
    view: View, cases: tuple[str, list[Row]]
) -> None:
    at = Selection(cases[0], "2022H1")
    shown = view.make(at)
    assert shown.title == view.title
    assert {f"view:{view.id}", f"table:{view.id}"} <= {offer.id for offer in offers(at)}
    assert not [o for o in offers(Selection(cases[0], "2021H2")) if view.id in o.id]
    if shown.marks is None:
        return
    overdue = shown.table.columns.index("超期" if view.id == "case-months" else "超期未结")
    drawn = {mark[shown.key]: mark["写法"] for mark in shown.marks.to_pylist()}
    assert drawn == {row[0]: f"{row[overdue]}件" for row in shown.table.rows if row[overdue] != "0"}
    assert pages(f"view:{view.id}", at)[0].chart is not None
