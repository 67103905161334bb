"""操作日志 in process: newest first, filtered, in pages, and what it says of a log that was changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.access.roles import DeniedError
from lib.audit.folder import month_files
from lib.audit.listing import matching
from lib.audit.recording import audit_log, record
from lib.audit.words import Noted
from tests.kept import first_release
from tests.pages.test_pages import opened, tables, words
from tests.pages.test_upload import labels, line, press, uploaded


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A data folder of this test's own."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)


def rows(app: AppTest) -> list[list[str]]:
    """The lines of the table, without its header."""
    return [row.split(",") for row in tables(app).splitlines()[1:]]


def test_it_shows_who_did_what_and_that_the_chain_holds() -> None:
    app = opened("audit")
    assert "操作日志完好：逐条核对了2条" in words(app)
    assert [row[:1] + row[2:5] for row in rows(app)] == [
        ["2", "系统初始化", "—", "发布"],
        ["1", "系统初始化", "—", "发布"],
    ]
    assert [row[6:8] for row in rows(app)] == [["R0001", "成功"], ["—", "开始"]]


def test_a_day_of_uploading_publishing_and_rolling_back_is_all_there() -> None:
    app = press(uploaded(line(33)), "与线上数据比较")
    press(app, "发布")
    back = opened("releases")
    back.text_input[0].set_value("负责岗")
    back.text_input[1].set_value("数字有误")
    press(back, "回退")
    shown = [row[2:5] + row[6:8] for row in rows(opened("audit"))]
    assert shown == [
        ["负责岗", "管理", "回退", "R0003", "成功"],
        ["负责岗", "管理", "回退", "—", "开始"],
        ["值班岗", "管理", "发布", "R0002", "成功"],
        ["值班岗", "管理", "发布", "—", "开始"],
        ["值班岗", "管理", "报送", "—", "成功"],
        ["值班岗", "管理", "上传", "—", "成功"],
        ["系统初始化", "—", "发布", "R0001", "成功"],
        ["系统初始化", "—", "发布", "—", "开始"],
    ]
    uploads = list(matching(audit_log().folder, Noted.UPLOAD))
    assert "0.csv（1行，SHA-256 " in uploads[0].event.what


def test_a_file_with_blocking_problems_is_noted_once_however_often_it_is_read() -> None:
    app = uploaded("期次,部门,预警件数\r\n2022H1,市教育厅,三十\r\n")
    app.text_input(key="by").set_value("别的岗").run()
    (upload,) = matching(audit_log().folder, Noted.UPLOAD)
    assert (upload.event.who, upload.event.result) == ("值班岗", "拒绝")
    assert upload.event.reason.endswith("个阻断问题")


def test_wording_comments_and_rehearsals_are_noted() -> None:
    app = opened("verify")
    app.text_input(key="comment-by").set_value("数据科")
    app.text_area[0].set_value("请核对")
    press(app, "提交意见")
    meeting = opened("meeting")
    next(box for box in meeting.text_input if box.label == "岗位").set_value("综合科")
    press(meeting, "保存排练")
    wording = opened("bulletin")
    wording.session_state["bulletin-part"] = "措辞模板"
    wording.run()
    box = wording.text_area[0]
    box.set_value(f"{box.value}\n特此通报。").run()
    press(wording, "保存")
    found = [(e.event.who, e.event.action) for e in matching(audit_log().folder)]
    assert found[:3] == [("本机", "设置"), ("综合科", "排练"), ("数据科", "意见")]
    assert "请核对" not in "".join(path.read_text() for path in month_files(audit_log().folder))


def test_filters_leave_one_action_or_one_day() -> None:
    record(Noted.EXPORT, who="值班岗", what="数据册")
    app = opened("audit")
    app.selectbox(key="audit-action").set_value(Noted.EXPORT).run()
    assert [row[4:6] for row in rows(app)] == [["导出", "数据册"]]
    app.date_input(key="audit-day").set_value(dt.date(2022, 8, 9)).run()
    assert "没有这样的操作记录" in words(app)
    assert tables(app) == ""


def test_a_long_log_is_turned_page_by_page_and_a_filter_begins_anew() -> None:
    for number in range(58):
        record(Noted.EXPORT, who="值班岗", what=f"第{number}件")
    app = opened("audit")
    assert [rows(app)[i][0] for i in (0, -1)] == ["60", "11"]
    press(app, "较早的")
    assert [rows(app)[i][0] for i in (0, -1)] == ["10", "1"]
    assert next(b for b in app.button if b.label == "较早的").disabled
    app.selectbox(key="audit-action").set_value(Noted.PUBLISH).run()
    assert [row[0] for row in rows(app)] == ["2", "1"]
    assert "较新的" not in labels(app)


def test_a_line_changed_by_hand_is_said_at_the_top() -> None:
    (path,) = month_files(audit_log().folder)
    path.write_bytes(path.read_bytes().replace("系统初始化".encode(), "别的初始化".encode(), 1))
    app = opened("audit")
    assert f"{path.name} 第1行" in app.error[0].value
    assert "完好：" not in words(app)


def test_an_unfinished_line_is_a_warning_and_no_damage() -> None:
    (path,) = month_files(audit_log().folder)
    with path.open("ab") as file:
        file.write(b'{"seq":3')
    app = opened("audit")
    assert any("第3行没有写完" in warning.value for warning in app.warning)
    assert not app.error
    assert "逐条核对了2条" in words(app)


def test_publishing_that_cannot_be_noted_is_refused_on_the_page() -> None:
    app = press(uploaded(line(33)), "与线上数据比较")
    folder = audit_log().folder
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("a file where the folder should be")
    press(app, "发布")
    assert any("所以没有发布，线上没有变化" in error.value for error in app.error)
    assert "发布" in labels(app)


def _offering() -> None:
    import streamlit as st

    from lib import visitor

    st.session_state.made = visitor.taken(lambda: b"x", "名单.csv")


def test_a_download_asks_again_who_takes_it_and_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    made = AppTest.from_function(_offering, default_timeout=60).run().session_state["made"]
    assert made() == b"x"
    newest = next(matching(audit_log().folder)).event
    assert (newest.action, newest.what) == (Noted.EXPORT, "名单.csv")
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")  # from now on people sign in
    with pytest.raises(DeniedError, match="没有给出登录的账号"):
        made()
