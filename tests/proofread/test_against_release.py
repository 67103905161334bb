"""Figures and lists held against a release: what is meant is named, what is open is left alone."""

from __future__ import annotations

import pytest

from lib.catalog.metrics import METRICS
from lib.proofread.checks.against_release import against_release
from lib.proofread.cues import CUES
from lib.queries.release import UnknownReleaseError
from tests.proofread.texts import found, told

RELEASE = ("R0001", "2022H1")
WRONG = [
    ("上半年，一体化平台产生网办事项预警141件。", ("141件", "140件")),
    ("溧阳市：对8个为民服务中心进行服务提升。", ("8个", "7个")),
    ("溧阳市权力事项认领率为85.4%。", ("85.4%", "85.40%")),
    ("新北区、经开区即办率较低，分别为21.7%、31.6%。", ("31.6%", "30.6%")),
    ("新北区权力事项认领率不足60%。", ("不足60%", "低于70%")),
    ("截至7月底，我市已接入46项移动端标准应用。", ("46项", "45项")),
    ("“苏企通”平台已惠及市场主体3万余家。", ("3万余家", "2万余家")),
    ("市本级监管事项认领率89.17%，居全省第四。", ("第四", "第三")),
    ("市财政局监管行为覆盖率在50%以上。", ("50%以上", "50%以下")),
    ("截至7月底，“畅通办”专员已培育776人。", ("776人", "775人")),
]
LEFT_ALONE = [
    "上半年，一体化平台产生网办事项预警140件。",
    "上半年，一体化平台产生网办事项预警140件，去年同期为152件。",
    "力争年底前网办事项预警降至100件。",
    "盐城市权力事项认领率为65%。",
    "市教育局受理政务服务事项141件。",
    "天宁区推出12种便民举措。",
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_figure_that_differs_is_named(text: str, expected: tuple[str, str]) -> None:
    assert told(text, *RELEASE) == [("against_release", *expected)]
    assert told(text) == []


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_figure_that_agrees_or_cannot_be_told_is_left_alone(text: str) -> None:
    assert told(text, *RELEASE) == []


def test_the_message_names_metric_place_value_date_and_source() -> None:
    (finding,) = found("溧阳市不见面办理情况：钟楼区不见面率最高为98.5%。", *RELEASE)
    assert finding.message == (
        "“98.5%”与版本R0001不一致：钟楼区不见面办理率为97.5%（6月底，indicators.csv第69行）"
    )
    assert (finding.mend, finding.confidence) == ("97.5%", "很可能")
    assert [(f.metric, f.district) for f in finding.facts] == [("faceless_rate", "zhonglou")]


def test_a_list_with_a_member_missing_or_added_is_told() -> None:
    text = "市公安局、市民政局、市司法局、市人社局、市住建局、{}市公积金中心不见面办理率低于全市平均水平（96.34%）。"
    assert found(text.format("市退役军人局、"), *RELEASE) == []
    (missing,) = found(text.format(""), *RELEASE)
    assert missing.message == (
        "这份名单与版本R0001的“不见面办理率低于全市平均的部门”（7个）不同：少了市退役军人局"
    )
    (other,) = found(text.format("市退役军人局、市体育局、"), *RELEASE)
    assert other.message.endswith("（7个）不同：多了市体育局")


def test_every_metric_that_is_reported_has_a_phrase() -> None:
    worded = {cue.metric for cue in CUES}
    sites = {m.id for m in METRICS if m.dataset == "centers"}
    assert {m.id for m in METRICS if not m.ratio} - worded - sites == set()


def test_without_a_release_nothing_is_held_against_one() -> None:
    from lib.proofread.reading import read
    from tests.proofread.texts import draft

    assert list(against_release(read(draft("网办事项预警141件。")))) == []


def test_an_unknown_release_is_said() -> None:
    with pytest.raises(UnknownReleaseError):
        found("网办事项预警141件。", "R9999", "2022H1")
