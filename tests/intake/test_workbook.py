"""Workbook cells as a person sees them, and what is said about those that hide something."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.intake.draft import Draft
from lib.intake.files.limits import UPLOAD
from lib.intake.files.workbook import workbook_grids
from lib.intake.reading import read_file
from tests.books import Cell, book, repacked


def shown(*cells: Cell) -> list[tuple[str, str | None]]:
    """The text and the note of each cell of a row."""
    (grid,) = workbook_grids(book({"一": [cells]}), UPLOAD)
    return [(text, grid.notes.get((0, index))) for index, text in enumerate(grid.rows[0])]


def warned(*cells: Cell) -> Draft:
    header = ("部门", "预警件数", "超期件数", "期次")
    (draft,) = read_file(book({"一": [header, cells]}), "a.xlsx").drafts
    return draft


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.integers(0, 4))
def test_a_percent_cell_is_the_percentage_it_shows(numbers: list[int], places: int) -> None:
    pattern = "0." + "0" * places + "%" if places else "0%"
    cells = [(n / 10 ** (places + 2), pattern) for n in numbers]
    found = shown(*cells)
    assert [Decimal(text.removesuffix("%")) for text, _ in found] == [
        Decimal(n).scaleb(-places) for n in numbers
    ]
    assert {note for _, note in found} == {"percent"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.decimals(-(10**9), 10**9, places=4), min_size=1, max_size=8))
def test_a_number_cell_is_the_number_it_shows(numbers: list[Decimal]) -> None:
    assert [(Decimal(text), note) for text, note in shown(*map(float, numbers))] == [
        (number, None) for number in numbers
    ]


def test_a_number_shown_rounded_is_read_as_shown_and_said() -> None:
    assert shown((2.345, "0.00"), (2.5, "0"), (0.8567, "0%"), (2.5, "General"), (3, "0.00")) == [
        ("2.35", "rounded"), ("3", "rounded"), ("86%", "rounded"), ("2.5", None), ("3.00", None),
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1e15, 1e20, 1e22, 1e300, 123456789012345678, -1e300])
@pytest.mark.parametrize("pattern", [None, "0", "0.0000000000", "0." + "0" * 30, "0%"])
def test_a_number_too_large_to_be_exact_is_refused(number: float, pattern: str | None) -> None:
    ((text, note),) = shown((number, pattern))
    assert (Decimal(text.removesuffix("%")), note) == (Decimal(f"{number:.15g}"), "digits")
    draft = warned("市教育局", (number, pattern), 1, "2022H1")
    assert {"NUMBER", "DIGITS_LOST"} <= {i.code for i in draft.issues if i.cell == "B2"}
    assert draft.table["warning"].to_pylist() == [None]


@pytest.mark.parametrize("number", [1e-300, 0.1 + 0.2, -0.0])
@pytest.mark.parametrize("pattern", [None, "0", "0.0000000000", "0." + "0" * 30, "0%"])
def test_a_tiny_number_is_no_error(number: float, pattern: str | None) -> None:
    ((text, _),) = shown((number, pattern))
    assert abs(Decimal(text.removesuffix("%"))) < 50


def test_line_ends_a_workbook_escapes_are_line_ends() -> None:
    content = book(
        {"一": [("部门", "预警件数", "期次", "备注"), ("市教育局\r\n", 3, "2022H1", "甲\r\n乙")]}
    )
    assert shown("a\r\nb")[0][0] == "a\r\nb"
    assert shown("_x0041_")[0][0] == "_x0041_"
    (draft,) = read_file(content, "a.xlsx").drafts
    assert not draft.blocked
    assert draft.table.select(["department", "note"]).to_pylist() == [
        {"department": "education", "note": "甲\r\n乙"}
    ]


def test_dates_and_yes_are_words_and_a_formula_is_its_result() -> None:
    (grid,) = workbook_grids(
        book({"一": [((44742, "yyyy-mm-dd"), True, False, "=1+1", (0.5, "hh:mm"))]}), UPLOAD
    )
    assert grid.rows == [["2022-06-30", "是", "否", "0", "12:00:00"]]
    assert grid.notes == {(0, 0): "date"}


def test_a_formula_without_a_result_blocks_its_cell() -> None:
    def without(name: str, part: bytes) -> bytes:
        return part.replace(b"</f><v>0</v>", b"</f>") if "sheet1" in name else part

    content = book({"一": [("部门", "预警件数", "期次"), ("市教育局", "=1+1", "2022H1")]})
    reading = read_file(repacked(content, without), "a.xlsx")
    assert [(i.code, i.cell) for i in reading.issues if i.severity == "阻断"] == [
        ("FORMULA_EMPTY", "B2")
    ]


@pytest.mark.parametrize("far", [(1_000_000, 15), (400_000, 3), (30_000, 300)])
def test_a_cell_far_from_the_others_is_refused_at_once(far: tuple[int, int]) -> None:
    lines = [("部门", "预警件数", "期次"), *[("市教育局", 3, "2022H1")] * 20]
    content = book({"一": [*lines, *[()] * (far[0] - 30), (*[""] * far[1], "x")]})
    started = time.process_time()
    reading = read_file(content, "a.xlsx")
    assert [(i.code, i.severity, reading.drafts) for i in reading.issues] == [
        ("FILE_SIZE", "阻断", ())
    ]
    assert time.process_time() - started < 3


def test_too_many_sheets_are_refused() -> None:
    sheets = [f"表{n}" for n in range(UPLOAD.sheets + 1)]
    reading = read_file(book({name: [("甲",)] for name in sheets}), "a.xlsx")
    assert [(i.code, i.severity) for i in reading.issues] == [("FILE_SIZE", "阻断")]
