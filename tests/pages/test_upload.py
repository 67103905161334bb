"""数据上报 in process: questions, modes, two people, conflicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.drafts import draft_from_bytes
from tests.kept import first_release
from tests.pages.test_pages import opened, tables, words

HEADER = "期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注\r\n"
AMBIGUOUS = "期次,地区,目标数,培育数\r\n2022H1,高新区,150,120\r\n"


def line(count: int, place: str = "市教育局") -> str:
    return f"{HEADER}2022H1,{place},{count},1,件,上半年,2022-06-30,三（三）,\r\n"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A lake of this test's own."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)


def uploaded(*texts: str, by: str = "值班岗") -> AppTest:
    app = opened("upload")
    app.text_input(key="by").set_value(by)
    files = [(f"{n}.csv", text.encode("gb18030"), "text/csv") for n, text in enumerate(texts)]
    app.file_uploader[0].set_value(files)
    app.run()
    assert not app.exception, app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click()
    app.run()
    assert not app.exception, app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [b.label for b in app.button]


def test_a_question_is_asked_answered_and_remembered_for_the_sender() -> None:
    app = uploaded(AMBIGUOUS)
    (question,) = [s for s in app.selectbox if "高新区" in s.label]
    assert question.options == ["新北区", "武进区", "金坛区"]
    assert "与线上数据比较" not in labels(app)
    question.set_value("xinbei").run()
    assert "本次选择：高新区 → 新北区" in words(app)
    press(press(app, "与线上数据比较"), "发布")
    again = uploaded(AMBIGUOUS.replace("120", "130"))
    assert "沿用以前的选择：高新区 → 新北区" in words(again)
    assert Lake(lake_dir()).live().id == "R0002"


def test_the_mode_is_suggested_so_that_nothing_live_gets_lost() -> None:
    app = uploaded(line(33))
    assert app.radio[0].value.label == "更正并补充"
    press(app, "与线上数据比较")
    assert "＋ 新增0行" in words(app)
    assert "－ 去掉0行" in words(app)
    assert "2022H1 市教育局,预警件数,31,33" in tables(app)


def test_the_same_content_again_is_recognised() -> None:
    app = press(uploaded(line(31)), "与线上数据比较")
    assert "内容与线上 R0001 相同，不需要发布" in words(app)
    assert next(b for b in app.button if b.label == "发布").disabled


def test_a_publish_that_came_first_is_seen_and_nothing_is_lost() -> None:
    app = press(uploaded(line(33)), "与线上数据比较")
    other = draft_from_bytes(line(40).encode(), "别人.csv")
    Lake(lake_dir()).publish([other], by="别人", mode="merge")
    press(app, "发布")
    assert any("R0002" in w.value for w in app.warning)
    press(app, "与最新版本重新比较")
    assert "2022H1 市教育局,预警件数,40,33" in tables(app)
    press(app, "发布")
    assert [r.by for r in Lake(lake_dir()).releases()] == ["值班岗", "别人", "系统初始化"]


def test_two_people_are_needed_where_the_office_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAO_REVIEW", "1")
    app = press(uploaded(line(33)), "与线上数据比较")
    assert "发布" not in labels(app)
    press(app, "提交复核")
    (proposal,) = Lake(lake_dir()).proposals()
    app.selectbox(key="chosen_proposal").set_value(proposal.id).run()
    press(app, "复核通过并发布")
    assert any("同一" in e.value or "另一" in e.value for e in app.error), [
        e.value for e in app.error
    ]
    app.text_input(key="by").set_value("复核岗").run()
    press(app, "复核通过并发布")
    live = Lake(lake_dir()).live()
    assert (live.id, live.by, live.reviewed_by) == ("R0002", "值班岗", "复核岗")


def test_a_click_never_reaches_another_proposal_that_took_its_place() -> None:
    app = press(uploaded(line(33)), "与线上数据比较")
    lake = Lake(lake_dir())
    (mine,) = lake.proposals()
    other = draft_from_bytes(line(40, "市民政局").encode(), "别人.csv")
    lake.propose([other], mode="merge", by="别人")
    lake.discard(mine.id)
    press(app, "发布")
    assert [release.id for release in lake.releases()] == ["R0001"]
    assert not any("已发布" in s.value for s in app.success)


def test_a_second_comparison_is_the_one_that_is_shown() -> None:
    app = press(uploaded(line(33)), "与线上数据比较")
    app.file_uploader[0].set_value([("改.csv", line(36).encode(), "text/csv")]).run()
    press(app, "与线上数据比较")
    assert "2022H1 市教育局,预警件数,31,36" in tables(app)
    press(app, "发布")
    assert "已发布为版本 R0002" in words(app) + "".join(s.value for s in app.success)
    assert app.query_params["release"] in ("R0002", ["R0002"])


def test_two_files_of_one_name_are_two_files() -> None:
    app = opened("upload")
    app.text_input(key="by").set_value("值班岗")
    app.file_uploader[0].set_value(
        [("预警.csv", AMBIGUOUS.encode(), "text/csv"), ("预警.csv", line(33).encode(), "text/csv")]
    ).run()
    assert not app.exception, app.exception
    assert "预警.csv（第2个）" in words(app)


def test_what_was_sent_back_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAO_REVIEW", "1")
    app = press(press(uploaded(line(33)), "与线上数据比较"), "提交复核")
    app.text_input(key="by").set_value("复核岗").run()
    (proposal,) = Lake(lake_dir()).proposals()
    app.selectbox(key="chosen_proposal").set_value(proposal.id).run()
    app.text_input(key=f"reason-{proposal.id}").set_value("数字不对").run()
    press(app, "退回")
    assert "复核岗：数字不对" in tables(app)


def test_an_answered_period_can_be_taken_back() -> None:
    app = uploaded("部门,预警数\r\n市教育局,33\r\n")
    (question,) = [s for s in app.selectbox if "哪一期" in s.label]
    question.set_value("2021H2").run()
    assert "本次选择：期次 → 2021年下半年" in words(app)
    press(app, "重新选择")
    assert [s.label for s in app.selectbox if "哪一期" in s.label]


def test_two_files_that_contradict_are_refused_with_both_places() -> None:
    app = press(uploaded(line(33), line(34)), "与线上数据比较")
    assert any("“0.csv”第2行与“1.csv”第2行" in e.value for e in app.error), [
        e.value for e in app.error
    ]


def test_a_proposal_can_be_previewed_on_every_page_and_given_up() -> None:
    app = press(uploaded(line(33)), "与线上数据比较")
    (proposal,) = Lake(lake_dir()).proposals()
    preview = opened("warnings", release=proposal.id)
    assert "正在预览还没有发布的报送" in words(preview)
    assert "市教育局,33" in tables(preview)
    press(app, "放弃这份报送")
    assert Lake(lake_dir()).proposals() == []


def test_made_up_figures_are_refused_and_marked_where_they_are_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = line(33).replace("三（三）,", "三（三）,演示数据")
    app = press(uploaded(text), "与线上数据比较")
    assert any("演示数据" in e.value for e in app.error)
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    press(press(app, "与线上数据比较"), "发布")
    shown = opened("warnings", release="R0002")
    assert any(
        e.value.startswith("演示数据：2022年上半年的网办预警是编造的") for e in shown.warning
    )
