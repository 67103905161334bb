"""What a draft is read as: roles, numbers, lists."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.proofread.lists import list_before
from lib.proofread.numbers import numbers
from lib.proofread.reading import read
from lib.proofread.roles import roles
from lib.proofread.text import plain, top_level
from tests.proofread.texts import draft


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近3亿元", ("300000000", "近", "元", "3亿")),
        ("2万余家", ("20000", "余", "家", "2万")),
        ("近千份", ("1000", "近", "份", "千")),
        ("不低于98.50%", ("98.5", "不少于", "%", "98.50")),
        ("不足1,029个", ("1029", "低于", "个", "1,029")),
        ("三十二项", ("32", "", "项", "三十二")),
        ("两级", ("2", "", "级", "两")),
        ("85%以上", ("85", "以上", "%", "85")),
        ("第五", ("5", "", "位", "第五")),
    ],
)
def test_a_number_is_read_with_qualifier_and_unit(
    text: str, expected: tuple[str, str, str, str]
) -> None:
    (number,) = numbers(text)
    value, qualifier, unit, written = expected
    assert (number.value, number.qualifier, number.unit, number.text) == (
        Decimal(value), qualifier, unit, written
    )  # fmt: skip
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    "text", ["2022年8月8日", "7月底", "国发〔2022〕5号", "一件事", "二维码", "百姓", "1" * 30]
)
def test_days_document_numbers_and_words_are_no_numbers(text: str) -> None:
    assert [n for n in numbers(text) if n.unit] == []


def test_plain_text_keeps_its_length_its_decimals_and_its_clocks() -> None:
    text = "共1,280件(占85.40%),9:30开放；ｈ１２％"
    assert plain(text) == "共1,280件（占85.40%），9:30开放；ｈ12%"
    assert len(plain(text)) == len(text)
    assert top_level("甲（乙、丙）、丁") == "甲括括括括括、丁"


def test_paragraphs_have_their_roles() -> None:
    text = "首页 >> 公开\n半年通报\n各有关单位：\n一、情况\n各项工作，有序推进。\n甲\t1\n市政务办\n2022年8月8日\n扫一扫手机看"
    assert roles(draft(text).paragraphs) == (
        "frame", "title", "addressee", "heading", "body", "table", "signature", "date", "frame",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("涵盖甲、乙、丙等", (3, 3)),
        ("设甲、乙、丙和丁", (3, 4)),
        ("市教育局、市自然资源和规划局（含中心、所）、市水利局", (3, 3)),
        ("市应急局、市教育局和市市监局", (2, 3)),
        ("在“新办”“变更”“注销”", (3, 3)),
        ("在《甲、乙》《丙》", (2, 2)),
        ("为甲、乙提供丙、丁", (2, 2)),
        ("没有列举", None),
    ],
)
def test_a_list_has_a_fewest_and_a_most_number_of_items(
    text: str, lengths: tuple[int, int] | None
) -> None:
    (passage,) = read(draft(f"{text}等事项，都很好。")).passages
    listing = list_before(passage, len(text.removesuffix("等")))
    assert (listing and (listing.fewest, listing.most)) == lengths
