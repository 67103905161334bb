"""Titles in lines of a fair shape, and where signatory and date stand."""

from __future__ import annotations

import pytest

from lib.documents.lines import ems, signature_insets, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2022年上半年政务服务工作推进情况通报", ["2022年上半年政务服务工作推进情况通报"]),
        (
            "关于2022年上半年全市政务服务工作推进情况的通报",
            ["关于2022年上半年全市", "政务服务工作推进情况的通报"],
        ),
        (
            "关于2022年下半年全市政务服务“一网通办”“互联网+监管”改革实施情况和便民服务提升工程建设情况的通报",
            [
                "关于2022年下半年全市政务服务",
                "“一网通办”“互联网+监管”改革",
                "实施情况和便民服务提升工程建设情况的通报",
            ],
        ),
    ],
)
def test_a_title_is_broken_between_words_into_a_fair_shape(title: str, lines: list[str]) -> None:
    made = title_lines(title, 20)
    assert "".join(made) == title
    assert made == lines


def test_a_title_without_a_place_to_break_stays_whole() -> None:
    assert title_lines("《" + "长" * 30 + "》", 20) == ["《" + "长" * 30 + "》"]


def test_widths_count_digits_as_half_a_character() -> None:
    assert ems("2022年“一网通办”—A") == 2 + 1 + 6 + 1 + 0.5


def test_the_longest_line_of_a_signatory_ends_two_characters_from_the_right() -> None:
    assert signature_insets(["某某市人民政府办公室"], "2022年8月8日", 28) == (16, 18)
    assert signature_insets(["甲办", "乙丙丁办公室"], "2022年8月8日", 28) == (18, 20)


def test_a_date_longer_than_the_signatory_takes_the_right_and_the_signatory_stands_before_it() -> (
    None
):
    assert signature_insets(["市办"], "2022年12月28日", 28) == (17, 19)
