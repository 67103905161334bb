from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.intake.numbers import Figure, is_missing, read_figure


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
        ("近千份", "1000", "千", "近", "份"),
        ("两家", "2", "两", "", "家"),
        ("二十三", "23", "二十三", "", ""),
        ("第一", "1", "第一", "", ""),
        ("25,472", "25472", "25,472", "", ""),
        ("８５．４０％", "85.40", "85.40", "", "%"),
        ("0", "0", "0", "", ""),
    ],
)
def test_written_figures(written: str, value: str, text: str, qualifier: str, unit: str) -> None:
    assert read_figure(written) == Figure(Decimal(value), text, qualifier, unit)


@pytest.mark.parametrize(
    "written", ["", "abc", "2,5472", "约约3", "3.2.1", "约3余", "十十", "#DIV/0!"]
)
def test_what_is_no_figure_is_not_guessed(written: str) -> None:
    assert read_figure(written) is None


@pytest.mark.parametrize("written", ["", "-", "—", "/", "无", "暂无", "N/A", "  "])
def test_missing_is_not_zero(written: str) -> None:
    assert is_missing(written)


def test_zero_is_not_missing() -> None:
    assert not is_missing("0")
    assert not is_missing("0.00%")


@given(st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4))
def test_plain_numbers_come_back_as_written(value: Decimal) -> None:
    figure = read_figure(f"{value:f}")
    assert figure == Figure(value, f"{value:f}")


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_never_an_error(text: str) -> None:
    figure = read_figure(text)
    assert figure is None or isinstance(figure.value, Decimal)
