"""Every page in its frame, in process: what it shows, filtered, empty and with a broken link."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.navigation import PAGES
from lib.settings import bulletins_dir, lake_dir
from lib.store.lake import Lake
from tests.drafts import draft_from_bytes
from tests.kept import first_release

TAG = re.compile("<[^>]+>")
SHELL = Path(__file__).parents[2] / "lib" / "shell.py"
ENTRIES = [entry for entries in PAGES.values() for entry in entries]


def opened(page: str = "overview", **query: str | list[str]) -> AppTest:
    """A page as a visitor with that link sees it."""
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if page != "overview":
        app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception, app.exception
    return app


def blocks(app: AppTest) -> list[str]:
    """The HTML blocks of the page."""
    return [str(block.value) for block in app.html]


def headlines(app: AppTest) -> list[str]:
    """The large figures of the cards."""
    return re.findall("<strong>(?:<a[^>]*>)?([^<]*)", "".join(blocks(app)))


def words(app: AppTest) -> str:
    """All the text of the main area."""
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join([*(str(part.value) for part in parts), *(TAG.sub("", b) for b in blocks(app))])


def tables(app: AppTest) -> str:
    """All the cells of the static tables."""
    plain = [re.sub("</?(?:a|span)\\b[^>]*>", "", block) for block in blocks(app)]
    rows = [row for block in plain for row in re.findall("<tr>(.*?)</tr>", block)]
    return "\n".join(
        unescape(",".join(re.findall("<t[dh][^>]*>(.*?)</t[dh]>", row))) for row in rows
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)
def test_every_page_opens(entry) -> None:
    app = opened(entry.file)
    assert not app.error
    assert words(app)
    assert bool(app.get("vega_lite_chart")) == entry.charts


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)
def test_every_page_obeys_the_filters(entry) -> None:
    app = opened(entry.file, district=["新北区"], department=["市教育局"])
    selection = app.session_state["selection"]
    assert (selection.chosen_districts, selection.chosen_departments) == (
        ("xinbei",),
        ("education",),
    )
    assert not app.error


def test_the_overview_shows_cards_sentences_ranks_and_what_does_not_add_up() -> None:
    app = opened()
    shown = words(app)
    for figure in ("142", "775", "140", "23", "45", "89.17"):
        assert figure in headlines(app)
    assert "▲ 超前" in shown
    assert "■ 不达标" in shown
    assert "超序时进度12.9个百分点" in shown
    assert "溧阳市 85.40%" in tables(app)
    assert "便利站提升数：分区合计,不一致,200个,201个" in tables(app)
    assert "R0001" in shown


def test_the_centers_page_shows_stated_and_summed_figures_apart() -> None:
    app = opened("centers")
    assert "政务服务便利站,便民点,200,200,201,142,71.0%,▲ 超前" in tables(app)
    assert "新北区,1,10,21,35,67,6" in tables(app)
    assert "金坛区,—,5,30,25,60,—" in tables(app)


def test_the_centers_page_sums_only_the_chosen_districts() -> None:
    app = opened("centers", district=["溧阳市", "金坛区"])
    assert "政务服务便利站,便民点,200,200,60,142,71.0%,▲ 超前" in tables(app)
    assert "武进区" not in tables(app)


def test_the_staff_page_shows_missing_districts_as_missing() -> None:
    app = opened("staff")
    assert "全市,≥1000,775,77.5%," in tables(app)
    assert "钟楼区,—,—,—,本期未报送" in tables(app)
    assert "专员业务培训45名" in words(app)
    led = [
        block for block in blocks(app) if re.search(r'trace\?of=[^"]*zhonglou[^>]*>45名</a>', block)
    ]
    assert led, "a figure beside the goal leads to its source, too"


def test_the_warnings_page_has_the_same_numbers_in_table_and_cards() -> None:
    app = opened("warnings")
    rows = [line.split(",") for line in tables(app).splitlines()]
    assert rows[0] == ["部门", "预警件数", "超期件数"]
    assert sum(int(row[1]) for row in rows[1:] if row[1] != "—") == 140
    assert "140" in headlines(app)
    assert "市科技局,—,2" in tables(app)


def test_the_warnings_page_says_that_districts_do_not_apply() -> None:
    assert "筛选在本页不起作用" in words(opened("warnings", district=["新北区"]))


def test_a_department_without_figures_is_an_empty_state_not_a_zero() -> None:
    app = opened("warnings", department=["市司法局"])
    assert "没有报送不等于零" in words(app)
    assert tables(app) == ""


def test_the_dictionary_finds_and_says_when_it_does_not() -> None:
    app = opened("dictionary")
    app.text_input(key="dictionary-search").set_value("监管事项认领率").run()
    found = app.dataframe[0].value
    assert set(found["指标"]) >= {"监管事项认领率"}
    assert found.set_index("指标").loc["监管事项认领率", "本期数"] == "89.17%"
    app.text_input(key="dictionary-search").set_value("没有这个").run()
    assert "没有包含“没有这个”的指标" in words(app)
    for kind in ("名单", "勾稽规则", "地区", "部门"):
        app.text_input(key="dictionary-search").set_value("").run()
        app.segmented_control(key="dictionary-kind").set_value(kind).run()
        assert len(app.dataframe[0].value) > 8
        assert not app.exception


def test_an_unknown_value_in_a_link_is_named() -> None:
    app = opened(
        district=["溧阳市", "火星区"], department=["市教育厅"], release="R9999", period="2030年"
    )
    shown = [str(warning.value) for warning in app.warning]
    assert shown == [
        "链接里的版本“R9999”不存在，没有套用；已改为最新版本 R0001。",
        "链接里的期次“2030年”不存在，没有套用；已显示2022年上半年。",
        "链接里的地区“火星区”不存在，没有套用；已按其余条件显示。",
        "链接里的部门“市教育厅”不存在，没有套用；已按其余条件显示。",
    ]
    assert app.session_state["selection"].chosen_districts == ("liyang",)


def test_an_alias_in_a_link_is_understood() -> None:
    app = opened(district=["经开"], department=["市市场局"])
    assert not app.warning
    selection = app.session_state["selection"]
    assert (selection.chosen_districts, selection.chosen_departments) == (("jingkai",), ("market",))


def test_a_new_visit_is_pinned_to_a_release() -> None:
    app = opened()
    assert app.query_params["release"] == "R0001"


def test_a_link_stays_on_its_release_and_says_that_a_newer_one_exists(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    file = bulletins_dir() / "2022H1" / "staff.csv"
    changed = file.read_text(encoding="utf-8-sig").replace("775", "800").encode()
    Lake(lake_dir()).publish([draft_from_bytes(changed, file.name)], by="测试", note="补报")
    pinned = opened(release="R0001")
    assert "775" in headlines(pinned)
    assert "最新版本是 R0002" in words(pinned)
    next(b for b in pinned.button if b.label == "查看最新").click().run()
    assert "800" in headlines(pinned)
    assert pinned.query_params["release"] == "R0002"
    assert "800" in headlines(opened())


def test_without_any_release_the_page_says_what_to_do(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    app = AppTest.from_file(str(SHELL), default_timeout=60).run()
    assert "python -m lib seed" in app.error[0].value
    assert not app.exception
