"""The counts of cases: read once for all who ask, in columns no wider than they need."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from lib.insight.caseload import chosen
from lib.queries.cases import By, Counts, case_counts
from lib.selection import Selection
from tests.caseload import lake_of_cases
from tests.fresh import forget_views

AT_ONCE = 6
KINDS: tuple[By, ...] = ("standing", "channels", "items", "months")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A release with invented cases."""
    with lake_of_cases(tmp_path_factory.mktemp("counts")) as made:
        yield made.id


def size(counts: Counts) -> int:
    """Bytes of all columns."""
    columns = [axis.codes for axis in counts.axes.values()]
    return sum(column.nbytes for column in (*columns, counts.days, *counts.values.values()))


def test_many_who_come_at_once_share_one_reading(release: str) -> None:
    forget_views()
    all_there = Barrier(AT_ONCE)

    def read(_: int) -> Counts:
        all_there.wait()
        return case_counts(release, "2022H1", "items")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        first, *others = pool.map(read, range(AT_ONCE))
    assert all(one is first for one in others)


@pytest.mark.parametrize("by", KINDS)
def test_a_row_takes_few_bytes(release: str, by: By) -> None:
    counts = case_counts(release, "2022H1", by)
    assert size(counts) <= len(counts.cases) * (2 * len(counts.axes) + 4 + 8 * len(counts.values))


@pytest.mark.parametrize("by", KINDS)
def test_a_choice_takes_only_its_own_rows(release: str, by: By) -> None:
    one = chosen(Selection(release, "2022H1", ("liyang",)), by)
    axis = one.axes["district"]
    assert {axis.names[code] for code in axis.codes} == {"liyang"}
    assert 0 < len(one.cases) < len(case_counts(release, "2022H1", by).cases)
    assert one.cases.all()
