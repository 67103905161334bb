"""What pages, routes and commands note, what is left out, and what is refused without a note."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from lib import actions
from lib.access.roles import MACHINE
from lib.access.ways import Visitor
from lib.audit.arrivals import arrived
from lib.audit.listing import matching
from lib.audit.recording import audit_log, denied, record, recorded
from lib.audit.verify import verify
from lib.audit.words import Noted, Result
from lib.links import document_address, download_address
from lib.seed import BY, ensure_seeded
from lib.selection import Selection
from lib.settings import lake_dir
from lib.store.lake import Lake, PublishError
from lib.submission import receive
from tests.audit.hit import ended, in_child
from tests.inside import get
from tests.kept import first_release

CITY = Selection("R0001", "2022H1")
WARNINGS = (
    "期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注\r\n"
    "2022H1,市教育局,33,1,件,上半年,2022-06-30,三（三）,\r\n"
)


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of this test's own, with the first release in it."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    return tmp_path


def notes() -> list[tuple[str, ...]]:
    """Who, action, release and result of every line, oldest first."""
    found = [entry.event for entry in matching(audit_log().folder)][::-1]
    return [(e.who, e.action, e.release, e.result) for e in found]


def proposal(by: str = "值班岗") -> str:
    received = receive(WARNINGS.encode(), "预警.csv", sender="education", choices={})
    return actions.propose(MACHINE, [received], mode="merge", by=by, sender="education").id


def unwritable(data: Path) -> None:
    shutil.rmtree(data / "audit")
    (data / "audit").write_text("a file where the folder should be")


def test_the_first_release_is_noted_before_and_after() -> None:
    assert notes() == [(BY, "发布", "", "开始"), (BY, "发布", "R0001", "成功")]
    ensure_seeded()
    assert len(notes()) == 2


def test_publishing_and_rolling_back_say_who_what_and_which_release() -> None:
    made = proposal()
    actions.publish(MACHINE, made, by="值班岗")
    actions.rollback(MACHINE, "R0001", by="负责岗", note="数字有误")
    assert notes()[2:] == [
        ("值班岗", "报送", "", "成功"),
        ("值班岗", "发布", "", "开始"), ("值班岗", "发布", "R0002", "成功"),
        ("负责岗", "回退", "", "开始"), ("负责岗", "回退", "R0003", "成功"),
    ]  # fmt: skip
    newest = next(matching(audit_log().folder))
    assert newest.event.what == "回退到 R0001：数字有误"
    assert newest.at.endswith("+08:00")
    assert verify(audit_log().folder).damage is None


def test_a_review_its_return_and_giving_up_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAO_REVIEW", "1")
    made = proposal()
    actions.submit(MACHINE, made, "值班岗")
    with pytest.raises(PublishError, match="不能复核自己"):
        actions.publish(MACHINE, made, by="值班岗")
    actions.send_back(MACHINE, made, "复核岗", "数字不对")
    actions.discard(MACHINE, actions.reopen(MACHINE, made, "值班岗").id, "值班岗")
    assert notes()[3:] == [
        ("值班岗", "提交", "", "成功"),
        ("值班岗", "发布", "", "开始"), ("值班岗", "发布", "", "拒绝"),
        ("复核岗", "退回", "", "成功"),
        ("值班岗", "报送", "", "成功"),
        ("值班岗", "放弃", "", "成功"),
    ]  # fmt: skip
    (refused,) = [e for e in matching(audit_log().folder) if e.event.result == Result.REFUSED]
    assert "不能复核自己" in refused.event.reason


def test_publishing_is_refused_before_it_happens_where_it_cannot_be_noted(own_data: Path) -> None:
    made = proposal()
    unwritable(own_data)
    for act in (
        lambda: actions.publish(MACHINE, made, by="值班岗"),
        lambda: actions.rollback(MACHINE, "R0001", by="值班岗", note="试"),
    ):
        with pytest.raises(
            PublishError, match=r"操作日志写不进去.*所以没有(发布|回退)，线上没有变化"
        ):
            act()
    assert [release.id for release in Lake(lake_dir()).releases()] == ["R0001"]
    assert Lake(lake_dir()).proposal(made).state == "待发布"


def test_reading_and_exporting_go_on_and_the_server_s_log_says_what_was_not_noted(
    own_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unwritable(own_data)
    assert get(document_address("workbook", CITY))[0] == 200
    [line] = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["event"], line["action"], line["level"]) == (
        "not in the audit log",
        "导出",
        "error",
    )
    assert record(Noted.EXPORT, who="", what="数据册") is False


def test_what_is_killed_half_way_was_noted_before() -> None:
    def killed() -> None:
        with recorded(Noted.PUBLISH, who="值班岗", what="P1", refusal=PublishError):
            os.kill(os.getpid(), signal.SIGKILL)

    assert ended(in_child(killed)) == -signal.SIGKILL
    assert notes()[2:] == [("值班岗", "发布", "", "开始")]


def test_of_an_unexpected_error_only_the_name_is_kept() -> None:
    with (
        pytest.raises(RuntimeError),
        recorded(Noted.PUBLISH, who="值班岗", what="P1", refusal=PublishError),
    ):
        raise RuntimeError("password=hunter2")
    newest = next(matching(audit_log().folder)).event
    assert (newest.result, newest.reason) == ("失败", "RuntimeError")


def test_where_the_log_cannot_be_written_nothing_happens(own_data: Path) -> None:
    unwritable(own_data)
    with (
        pytest.raises(PublishError, match="没有发布"),
        recorded(Noted.PUBLISH, who="值班岗", what="P1", refusal=PublishError),
    ):
        pytest.fail("it happened without a note")


def test_exports_over_http_are_noted_with_their_release() -> None:
    assert get(download_address("warnings", "csv", CITY))[0] == 200
    assert get(document_address("workbook", CITY))[0] == 200
    assert get(document_address("nope", CITY))[0] == 404
    assert notes()[2:] == [("本机", "导出", "R0001", "成功")] * 2
    assert next(matching(audit_log().folder)).event.what == "数据册-2022H1-R0001.xlsx"


def test_strangers_cannot_fill_the_log_with_what_they_are_denied(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TONGBAO_SIGN_IN", "proxy")
    before = len(notes())
    for number in range(30):
        assert get(f"download/{number}.csv")[0] == 401
    assert notes()[before:] == [("访客", "拒绝", "", "拒绝")]
    denied("访客", "取 /download/", "请先登录。", now=time.monotonic() + 601)
    assert len(notes()) == before + 2


def test_a_sign_in_is_noted_where_it_is_first_seen_and_once(
    own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Visitor(MACHINE, "", "a-sign-in", "gl", fresh=True)
    arrived(found)
    arrived(replace(found, fresh=False))
    assert notes()[2:] == [("本机", "登录", "", "成功")]
