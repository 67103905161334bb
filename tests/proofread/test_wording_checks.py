"""Each wording check: what it finds, what it puts in place, and what it leaves alone."""

from __future__ import annotations

import pytest

from lib.proofread.checks import CHECKS
from lib.proofread.mends import mended_lines
from tests.proofread.texts import draft, found, told

HEAD = "关于推进情况的通报\n各有关单位：\n"
WRONG = [
    ("根据文件（国发〔20225号）要求，全面推进。", [("document_numbers", "〔20225号", "〔2022〕5号")]),
    ("根据文件（国办发[2022]35号）要求，全面推进。", [("document_numbers", "[2022]35号", "〔2022〕35号")]),
    ("根据文件（苏政办发〔2022〕第05号）要求，全面推进。", [("document_numbers", "〔2022〕第05号", "〔2022〕5号")]),
    ("各地于08月08日前，完成整改。", [("dates", "08月08日", "8月8日")]),
    ("各地于2月30日前，完成整改。", [("dates", "2月30日", "")]),
    ("三项比率分别为21.7%30.6%，均有提高。", [("glued_rates", "21.7%", "21.7%、")]),
    ("全面推进各项工作，切实提升服务水平", [("full_stops", "平", "平。")]),
    ("全面推进各项工作，切实提升服务水平，", [("full_stops", "，", "。")]),
    ("全面推进“一网通办工作，提升水平。", [("balance", "“", "")]),
    ("全面推进一网通办”工作，提升水平。", [("balance", "”", "")]),
    ("加快推进推进各项工作，提升水平。", [("doubled", "推进推进", "推进")]),
    ("提升服务水平的的工作，加快推进。", [("doubled", "的的", "的")]),
    ("加快推进各项工作，，提升水平。", [("doubled", "，，", "，")]),
    ("截止7月底，各项工作已完成。", [("until", "截止", "截至")]),
    ("共受理４５件，全部办结。", [("full_width_digits", "４５", "45")]),
    ("推进\"一网通办\"工作，提升水平。", [("straight_quotes", '"一网通办"', "“一网通办”")]),
    ("全面推进各项工作,提升水平.", [("half_width", ",", "，"), ("half_width", ".", "。")]),
    ("甲局（3件）、乙局（2件），丙局（1件）。", [("separators", "，", "、")]),
    ("市市监局、市教育局牵头。\n市市场监管局、市教育局配合。", [("department_names", "市市场监管局", "市市监局")]),
    ("各辖市（区）、各辖市（区）协调办。\n各辖市区、市各部门落实。", [("district_words", "辖市区", "辖市（区）")]),
    ("高新区完成改造，全省首创。", [("ambiguous_places", "高新区", "")]),
    ("建立1000人的专员队伍，已有500个专员。", [("people_units", "500个", "500名")]),
    ("一、总体情况\n三、存在问题\n各项工作，有序推进。", [("heading_numbers", "三", "二")]),
]  # fmt: skip
RIGHT = [
    "根据文件（国发〔2022〕5号、常政办发〔2022〕58号）要求，全面推进。",
    "每天9:30开放，网址为http://www.example.com:8080/a,b，共1,280件。",
    "报名已截止，截至7月底共受理45件。",
    "一件一件办，逐项逐项改，查一项改一项。",
    "1）材料齐全的，当场办结。",
    "支持Chrome,Firefox等浏览器，全程网办。",
    "市科技局、工信局、财政局牵头，市工信局、市财政局配合。",
    "武进高新区完成改造，全省首创。",
    "的确了解和谐的内涵，了然于心。",
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_is_wrong_is_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(HEAD + text) == expected


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert told(HEAD + text) == []


@pytest.mark.parametrize("text", [text for text, _ in WRONG])
def test_a_mended_draft_has_nothing_left_to_mend(text: str) -> None:
    lines = (HEAD + text).splitlines()
    mended = mended_lines(draft(HEAD + text), lines, found(HEAD + text))
    assert [f for f in found("\n".join(mended)) if f.mend is not None] == []


def test_a_signature_without_all_of_its_day_is_found() -> None:
    text = "各项工作，有序推进。\n市政务服务办公室\n"
    assert told(text + "2022年88") == [("dates", "2022年88", "2022年8月8日")]
    assert told(text + "2022年111") == [("dates", "2022年111", "2022年1月11日或2022年11月1日")]
    assert told(text + "2022年8月8") == [("dates", "2022年8月8", "2022年8月8日")]
    assert told(text + "2022年8月") == [("dates", "2022年8月", "")]
    assert [f.mend for f in found(text + "2022年111")] == [None]


def test_half_width_marks_are_one_finding_each_with_every_place() -> None:
    (comma,) = found("工作有序,进展顺利,成效明显。\n再接再厉,务求实效。")
    assert (comma.quoted, comma.mend, len(comma.also)) == (",", "，", 2)


def test_headings_titles_addressee_and_signature_need_no_full_stop() -> None:
    text = "半年工作通报\n各有关单位：\n一、总体情况\n（一）服务提升情况\n1.建设进展\n各项工作，有序推进。\n附件：1.名单\n市政务办公室\n2022年8月8日"
    assert told(text) == []


def test_checks_are_declared_once_and_explained_in_chinese() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check.name and len(check.explanation) > 8 for check in CHECKS)
    assert [c.id for c in CHECKS if c.needs_release] == ["marks", "against_release", "rosters"]
