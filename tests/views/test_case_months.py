"""Cases by the month of their promised day, and what is overdue month after month, whatever is chosen."""

from __future__ import annotations

from lib.catalog.places import place_name
from lib.selection import Selection
from lib.views.case_months import case_months, case_repeats
from tests.views.case_rows import (
    Row,
    grouped,
    over_filters,
    passed,
    percent,
)


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
