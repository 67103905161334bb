"""提醒 in process: what holds, by severity and place; since when, told where; known; over; the rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.audit.listing import matching
from lib.audit.recording import audit_log
from lib.audit.words import Noted
from lib.catalog.notices import NOTICES
from lib.notices.folder import Folder, notice_folder
from lib.notices.record import Record
from lib.notices.round import follow, run_round
from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.cli.command import run
from tests.drafts import draft_from_bytes
from tests.kept import three_periods
from tests.notices.scene import NOW, Clock, publish, robot
from tests.pages.test_pages import blocks, opened, tables, words

pytestmark = pytest.mark.usefixtures("own_data")

OVERDUE = "部门出现网办超期｜市教育局网办超期件数1件（多于0件即提醒）。"


def listing(app: AppTest) -> str:
    """The list of what holds, as HTML."""
    return next(block for block in blocks(app) if ">投递<" in block)


def known(app: AppTest, *keys: str) -> AppTest:
    app.multiselect(key="notices-known").set_value(list(keys)).run()
    app.button(key="notices-acknowledge").click().run()
    assert not app.exception, app.exception
    return app


def test_what_holds_is_listed_the_most_pressing_first_and_leads_on() -> None:
    app = opened("notices")
    assert "22项提醒：重要1，关注18，提示3。" in words(app)
    shown = listing(app)
    assert [shown.count(f"{mark}<") for mark in ("■ 重要", "▼ 关注", "◆ 提示")] == [1, 18, 3]
    lines = tables(app).splitlines()
    assert lines[1].startswith(
        "■ 重要,全市网办超期件数23件（多于0件即提醒）；原注：超期事项经提醒均已处理。,23件,全市出现网办超期,"
    )
    assert 'href="trace?of=overdue_count~city~2022H1"' in shown
    assert 'href="warnings?department=education"' in shown
    assert "没有设置投递渠道" in words(app)


def test_a_severity_and_a_place_narrow_the_list() -> None:
    app = opened("notices", district=["新北区"], department=["市教育局"])
    assert "只列与新北区、市教育局有关的和全市性的" in words(app)
    shown = tables(app)
    for name in ("市教育局网办超期件数1件", "新北区权力事项认领率低于70%", "全市网办超期件数23件"):
        assert name in shown
    for name in ("市生态环境局网办超期", "天宁区权力事项认领率"):
        assert name not in shown
    app.segmented_control(key="notices-severity").set_value("提示").run()
    shown = listing(app)
    assert (shown.count("◆ 提示"), shown.count("▼ 关注")) == (2, 0)


def test_a_place_without_any_says_so_and_still_shows_the_rules() -> None:
    app = opened("notices", department=["市体育局"])
    app.segmented_control(key="notices-severity").set_value("提示").run()
    assert "所选范围没有“提示”的提醒" in words(app)
    assert "低于全市平均" in tables(app)


def test_a_period_with_nothing_to_judge_says_so() -> None:
    staff = "期次,地区,目标人数,已培育人数,单位,时点,截止日期,出处,备注\r\n2021H2,武进区,,12,人,12月底,2021-12-31,二,\r\n"
    Lake(lake_dir()).publish([draft_from_bytes(staff.encode(), "staff.csv")], by="测试")
    app = opened("notices", period="2021年下半年")
    assert "本期没有可判断的数据" in words(app)


def test_since_when_it_holds_and_where_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with robot() as there, robot((404, b"")) as lost:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        monkeypatch.setenv("TONGBAO_NOTICE_DINGTALK", lost.url)
        clock = Clock()
        run_round(clock, clock.pause, ())
    app = opened("notices")
    assert "2026-11-02 09:00,企业微信；钉钉没有收到：对方答复 404（第1次）,—" in tables(app)
    assert "投递到企业微信、钉钉" in words(app)
    assert "geheim" not in "".join(blocks(app)) + words(app)


def test_a_role_says_that_it_knows_and_the_log_has_it() -> None:
    follow(notice_folder(), Clock())
    key = "overdue_department~education~2022H1"
    app = opened("notices")
    assert OVERDUE in app.multiselect(key="notices-known").options
    known(app, key)
    record = next(one for one in notice_folder().all() if one.key == key)
    assert record.known
    assert record.known.by == "管理"
    assert OVERDUE not in app.multiselect(key="notices-known").options
    assert app.multiselect(key="notices-known").value == []
    assert ",管理 20" in next(
        line for line in tables(app).splitlines() if "市教育局网办超期" in line
    )
    [noted] = matching(audit_log().folder, Noted.KNOWN)
    assert (noted.event.what, noted.event.release) == (f"提醒“部门出现网办超期”，{key}", "R0001")


def test_who_may_only_look_is_told_so_and_can_mark_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    follow(notice_folder(), Clock())
    monkeypatch.setattr("lib.access.ways.MACHINE", _viewer())
    app = opened("notices")
    assert "不能把提醒标为知悉" in words(app)
    assert not app.multiselect(key="department").disabled
    assert "notices-known" not in [box.key for box in app.multiselect]


def _viewer() -> object:
    from lib.access.roles import VISITOR

    return VISITOR


def test_what_is_over_stands_below() -> None:
    folder, clock = notice_folder(), Clock()
    follow(folder, clock)
    assert "还没有恢复的提醒" in words(opened("notices"))
    publish("centers.csv", ("新北区,便民点,,35", "新北区,便民点,,34"))
    clock.later(days=1)
    follow(folder, clock)
    app = opened("notices")
    assert (
        "数字对不上,2022年上半年,便利站提升数：分区合计：所称200个，核对得201个。,便利站提升数：分区合计：一致。,"
        "2026-11-02 09:00,2026-11-03 09:00,R0002"
    ) in tables(app)
    assert "便利站提升数" not in listing(app)


def test_what_cannot_be_judged_any_more_stays_in_view_and_can_be_known() -> None:
    folder, clock, key = notice_folder(), Clock(), "power_claim_low~xinbei~2022H1"
    follow(folder, clock)
    assert "未能再判断" not in words(opened("notices"))
    line = "2022H1,权力事项认领率,新北区,,70,低于,%,6月底,2022-06-30,三（二）权力事项认领,\n"
    publish("indicators.csv", (line, ""))
    follow(folder, clock)
    app = opened("notices")
    assert "先前记入，最新一期判断不了，也没有恢复" in words(app)
    assert (
        "权力事项认领率低,2022年上半年,新北区权力事项认领率低于70%（低于70%即提醒）。,未能再判断,2026-11-02 09:00,"
    ) in tables(app)
    known(app, key)
    assert next(one for one in folder.all() if one.key == key).known
    assert "未能再判断" not in words(opened("notices", district=["天宁区"]))


def test_an_older_release_is_judged_but_neither_timed_nor_marked() -> None:
    publish("centers.csv", ("新北区,便民点,,35", "新北区,便民点,,34"))
    follow(notice_folder(), Clock())
    app = opened("notices", release="R0001")
    assert "便利站提升数：分区合计" in listing(app)
    assert f"{NOW:%Y-%m-%d}" not in listing(app)
    assert "只有最新版本 R0002 的2022年上半年会记时、投递和标为知悉" in words(app)
    assert "notices-known" not in [box.key for box in app.multiselect]


def test_where_the_disk_does_not_give_the_records_what_holds_is_shown_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(_: Folder, **_how: bool) -> list[Record]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Folder, "all", failing)
    app = opened("notices")
    assert "22项提醒" in words(app)
    assert "记入时间、投递和知悉读不出来" in app.error[0].value
    listed = run("notices")
    assert listed.exit_code == 2
    assert "提醒的记录读不出来（磁盘故障）" in listed.stderr


def test_a_release_shown_in_place_of_a_damaged_one_is_not_the_one_records_follow() -> None:
    folder = notice_folder()
    follow(folder, Clock())
    release = publish("centers.csv", ("新北区,便民点,,35", "新北区,便民点,,34"))
    lake = Lake(lake_dir())
    Path(lake.files(release)["centers"][0]).write_bytes(b"PAR1")
    app = opened("notices")
    assert "便利站提升数：分区合计" in listing(app)
    assert "2026-11-02" not in listing(app)
    assert "notices-known" not in [box.key for box in app.multiselect]


def test_what_is_made_up_or_open_by_its_wording_is_marked(tmp_path: Path) -> None:
    with three_periods(tmp_path / "three"):
        app = opened("notices", period="2022年下半年")
    assert "演示数据｜全市网办超期件数" in tables(app)
    assert "不能判断" in words(app)
    assert "有一期是界限" in tables(app)


def test_every_rule_is_shown_with_its_bound_and_where_that_is_from() -> None:
    shown = tables(opened("notices"))
    for rule in NOTICES:
        assert f"{rule.title},{rule.kind}," in shown, rule.id
        assert f",{rule.line}," in shown, rule.id
        assert f",{rule.source}," in shown, rule.id
