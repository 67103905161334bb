"""What tables of cases ought to say, worked out from the cases one by one; over what people may choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.selection import Selection

Row = dict[str, Any]
DONE = ("on_time", "close", "late")


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
    if rounded == 100 and part < whole:
        return ">99.9%"
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


def passed(rows: list[Row]) -> int:
    return counted(rows, "late", "overdue")
