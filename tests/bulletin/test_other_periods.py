"""Any period makes a bulletin: made-up ones whole, poor ones with their gaps, empty ones in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from lib.bulletin.compose import bulletin, untold
from lib.bulletin.parts import Bulletin, Gap
from lib.selection import Selection
from lib.store.release import Release
from tests.kept import POOR, four_periods
from tests.synthetic import PERIODS


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The shipped period, two made-up ones and a poor one."""
    with four_periods(tmp_path_factory.mktemp("periods")) as lake:
        live = lake.live()
        assert live is not None
        yield live


def text_of(made: Bulletin, section: str) -> str:
    return "".join(b.text for b in made.blocks if b.section == section and not b.level)


def gaps(made: Bulletin, section: str = "") -> list[str]:
    return [
        str(span)
        for block in made.blocks
        if section in ("", block.section)
        for span in block.spans
        if isinstance(span, Gap)
    ]


@pytest.mark.parametrize("period", PERIODS)
def test_a_made_up_period_is_told_whole_and_marked_as_made_up(
    release: Release, period: str
) -> None:
    made = bulletin(Selection(release.id, period))
    assert made.synthetic
    assert made.title.endswith("（演示数据）")
    assert made.blocks[0].text == "本文中的数字是演示数据，不是真实数字。"
    assert gaps(made) == []
    assert made.notices == ()
    assert untold(made) == ()


def test_sites_are_called_what_they_are_called_in_the_period(release: Release) -> None:
    text = text_of(bulletin(Selection(release.id, "2022H2")), "二")
    assert re.search(
        r"计划完善提升政务服务中心\d+个、便民服务中心\d+个、便民服务站\d+个、便民服务点\d+个", text
    )


def test_what_was_not_reported_is_a_gap_and_no_sentence_is_made_around_it(
    release: Release,
) -> None:
    made = bulletin(Selection(release.id, POOR))
    assert text_of(made, "四（二）") == (
        "截至6月底，全市梳理监管事项3800个，编制检查实施清单〔缺：检查实施清单数，全市〕，"
        "编制率〔缺：检查实施清单编制率，全市〕。"
        "〔缺：监管事项涉及部门数，市本级〕、〔缺：监管事项数，市本级〕、〔缺：新增监管事项数，市本级〕、"
        "〔缺：认领监管事项数，市本级〕。〔缺：监管事项认领率，市本级〕、〔缺：监管事项认领率省内排名，市本级〕。"
    )
    assert text_of(made, "三（二）不见面办理") == (
        "不见面办理情况。〔缺：不见面办理率，全市〕、〔缺：不见面办理率低于全市平均的部门，全市〕。"
        "〔缺：不见面办理率，各辖市（区）〕。"
    )
    assert text_of(made, "二、金坛区") == "金坛区：〔缺：服务阵地，金坛区〕。"


def test_no_heading_stands_over_nothing(release: Release) -> None:
    made = bulletin(Selection(release.id, POOR))
    assert [block.text for block in made.blocks if block.text.endswith(("：", "工程。"))] == []
    text = "".join(block.text for block in made.blocks)
    assert "创新做法" not in text
    assert "注销套餐办" not in text


def test_a_figure_where_no_template_expects_it_is_told_all_the_same(release: Release) -> None:
    made = bulletin(Selection(release.id, POOR))
    assert text_of(made, "二、武进区") == (
        "武进区：〔缺：服务阵地，武进区〕。已办理的“一件事”中，开小餐馆〔缺：开小餐馆“一件事”办件数，武进区〕，新生儿出生12件。"
    )
    assert made.notices == ()
    assert untold(made) == ()


def test_details_without_their_total_are_told_beside_its_gap(release: Release) -> None:
    text = text_of(bulletin(Selection(release.id, POOR)), "三（三）")
    assert text == (
        "全市网办事项预警〔缺：网办预警件数，全市〕，涉及部门〔缺：产生网办预警的部门个数，全市〕，"
        "分别为市教育局（3件）、市科技局（2件）。"
        "全市网办事项超期〔缺：网办超期件数，全市〕，涉及部门〔缺：产生网办超期的部门个数，全市〕，"
        "分别为市科技局（1件）。"
    )


def test_a_period_with_nothing_says_only_that(release: Release) -> None:
    made = bulletin(Selection(release.id, "2030H1"))
    assert [block.text for block in made.blocks] == [
        "2030年上半年没有报送任何数据，没有可以通报的内容。"
    ]
    assert (made.attachments, made.appendices, made.notices) == ((), (), ())
    assert made.date.isoformat() == "2030-06-30"


@pytest.mark.parametrize("place", ["wujin", "jintan"])
def test_a_poor_period_makes_an_excerpt_too(release: Release, place: str) -> None:
    made = bulletin(Selection(release.id, POOR, (place,), ("education",)))
    assert untold(made) == ()
    assert all(re.fullmatch(r"〔缺：[^〔〕]+，[^〔〕]+〕", gap) for gap in gaps(made))
