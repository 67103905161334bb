"""Invented cases: the same for the same arguments, readable by `drop`, marked row by row."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from lib.catalog.datasets import CASES, CHANNELS, STATES
from lib.catalog.handling import WARN_DAYS
from lib.catalog.periods import parse_period
from lib.catalog.places import resolve_department, resolve_district
from lib.demo.cases import MARK, file_name, write_cases
from lib.demo.drawn import CHUNK_ROWS
from lib.demo.items import items

ROWS = 20_000


def written(folder: Path, rows: int = ROWS, **options: str | int) -> Path:
    path = folder / "cases.csv"
    write_cases(path, rows, **options)  # type: ignore[arg-type]
    return path


def cases(path: Path, encoding: str = "gb18030") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    labels = {column.label: column.name for column in CASES.columns}
    return [{labels[label]: cell for label, cell in row.items()} for row in rows]


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    return cases(written(tmp_path_factory.mktemp("cases")))


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, 500).read_bytes()
    assert written(tmp_path, 500).read_bytes() == first
    assert written(tmp_path, 500, seed=7).read_bytes() != first


def test_rows_and_columns_are_the_templates(half_year: list[dict[str, str]]) -> None:
    assert len(half_year) == ROWS
    assert list(half_year[0]) == [column.name for column in CASES.columns]
    required = [column.name for column in CASES.columns if column.required]
    assert [row for row in half_year if not all(row[name] for name in required)] == []


def test_every_row_and_the_file_say_they_are_invented(half_year: list[dict[str, str]]) -> None:
    assert {row["note"] for row in half_year} == {MARK} == {"演示数据"}
    assert file_name("2022H2") == "演示数据_网办办件_2022H2.csv"


def test_case_ids_are_unique_over_chunks_and_too_long_for_a_number(tmp_path: Path) -> None:
    ids = [row["case_id"] for row in cases(written(tmp_path, CHUNK_ROWS + 5_000))]
    assert len(set(ids)) == CHUNK_ROWS + 5_000
    assert {(len(name), name[:6]) for name in ids} == {(20, "320400")}
    assert ids == sorted(ids)


@pytest.mark.parametrize("period", ["2022H1", "2021H2", "2022Q3", "2022M07", "2022"])
def test_dates_lie_in_the_period_and_in_order(period: str, tmp_path: Path) -> None:
    span = parse_period(period)
    assert span is not None
    rows = cases(written(tmp_path, 3_000, period=period))
    assert {(row["period"], row["as_of"]) for row in rows} == {(period, str(span.end))}
    for row in rows:
        accepted, due = (dt.date.fromisoformat(row[n]) for n in ("accepted_on", "due_on"))
        assert row["case_id"][6:14] == f"{accepted:%Y%m%d}"
        assert span.start <= accepted <= min(due, span.end)
        assert (row["state"] == "已办结") == bool(row["finished_on"])
        if row["finished_on"]:
            assert accepted <= dt.date.fromisoformat(row["finished_on"]) <= span.end


def test_names_and_choices_are_the_catalogs(half_year: list[dict[str, str]]) -> None:
    assert {row["channel"] for row in half_year} == set(CHANNELS)
    assert {row["state"] for row in half_year} == set(STATES)
    assert all(resolve_district(name).id for name in {row["district"] for row in half_year})
    assert all(resolve_department(name).id for name in {row["department"] for row in half_year})
    assert len({name for _, name, _ in items()}) == len(items()) >= 200


def test_volumes_are_skewed_and_a_few_percent_are_late(half_year: list[dict[str, str]]) -> None:
    (_, first), *_, (_, last) = Counter(row["department"] for row in half_year).most_common()
    assert first > 50 * last
    months = Counter(row["accepted_on"][:7] for row in half_year)
    assert months["2022-03"] > 1.8 * months["2022-02"]
    late = [row for row in half_year if row["due_on"] < (row["finished_on"] or row["as_of"])]
    assert 0.01 < len(late) / ROWS < 0.06
    assert 0.01 < sum(row["state"] == "办理中" for row in half_year) / ROWS < 0.1


def test_about_one_in_a_hundred_is_due_soon_and_fewer_are_overdue(
    half_year: list[dict[str, str]],
) -> None:
    day = dt.date.fromisoformat
    standing: Counter[str] = Counter()
    for row in half_year:
        left = (day(row["due_on"]) - day(row["as_of"])).days
        promised = (day(row["due_on"]) - day(row["accepted_on"])).days
        if row["state"] == "办理中":
            soon = promised > WARN_DAYS >= left
            standing["overdue" if left < 0 else "due_soon" if soon else "open"] += 1
    assert 0.008 < standing["due_soon"] / ROWS < 0.02
    assert 0.005 < standing["overdue"] / ROWS < 0.01
    assert standing["open"] > standing["due_soon"]


def test_every_encoding_holds_the_same_cells(tmp_path: Path) -> None:
    expected = cases(written(tmp_path, 300))
    for encoding in ("gbk", "utf-8", "utf-8-sig"):
        assert cases(written(tmp_path, 300, encoding=encoding), encoding) == expected
    assert (tmp_path / "cases.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("options", [{"period": "2022H3"}, {"encoding": "utf-16"}])
def test_an_unknown_period_or_encoding_is_refused(options: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such period or encoding"):
        write_cases(tmp_path / "x.csv", 1, **options)
    assert list(tmp_path.iterdir()) == []


def test_no_rows_is_the_header_alone(tmp_path: Path) -> None:
    assert written(tmp_path, 0).read_text("gb18030").count("\n") == 1
