"""（注：…，待核对）: what a draft acknowledges is no finding, as long as its own arithmetic is right."""

from __future__ import annotations

import pytest

from tests.proofread.texts import told

WRONG = "全市预警14件，涉及2个部门，分别为甲局（8件）、乙局（5件）"
FINDING = [("part_sums", "14件", "13件")]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("", FINDING),
        ("（注：分部门相加为13件，待核对）", []),
        ("（注：分部门8＋5计算为13件，与所称14件差1件，待核对）", []),
        ("（注：分部门相加为12件，待核对）", FINDING),
        ("（注：分部门相加为13件，差2件，待核对）", FINDING),
        ("（注：分部门相加与合计不同，待核对）", FINDING),
        ("（注：分部门相加为13件）", FINDING),
    ],
)
def test_a_note_settles_only_what_it_states_rightly(
    note: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(f"{WRONG}{note}。") == expected
    assert told(f"{WRONG}。各部门已整改。{note}") == expected


def test_a_note_beside_a_part_settles_a_sum_over_paragraphs() -> None:
    text = "全市共建站点60个。\n甲区：建站点18个。\n乙区：建站点22个。\n丙县：建站点22个{}。"
    assert told(text.format("")) == [("place_sums", "60个", "62个")]
    assert told(text.format("（注：三地相加为62个，待核对）")) == []
