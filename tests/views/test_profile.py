"""画像: a place's figures, positions, lists and highlights, each where the bulletin has them."""

import pytest

from lib.catalog.places import DEPARTMENTS, DISTRICTS, place_name
from lib.insight.cells import Figure
from lib.insight.wording import in_full
from lib.queries.facts import fact_book
from lib.queries.rosters import roster_book
from lib.queries.stated import highlights
from lib.selection import Selection
from lib.views.compared import departments_compared, districts_compared
from lib.views.profile import Profile, profile, side_by_side


def cells(shown: Profile) -> set[str]:
    tables = [shown.standings.table, shown.appearances, *(view.table for view in shown.peers)]
    return {cell for table in tables for row in table.rows for cell in row}


def facts_on(shown: Profile) -> set[tuple[str, str]]:
    drawn = [c for row in shown.standings.table.rows for c in row] + [
        t.value for t in shown.section.tiles
    ]
    return {(f.metric, f.value_text) for c in drawn if isinstance(c, Figure) for f in c.facts}


def test_xinbei_as_the_bulletin_has_it(whole_city: Selection) -> None:
    shown = profile(whole_city, "xinbei")
    assert shown.summary == (
        "新北区：须关注的名单2张（权力事项认领率低的地区、即办件占比较低的地区）；"
        "表现较好的名单1张（基本完成改造的政务服务中心）；低于全市平均：即办件占比、不见面办理率；有数的里面最低：即办件占比（共3个）。"
    )
    lines = {row[0]: row[1:] for row in shown.standings.table.rows}
    assert lines["权力事项认领率"] == ("<70%", "第2至5（共5）", "—", "—", "—")
    assert lines["不见面办理率"] == (
        "92.9%",
        "有数的太少，不排",
        "96.34%",
        "低3.44个百分点",
        "—",
    )
    assert [view.title for view in shown.peers] == [
        "公共服务事项已认领数",
        "权力事项认领率",
        "即办件占比",
    ]
    assert "200万元" in {tile.value for tile in shown.section.tiles}
    assert shown.section.events[0].text == "工程进入区民生实事，区财政配套资金"


def test_education_is_on_four_lists_that_read_badly(whole_city: Selection) -> None:
    shown = profile(whole_city, "education")
    assert [row[:3] for row in shown.appearances.rows] == [
        ("存在未认领权力事项的部门", "▼ 须关注", "22个"),
        ("即办件占比低于全市平均的部门", "▼ 须关注", "23个"),
        ("产生网办预警的部门", "▼ 须关注", "16个"),
        ("产生网办超期的部门", "▼ 须关注", "8个"),
        ("监管行为覆盖率100%的部门", "▲ 表现较好", "4个"),
        ("涉外服务部门", "○ 一般", "5个"),
    ]
    assert [row[:4] for row in shown.standings.table.rows] == [
        ("网办预警件数", "31件", "由多到少第1（共16）", "140件"),
        ("网办超期件数", "1件", "由多到少并列第4（共8）", "23件"),
        ("监管行为覆盖率", "100%", "并列第1（共10）", "—"),
    ]


@pytest.mark.parametrize("place", [p.id for p in (*DISTRICTS, *DEPARTMENTS)])
def test_nothing_of_a_place_is_left_out_of_its_profile(whole_city: Selection, place: str) -> None:
    shown = profile(whole_city, place)
    book = fact_book("R0001", "2022H1")
    own = {
        (f.metric, f.value_text)
        for f in book
        if place in (f.district, f.department) and f.dataset != "roster"
    }
    assert own <= facts_on(shown)
    rosters = roster_book("R0001", "2022H1")
    named = [r for r in rosters if place in {m.member for m in rosters.of(r)}]
    assert len(shown.appearances.rows) == len(named)
    told = [h["item"] for h in highlights("R0001", "2022H1").to_pylist() if h["district"] == place]
    assert [event.text for event in shown.section.events] == told


@pytest.mark.parametrize("place", ["liyang", "education"])
def test_charts_and_tables_of_a_profile_hold_the_same_figures(whole_city, place: str) -> None:
    views = profile(whole_city, place).peers
    assert views
    for view in views:
        drawn = {(m["名称"].removeprefix("▶ "), m["写法"]) for m in view.marks.to_pylist()}
        assert drawn == {(str(row[0]), in_full(row[1].facts[0])) for row in view.table.rows}
        own = [
            m["名称"] for m in view.marks.to_pylist() if m.get("组别") == "主" or "▶" in m["名称"]
        ]
        assert [name.removeprefix("▶ ") for name in own] == [place_name(place)]


def test_places_stand_side_by_side_before_one_is_chosen(whole_city: Selection) -> None:
    views = side_by_side(whole_city, whole_city.districts)
    assert [view.title for view in views] == [
        "公共服务事项已认领数",
        "权力事项认领率",
        "即办件占比",
    ]
    assert (
        views[1].reading
        == "权力事项认领率：从溧阳市85.40%到新北区、天宁区、钟楼区、经开区低于70%。"
    )
    for view in views:
        drawn = {(m["名称"], m["写法"]) for m in view.marks.to_pylist()}
        assert drawn == {(str(row[0]), in_full(row[1].facts[0])) for row in view.table.rows}
    two = Selection("R0001", "2022H1", ("liyang", "jintan"))
    assert [str(row[0]) for row in side_by_side(two, two.districts)[0].table.rows] == [
        "金坛区",
        "溧阳市",
    ]
    assert len(side_by_side(whole_city, whole_city.departments)) == 3


def test_a_place_with_nothing_says_so_and_shows_no_zero(whole_city: Selection) -> None:
    shown = profile(whole_city, "justice")
    assert shown.standings.empty
    assert shown.standings.reading == "市司法局本期没有可比较的数；没有报送不等于零。"
    assert "0" not in cells(shown)


def test_all_districts_side_by_side(whole_city: Selection) -> None:
    rows = {row[0]: row[1:] for row in districts_compared(whole_city).table.rows}
    assert rows["新北区"] == ("67", "<70%", "92.9%", "21.7%", "109项", "2张")
    assert rows["武进区"] == ("57", "—", "—", "—", "157项", "0张")
    chosen = Selection("R0001", "2022H1", ("liyang", "jintan"))
    assert [row[0] for row in districts_compared(chosen).table.rows] == ["溧阳市", "金坛区"]


def test_departments_on_most_lists_come_first(whole_city: Selection) -> None:
    view = departments_compared(whole_city)
    assert [row[:4] for row in view.table.rows[:4]] == [
        ("市教育局", "4张", "31件", "1件"),
        ("市生态环境局", "4张", "5件", "14件"),
        ("市住建局", "4张", "4件", "1件"),
        ("市医保局", "4张", "5件", "1件"),
    ]
    drawn = {m["部门"]: m["写法"] for m in view.marks.to_pylist()}
    assert drawn == {row[0]: row[1] for row in view.table.rows if row[1] != "0张"}
