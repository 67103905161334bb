"""Written figures: what they are worth, and that nothing else is taken for one."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.qualifiers import QUALIFIERS
from lib.catalog.units import UNITS
from lib.intake.words.numbers import Figure, half_width, is_missing, plain, read_figure

NUMBERS = st.decimals(0, 10**14, allow_nan=False, allow_infinity=False, places=4)
SHORT = st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=2)
UNIT_WORDS = st.sampled_from(sorted(u for u in UNITS if u[0] not in "万亿"))
SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
BEFORE, AFTER = ("约", "近", "超", "不少于", "低于"), ("余", "以上", "以下")
BLANKS = "\u00a0\u2002\u3000\u200b\ufeff \t"


@pytest.mark.parametrize(
    ("written", "value", "text", "qualifier", "unit"),
    [
        ("85.40%", "85.40", "85.40", "", "%"),
        ("近3亿元", "300000000", "3亿", "近", "元"),
        ("2万余家", "20000", "2万", "余", "家"),
        ("2.3万", "23000", "2.3万", "", ""),
        ("不少于1000", "1000", "1000", "不少于", ""),
        ("低于70%", "70", "70", "低于", "%"),
        ("85%以上", "85", "85", "以上", "%"),
        ("超600个", "600", "600", "超", "个"),
        ("超过600个", "600", "600", "超", "个"),
        ("≤1", "1", "1", "以下", ""),
        (">1", "1", "1", "超", ""),
        ("近千份", "1000", "千", "近", "份"),
        ("两家", "2", "两", "", "家"),
        ("二十三", "23", "二十三", "", ""),
        ("第一", "1", "第一", "", ""),
        ("半", "0.5", "半", "", ""),
        ("25,472", "25472", "25,472", "", ""),
        ("８５．４０％", "85.40", "85.40", "", "%"),
        ("-5", "-5", "-5", "", ""),
        ("0", "0", "0", "", ""),
    ],
)
def test_written_figures(written: str, value: str, text: str, qualifier: str, unit: str) -> None:
    assert read_figure(written) == Figure(Decimal(value), text, qualifier, unit)


@pytest.mark.parametrize(
    "written",
    ["", "abc", "2,5472", "1,000,00", ",123", "约约3", "3.2.1", "31.", ".5", "约3余", "约3以上", "十十",
     "#DIV/0!", "1e5", "1e400", "NaN", "inf", "-inf", "0x10", "12万34", "3~5", "31/40", "--5", "+5",
     "31 21", "3\u30005", "第", "约", "余", "≤约1"],
)  # fmt: skip
def test_what_is_no_figure_is_not_guessed(written: str) -> None:
    assert read_figure(written) is None


@pytest.mark.parametrize(
    "written", ["31①", "31¹", "5²", "㉑", "1½", "½", "٣١", "३१", "31⑴", "31⁽¹⁾"]
)
def test_a_footnote_mark_or_a_foreign_digit_is_not_part_of_a_figure(written: str) -> None:
    assert read_figure(written) is None


@pytest.mark.parametrize("written", ["", "-", "—", "——", "/", "无", "暂无", "N/A", "n/a", "  "])
def test_missing_is_not_zero(written: str) -> None:
    assert is_missing(written)


@pytest.mark.parametrize("written", ["0", "0.00%", "零", "--", "无数据", "－"])
def test_zero_and_other_words_are_not_missing(written: str) -> None:
    assert not is_missing(written)


@given(NUMBERS)
def test_plain_numbers_come_back_as_written(value: Decimal) -> None:
    assert read_figure(f"{value:f}") == Figure(value, f"{value:f}")
    assert read_figure(f"-{value:f}") == Figure(-value, f"-{value:f}")
    assert Decimal(plain(value)) == value


@given(NUMBERS, SHORT.map("{:,f}".format))
def test_thousands_separators_group_by_three_or_are_refused(value: Decimal, short: str) -> None:
    written = f"{value:,f}"
    assert read_figure(written) == Figure(value, written)
    for at in (i for i, character in enumerate(short) if character == ","):
        moved = f"{short[:at]}{short[at + 1]},{short[at + 2 :]}"
        assert read_figure(moved) is None


@given(NUMBERS, st.booleans())
def test_full_width_digits_are_the_same_figure(value: Decimal, grouped: bool) -> None:
    written = f"{value:,f}%" if grouped else f"{value:f}%"
    wide = "".join(chr(ord(character) + 0xFEE0) for character in written)
    assert half_width(wide) == written
    assert read_figure(wide) == read_figure(written) == Figure(value, written[:-1], "", "%")


@given(SHORT, st.sampled_from(sorted(SCALES)), st.sampled_from(["", *QUALIFIERS]), UNIT_WORDS)
def test_a_scale_a_qualifier_and_a_unit_are_told_apart(
    value: Decimal, scale: str, qualifier: str, unit: str
) -> None:
    number = f"{value:f}{scale}"
    written = {
        **{word: f"{word}{number}{unit}" for word in ("", *BEFORE)},
        "余": f"{number}余{unit}", "以上": f"{number}{unit}以上", "以下": f"{number}{unit}以下",
    }[qualifier]  # fmt: skip
    assert read_figure(written) == Figure(value * SCALES[scale], number, qualifier, unit)


@given(SHORT, st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_two_qualifiers_are_no_figure(value: Decimal, before: str, after: str) -> None:
    assert read_figure(f"{before}{value:f}{after}") is None


@given(st.integers(0, 99))
def test_chinese_numbers_up_to_ninety_nine(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    lead = "" if tens == 1 else digits[tens]
    written = digits[number] if number < 10 else f"{lead}十{digits[ones] if ones else ''}"
    assert read_figure(f"{written}家") == Figure(Decimal(number), written, "", "家")
    assert read_figure(f"第{written}") == Figure(Decimal(number), f"第{written}")


@given(SHORT, st.text(BLANKS, max_size=3), st.text(BLANKS, max_size=3))
def test_blanks_around_and_before_the_unit_do_not_matter(
    value: Decimal, one: str, two: str
) -> None:
    assert read_figure(f"{one}约{two}{value:f}{one}万{two}元{one}") == read_figure(
        f"约{value:f}万元"
    )


@given(st.integers(1, 999), st.sampled_from(" \u00a0\u2002\u3000\t"), st.integers(0, 999))
def test_a_gap_between_digits_may_be_two_figures(one: int, gap: str, two: int) -> None:
    assert read_figure(f"{one}{gap}{two}") is None


@given(st.decimals(0, 10, places=40), st.sampled_from(["万", "亿"]))
def test_no_digit_is_rounded_away(value: Decimal, scale: str) -> None:
    figure = read_figure(f"{value:f}{scale}")
    assert figure is not None
    assert Decimal(f"{figure.value:f}") == Decimal(f"{value:f}E{4 if scale == '万' else 8}")


@settings(max_examples=500)
@given(
    st.one_of(st.text(max_size=20), st.from_regex(r"[约第]?[0-9,.万亿一十①½²٣%\- ]{1,12}[余人]?"))
)
def test_any_text_is_read_or_refused_and_a_figure_is_all_of_the_text(text: str) -> None:
    figure = read_figure(text)
    if figure is None:
        return
    folded = re.sub(r"[\s\u00a0\u2000-\u200d\u3000\ufeff]", "", half_width(text))
    assert figure.text in folded
    assert figure.unit in folded
    rest = folded.replace(figure.text, "", 1).replace(figure.unit, "", 1)
    assert rest in {"", *QUALIFIERS, "超过", *"≤≥<>≦≧"}
    assert not any(character.isdecimal() for character in figure.unit)
