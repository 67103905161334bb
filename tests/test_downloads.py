"""Downloads: no text a spreadsheet would run, and every text as it was once it comes back."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.downloads import csv_file, original_text, safe_text

SIGNS = "=+-@\t\r＝＋－＠"
RISKY = st.builds("{}{}".format, st.sampled_from(list(SIGNS)), st.text(max_size=20))
QUOTED = st.builds("{}{}".format, st.text("'", max_size=3), RISKY)
NUMBERS = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map("{:f}".format),
    st.integers().map("{:,}".format),
    st.integers(-100, 100).map("{}%".format),
)


@given(st.one_of(st.text(), RISKY, QUOTED))
@example("'=1")
@example("''-1")
@example("-1\n=2")
def test_a_guarded_text_comes_back_and_is_guarded_only_once(text: str) -> None:
    guarded = safe_text(text)
    assert original_text(guarded) == text
    assert guarded in (text, f"'{text}")


@given(QUOTED)
def test_nothing_a_spreadsheet_would_run_stands_first(text: str) -> None:
    guarded = safe_text(text)
    number = guarded.lstrip("+-").replace(",", "").replace(".", "").removesuffix("%")
    assert guarded[0] == "'" or number.isdecimal()


@given(NUMBERS)
def test_a_number_below_zero_stays_a_number(text: str) -> None:
    assert safe_text(text) == text
    assert safe_text(f"+{text.removeprefix('-')}") == f"+{text.removeprefix('-')}"


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "-", "+", "-A1", "-1\n"])  # fmt: skip
@pytest.mark.case(58)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "1=1", "a-b", "-5", "-5.5%", "-1,234", "+3", "'", "'a", "市教育局", " =1", "~=1"]
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == original_text(text) == text


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2
        )
    )
)
def test_a_file_opens_as_it_was_written(rows: list[list[str]]) -> None:
    content = csv_file(["甲", "乙"], rows)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read[0] == ["甲", "乙"]
    assert [[original_text(cell) for cell in row] for row in read[1:]] == rows


@given(RISKY.filter(lambda text: not any(ord(c) < 32 and c not in "\t\r\n" for c in text)))
@pytest.mark.case(58)
def test_a_guarded_text_is_no_formula_in_a_workbook_either(text: str) -> None:
    book = openpyxl.Workbook()
    book.active.append([safe_text(text)])
    assert book.active["A1"].data_type == "s"
