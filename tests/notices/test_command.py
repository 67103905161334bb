"""Notices by command: listed, delivered, and after a publish or a rollback by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.notices.folder import notice_folder
from tests.cli.command import run
from tests.notices.scene import publish_period, robot, shipped

pytestmark = pytest.mark.usefixtures("own_data")


def test_what_holds_is_listed_and_nothing_is_kept_or_sent_by_looking() -> None:
    lines = run("notices").stdout.splitlines()
    assert len(lines) == 22
    assert lines[0].split("\t") == [
        "重要", "成立", "全市出现网办超期",
        "全市网办超期件数23件（多于0件即提醒）；原注：超期事项经提醒均已处理。", "—", "—",
    ]  # fmt: skip
    assert not notice_folder().path.exists()


def test_delivering_says_how_many_and_where_it_went_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    with robot((200, b'{"errcode":93000}')) as there:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        bad = run("notices", "--deliver")
        assert bad.exit_code == 1
        assert "注意：提醒没有全部投递，企业微信：机器人没有接收（errcode 93000）" in bad.stderr
        assert "企业微信没有收到：机器人没有接收" in bad.stdout
    with robot() as there:
        monkeypatch.setenv("TONGBAO_NOTICE_DINGTALK", there.url)
        good = run("notices", "--deliver", "--json")
        assert good.exit_code == 1, "the other channel still waits"
        assert "提醒：已投递22项" in good.stderr
    found = json.loads(good.stdout)
    assert found[0]["delivered"].startswith("钉钉；企业微信没有收到")
    assert found[0]["since"] != "—"


def test_a_publish_and_a_rollback_by_command_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "centers.csv"
    file.write_text(
        shipped("centers.csv").replace("新北区,便民点,,35", "新北区,便民点,,34"), "utf-8"
    )
    run("notices", "--deliver")
    with robot() as there:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        made = run("publish", str(file), "--period", "2022H1", "--by", "值班岗")
        assert made.exit_code == 0, made.stderr
        assert len(there.lines("新增")) == 21, "all but what was mended"
        back = run("rollback", "R0001", "--by", "值班岗", "--note", "有误")
        assert back.exit_code == 0
        assert len(there.lines("新增")) == 22
        assert "便利站提升数：分区合计" in there.lines("新增")[-1]


def test_a_publish_does_not_fail_because_nobody_could_be_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with robot() as gone:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", gone.url)
    back = run("rollback", "R0001", "--by", "值班岗", "--note", "有误")
    assert back.exit_code == 0
    assert "R0002\t已回退到 R0001 的内容" in back.stdout
    assert "没有连上或连接断开" in back.stderr


def test_what_rests_on_made_up_figures_is_marked_in_the_list() -> None:
    publish_period("2022H2")
    [city] = [line for line in run("notices").stdout.splitlines() if "全市网办超期件数" in line]
    assert city.split("\t")[3].startswith("演示数据｜全市网办超期件数")


def test_what_waits_for_another_try_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    with robot((200, b'{"errcode":93000}')) as there:
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        run("notices", "--deliver")
        again = run("notices", "--deliver")
        assert (again.exit_code, there.asked) == (1, 1)
        assert "企业微信：22项还没有送到（机器人没有接收（errcode 93000）），" in again.stderr
        monkeypatch.delenv("TONGBAO_NOTICE_WECOM")
        assert run("notices", "--deliver").exit_code == 0, "no channel, no problem"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "磁盘读写出错（磁盘空间不足）"),
        (ZeroDivisionError("x"), "程序出错，错误编号 "),
    ],
)
def test_whatever_goes_wrong_with_notices_a_rollback_is_done(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def broken(**_: object) -> None:
        raise error

    monkeypatch.setattr("lib.cli.notices.run_round", broken)
    back = run("rollback", "R0001", "--by", "值班岗", "--note", "有误")
    assert back.exit_code == 0
    assert said in back.stderr
    assert "No space" not in back.stderr


def test_a_publish_does_not_wait_long_for_who_is_delivering(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lib.cli.notices.pass_on.__defaults__", (0.1,))
    with robot() as there, notice_folder().delivering():
        monkeypatch.setenv("TONGBAO_NOTICE_WECOM", there.url)
        back = run("rollback", "R0001", "--by", "值班岗", "--note", "有误")
        assert (back.exit_code, there.asked) == (0, 0)
        assert "提醒正由另一个程序处理" in back.stderr
