"""Every way a robot can fail to take a message: said, noted, tried again, and never lost."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.notices.delivery import Outcome, deliver
from lib.notices.folder import Folder
from lib.notices.posting import DeliveryError, reason
from lib.notices.record import Record
from lib.notices.robots import DingTalk, WeCom, _check
from lib.settings.notices import Endpoints
from tests.notices.scene import CUT, HANG, OK, Clock, record, robot, waited_for
from tests.notices.told import KEY, SECRET, kept, message, sent

PATIENCE = 20  # seconds, for whoever does answer
FAILURES = {
    "500": ((500, b"oops"), "对方答复 500", True),
    "429": ((429, b""), "对方答复 429", True),
    "404": ((404, b""), "对方答复 404", False),
    "cut": (CUT, "没有连上或连接断开（对方断开了连接）", True),
    "hang": (HANG, "0.3秒内没有答复", True),
    "redirect": ((302, b"http://127.0.0.1:9/"), "对方要求转到别的地址（302），没有跟随", False),
    "page": ((200, b"<html>login</html>"), "对方的答复不是 JSON，请核对地址", False),
    "list": ((200, b"[]"), "对方的答复不是 JSON，请核对地址", False),
    "no code": ((200, b"{}"), "对方的答复里没有 errcode，请核对地址", False),
    "false": ((200, b'{"errcode":false}'), "机器人没有接收（errcode False）", False),
    "refused": (
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url, key=geheim-693a91f6 SEC-geheim-4711"}'),
        "机器人没有接收（errcode 93000：invalid webhook url, key=… …）", False,
    ),
    "too many": ((200, b'{"errcode":45009,"errmsg":"freq"}'), "机器人没有接收（errcode 45009：freq）", True),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILURES)
def test_what_goes_wrong_is_said_noted_and_tried_again(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    answer, why, passing = FAILURES[name]
    clock = Clock()
    patience = 0.3 if answer is HANG else PATIENCE
    with robot(answer) as there:
        folder = kept(tmp_path, [record(), record("health")])
        way = DingTalk(there.url, SECRET, seconds=patience)
        outcome = sent(folder, [way], clock, pauses=())
        waited_for(lambda: there.asked)
        assert outcome == Outcome(problems=(f"钉钉：{why}",))
        held = folder.all()
        assert [one.told for one in held] == [{}, {}], "never lost"
        assert {one.trouble["dingtalk"].why for one in held} == {why}
        way = DingTalk(there.url, SECRET, seconds=PATIENCE)
        assert sent(folder, [way], clock) == Outcome(), "not before its time"
        clock.later(minutes=5)
        assert sent(folder, [way], clock) == Outcome(told=2)
        assert (there.asked, len(there.lines("新增"))) == (2, 2)
        assert [one.trouble for one in folder.all()] == [{}, {}]
    said = capfd.readouterr()
    assert why.partition("（")[0] in said.err, "the log has it"
    for hidden in (KEY, SECRET, "sign="):
        assert hidden not in said.err + said.out + str(outcome) + str(way)
    with pytest.raises(DeliveryError) as raised, robot(answer) as there:
        DingTalk(there.url, SECRET, seconds=patience).send(message(record()))
    assert raised.value.passing is passing


def test_what_may_pass_is_tried_three_times_with_longer_pauses(tmp_path: Path) -> None:
    clock = Clock()
    with robot((503, b""), CUT) as there:
        folder = kept(tmp_path, [record()])
        assert sent(folder, [WeCom(there.url)], clock) == Outcome(told=1)
        assert (there.asked, clock.paused, len(there.received)) == (3, [1, 4], 1)


def test_what_is_refused_is_not_tried_again_at_once(tmp_path: Path) -> None:
    clock = Clock()
    with robot((200, b'{"errcode":93000}')) as there:
        folder = kept(tmp_path, [record()])
        assert sent(folder, [WeCom(there.url)], clock).told == 0
        assert (there.asked, clock.paused) == (1, [])


def test_the_wait_grows_to_six_hours(tmp_path: Path) -> None:
    clock = Clock()
    folder = kept(tmp_path, [record()])
    waits = []
    with robot(*[(404, b"")] * 9) as there:
        for _ in range(9):
            sent(folder, [WeCom(there.url)], clock, pauses=())
            trouble = folder.all()[0].trouble["wecom"]
            waits.append((trouble.again_at - clock.now).total_seconds() / 60)
            clock.now = trouble.again_at
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360]


def test_where_nobody_listens_the_other_channels_are_told_all_the_same(tmp_path: Path) -> None:
    with robot() as there, robot() as gone:
        closed = gone.url
    with robot() as there:
        folder = kept(tmp_path, [record()])
        outcome = sent(folder, [WeCom(closed), DingTalk(there.url)], Clock(), pauses=())
        assert outcome.told == 1
        assert outcome.problems == ("企业微信：没有连上或连接断开（对方拒绝连接）",)
        [held] = folder.all()
        assert (set(held.told), set(held.trouble)) == ({"dingtalk"}, {"wecom"})


def test_one_part_that_is_refused_holds_up_no_other(tmp_path: Path) -> None:
    many = [record(f"place{n:03}", sentence=f"第{n:03}个" + "数" * 190) for n in range(20)]
    with robot(OK, (200, b'{"errcode":40058}')) as there:
        folder = kept(tmp_path, many)
        outcome = sent(folder, [WeCom(there.url)], Clock(), pauses=())
        assert outcome.problems == ("企业微信：机器人没有接收（errcode 40058）",)
        failed = [one for one in folder.all() if one.trouble]
        assert 0 < len(failed) < 10
        assert outcome.told == len(there.lines("新增")) == 20 - len(failed)


def test_a_redirect_leads_nowhere(tmp_path: Path) -> None:
    with robot() as other, robot((307, other.url.encode())) as there:
        sent(kept(tmp_path, [record()]), [WeCom(there.url)], Clock(), pauses=())
        assert (there.asked, other.asked) == (1, 0)


def test_no_proxy_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with robot() as proxy, robot() as there:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert sent(kept(tmp_path, [record()]), [WeCom(there.url)], Clock()).told == 1
        assert (there.asked, proxy.asked) == (1, 0)


def test_once_it_is_time_to_stop_nothing_more_is_tried_or_sent(tmp_path: Path) -> None:
    with robot((503, b"")) as there:
        folder = kept(tmp_path, [record()])
        ways = [WeCom(there.url), DingTalk(there.url)]
        stops = iter([False, True, True])
        deliver(folder, ways, Endpoints(), Clock(), lambda _: next(stops))
        assert there.asked == 1
        assert set(folder.all()[0].trouble) == {"wecom"}, "the other was not even begun"


def test_an_outcome_that_cannot_be_noted_is_tried_again_and_holds_up_no_other_channel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    update, refused = Folder.update, list[str]()

    def full(self: Folder, key: str, change: Callable[[Record], Record]) -> Record | None:
        if "wecom" in change(record()).told and len(refused) < times:
            refused.append(key)
            raise OSError(28, "No space left on device")
        return update(self, key, change)

    monkeypatch.setattr(Folder, "update", full)
    for times, told, problems in ((2, {"wecom", "dingtalk"}, 0), (99, {"dingtalk"}, 1)):
        refused.clear()
        with robot() as there:
            folder = kept(tmp_path / str(times), [record()])
            ways = [WeCom(there.url), DingTalk(there.url)]
            outcome = sent(folder, ways, Clock())
            assert (outcome.told, len(outcome.problems)) == (2, problems)
            assert set(folder.all()[0].told) == told
    assert "投递结果没有记下" in outcome.problems[0]
    assert "notices not noted" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "找不到这个主机"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), "加密连接没有建立"),
        (ConnectionResetError(104, "reset"), "连接断开"),
        (http.client.BadStatusLine("x"), "对方的答复不合规范"),
        (OSError(113, "No route to host"), "网络出错"),
    ],
)
def test_why_nobody_was_reached_is_said_in_chinese(error: Exception, said: str) -> None:
    assert reason(error) == said


def test_what_of_an_address_may_be_secret_is_hidden_however_it_is_written() -> None:
    answer = {"errcode": 1, "errmsg": "no hook T0K3N-4711 for p%2Fw and p/w, see send"}
    with pytest.raises(DeliveryError) as raised:
        _check(answer, "https://qyapi.example/hook/send/T0K3N-4711?key=p%2Fw")
    assert str(raised.value) == "机器人没有接收（errcode 1：no hook … for … and …, see send）"
