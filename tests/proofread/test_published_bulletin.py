"""The published bulletin of 2022H1: every problem known in it is found, and every other finding was judged.

Only places, short words and numbers of it stand here, no sentence.
"""

from __future__ import annotations

import re

import pytest

from lib.proofread.findings import Finding
from tests.proofread.texts import found

# Problems known beforehand: check, words, expected.
KNOWN = [
    ("document_numbers", "〔20225号", "〔2022〕5号"),
    ("document_numbers", "〔202258号", "〔2022〕58号"),
    ("document_numbers", "〔202211号", "〔2022〕11号"),
    ("dates", "2022年88", "2022年8月8日"),
    ("heading_numbers", "()", "（四）"),
    ("heading_numbers", "()", "（五）"),
    ("glued_rates", "21.7%", "21.7%、"),
    ("place_sums", "200个", "201个"),
    ("rates", "89.17%", "90.38%"),
    ("part_sums", "31条", "15条"),
    ("products", "200万元", "100万元"),
    ("doubled", "市级本级", "市本级"),
    ("people_units", "1000个", "1000名"),
    ("separators", ",", "、"),  # the list of overdue cases
    ("department_names", "市市场监管局", "市市监局"),
    ("department_names", "市市场局", "市市监局"),
    ("department_names", "烟草局", "市烟草局"),
    ("department_names", "气象局", "市气象局"),
    ("department_names", "资规部门", "市自然资源和规划局"),
    ("department_names", "发改部门", "市发改委"),
    ("ambiguous_places", "高新区", ""),
    *[("full_stops", "%", "%。")] * 4,
    *[("half_width", mark, full) for mark, full in zip(",:();", "，：（）；", strict=True)],
]
# Judged by reading, each right: not on the list beforehand, but errors or worth a look.
JUDGED = [
    ("until", "截止", "截至"),  # 截止7月底 and two more: 截至 is the word before a time
    ("separators", ",", "、"),  # 溧阳市: 、 between the first two items and ， between the others
    ("separators", ",", "、"),  # 天宁区: the same
]
# Judged by reading, each a matter of taste: the false alarms, at most three.
FALSE_ALARMS = [
    (
        "department_names",
        "人社部门",
        "市人社局",
    ),  # a branch of administration, in a row with others
    ("department_names", "交通运输部门", "市交通局"),  # the same
]


def _short(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return sorted((f.check, f.quoted, f.expected) for f in findings)


@pytest.mark.parametrize("release", [(), ("R0001", "2022H1")], ids=["alone", "with a release"])
def test_every_known_problem_is_found_and_nothing_unjudged(
    bulletin_text: str, release: tuple[str, ...]
) -> None:
    assert len(FALSE_ALARMS) <= 3
    assert _short(found(bulletin_text, *release)) == sorted([*KNOWN, *JUDGED, *FALSE_ALARMS])


def test_messages_name_both_numbers_and_the_arithmetic(bulletin_text: str) -> None:
    told = {f.check: f.message for f in found(bulletin_text)}
    assert told["place_sums"] == (
        "7个地区的政务服务便利站相加为201个（35＋25＋35＋35＋26＋25＋20），与前面所称200个差1个"
    )
    assert told["part_sums"] == "列明的6项相加为15条（4＋1＋2＋2＋5＋1），与所称31条差16条"
    assert told["rates"] == "按930÷1029为90.38%，与所称89.17%差1.21个百分点"
    assert told["products"] == (
        "10个、每个10万元，合计100万元（10×10万元），与所称200万元差100万元"
    )


def test_the_frame_of_the_web_page_is_no_part_of_the_draft(bulletin_text: str) -> None:
    lines = [line for line in bulletin_text.splitlines() if line.strip()]
    frame = {
        n for n, line in enumerate(lines, 1) if re.search(r"首页|浏览次数|扫一扫|索\s引\s号", line)
    }
    assert len(frame) == 4
    places = {f.place.paragraph for f in found(bulletin_text)}
    also = {place.paragraph for f in found(bulletin_text) for place in f.also}
    assert (places | also) & frame == set()


def test_a_changed_figure_is_told_from_the_release(bulletin_text: str) -> None:
    changed = bulletin_text.replace("已有142个", "已有152个").replace("85.40%", "85.4%")
    told = [
        (f.check, f.quoted, f.expected, f.mend, f.confidence)
        for f in found(changed, "R0001", "2022H1")
        if f.kind == "与版本不一致"
    ]
    assert told == [
        ("against_release", "152个", "142个", "142个", "很可能"),
        ("against_release", "85.4%", "85.40%", "85.40%", "可能"),
    ]
