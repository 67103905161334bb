"""With filters the bulletin is an excerpt: the chosen places' parts, the city's totals, and it says so."""

from __future__ import annotations

import pytest

from lib.bulletin.compose import bulletin, untold
from lib.bulletin.parts import Bulletin
from lib.catalog.places import place_name
from lib.insight.cells import Figure
from lib.selection import Selection

CHOSEN = Selection("R0001", "2022H1", ("xinbei",), ("education", "environment"))


@pytest.fixture
def made() -> Bulletin:
    return bulletin(CHOSEN)


def paragraph(made: Bulletin, section: str) -> str:
    return next(b.text for b in made.blocks if b.section == section and not b.level)


def test_title_and_first_line_say_that_it_is_an_excerpt_and_of_what(made: Bulletin) -> None:
    assert made.title == "2022年上半年政务服务工作推进情况通报（节选）"
    assert made.blocks[0].text == (
        "本文是节选，范围为新北区，市教育局、市生态环境局；未选的地区和部门没有列出，全市和市本级的数照列。"
    )


def test_no_other_place_has_a_figure_in_it(made: Bulletin) -> None:
    shown = {
        place
        for block in made.blocks
        for span in block.spans
        if isinstance(span, Figure) and "＋" not in span and "计算" not in block.text
        for fact in span.facts
        for place in (fact.district, fact.department)
        if place
    }
    assert shown == {"city", "city_level", "xinbei", "education", "environment"}
    assert untold(made) == ()


def test_only_chosen_districts_have_a_part(made: Bulletin) -> None:
    sections = {block.section for block in made.blocks}
    assert {s for s in sections if s.startswith("二、")} == {"二、新北区"}
    assert ("三（一）7" in sections, "三（一）8" in sections) == (True, False)


def test_a_list_cut_by_the_filters_is_closed_with_and_others(made: Bulletin) -> None:
    assert paragraph(made, "三（二）即办件") == (
        "即办件情况。市级层面，即办件占比低于全市平均（45.18%）的部门有市教育局、市生态环境局等23个。"
        "所选辖市（区）中，新北区（21.7%）低于全市平均。"
    )
    assert paragraph(made, "三（三）") == (
        "上半年，网办事项预警140件，涉及部门16个，分别为市教育局（31件）、市生态环境局（5件）等。"
    )


def test_a_list_without_any_chosen_member_says_so(made: Bulletin) -> None:
    assert "的部门有7个（不含所选部门）。" in paragraph(made, "三（二）不见面办理")
    assert "门户由未选的部门参与共建" in paragraph(made, "一、3")
    assert "列名的部门为未选的部门" in "".join(b.text for b in made.blocks)


def test_a_chosen_place_without_figures_is_not_given_any() -> None:
    made = bulletin(Selection("R0001", "2022H1", ("jintan",), ("police",)))
    assert paragraph(made, "三（二）权力事项认领") == (
        "权力事项认领情况。市级层面，存在未认领事项的部门有22个（不含所选部门）。所选辖市（区）没有报送。"
    )


@pytest.mark.parametrize("place", ["liyang", "wujin", "tianning", "zhonglou", "jingkai"])
def test_every_district_alone_makes_an_excerpt_with_its_own_figures(place: str) -> None:
    made = bulletin(Selection("R0001", "2022H1", (place,)))
    assert untold(made) == ()
    assert made.notices == ()
    assert "（节选）" in made.title
    assert any(block.text.startswith(f"{place_name(place)}：") for block in made.blocks)
