"""Messages to a robot that really listens: their form, their size, and every way it can go wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lib.endpoints import Endpoints
from lib.notices.channels import Channel, channels
from lib.notices.delivery import Outcome, deliver
from lib.notices.folder import Folder
from lib.notices.message import Message, inert, item_of, messages
from lib.notices.posting import DeliveryError
from lib.notices.record import Record
from lib.notices.robots import DingTalk, WeCom
from tests.notices.scene import CUT, HANG, NOW, OK, Clock, Robot, record, robot

SECRET = "SEC-geheim-4711"
KEY = "geheim-693a91f6"
EVERYONE = ("education", "health", "police", "water", "science", "industry")


def kept(folder: Path, records: Sequence[Record]) -> Folder:
    """A folder with these records."""
    made = Folder(folder / "notices")
    made.change(lambda _: list(records))
    return made


def sent(
    folder: Folder, ways: Sequence[Channel], clock: Clock, link: str = "", pauses: Sequence[float] = (1, 4)
) -> Outcome:  # fmt: skip
    return deliver(folder, ways, Endpoints(link=link), clock, clock.pause, pauses)


def message(*records: Record, base: str = "") -> Message:
    return Message(
        tuple(item_of(one, "新增", NOW, base) for one in records), base and f"{base}notices"
    )


def test_wecom_gets_markdown_with_a_link_to_the_figure(tmp_path: Path) -> None:
    with robot() as there:
        folder = kept(tmp_path, [record()])
        outcome = sent(folder, [WeCom(there.url)], Clock(), "https://tb.example.gov.cn/app/")
        assert outcome == Outcome(told=1)
        [(path, document)] = there.received
    assert path == f"/cgi-bin/webhook/send?key={KEY}"
    assert document == {
        "msgtype": "markdown",
        "markdown": {
            "content": "**通报台提醒：新增1项**\n\n"
            "- **新增｜关注** 市教育局网办超期件数1件（多于0件即提醒）。 "
            "[查看](https://tb.example.gov.cn/app/trace?of=overdue_count~education~2022H1&release=R0001&period=2022H1)"
            "\n\n[打开“提醒”页](https://tb.example.gov.cn/app/notices)"
        },
    }
    assert folder.all()[0].told["wecom"].what == "新增"


def test_dingtalk_is_signed_as_it_asks(tmp_path: Path) -> None:
    with robot() as there:
        way = DingTalk(there.url, SECRET, clock=lambda: 1_600_000_000.123)
        way.send(message(record()))
        DingTalk(there.url).send(message(record()))
        (path, document), (plain, _) = there.received
    asked = parse_qs(urlsplit(path).query)
    stamp = "1600000000123"
    digest = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert (asked["timestamp"], asked["sign"]) == ([stamp], [base64.b64encode(digest).decode()])
    assert asked["key"] == [KEY]
    assert document["msgtype"] == "markdown"
    assert document["markdown"]["title"] == "通报台提醒：新增1项"
    assert document["markdown"]["text"].startswith("**通报台提醒：新增1项**\n")
    assert "sign" not in plain


def test_made_up_figures_are_marked_in_title_and_line() -> None:
    shown = WeCom("").text(message(record(), record("health", made_up=True)))
    assert shown.startswith("**【演示数据】通报台提醒：新增2项**")
    assert shown.count("【演示数据】市教育局") == 1, "the line that is"
    assert "关注** 市教育局" in shown, "and not the other"


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("[点我](http://evil.example)", "［点我］（http：//evil.example）"),
        ("<@all> @all **粗** `x`", "＜＠all＞ ＠all ＊＊粗＊＊ ｀x｀"),
        ("# 题\n> 引\r\n", "＃ 题 ＞ 引 "),
        ("a\u202eb\u200bc\x00d\x1be", "abcde"),
        ("![图](data:x)", "！［图］（data:x）"),
        ("超期<font color=red>23</font>", "超期＜font color=red＞23＜/font＞"),
    ],
)
def test_nothing_in_a_name_is_markup(hostile: str, harmless: str) -> None:
    assert inert(hostile) == harmless
    shown = WeCom("").text(message(record(sentence=f"{hostile}。")))
    assert harmless in shown


@pytest.mark.parametrize("make", [WeCom, DingTalk])
def test_long_lists_go_in_parts_that_fit_and_nothing_is_left_out(
    tmp_path: Path, make: type[WeCom] | type[DingTalk]
) -> None:
    many = [record(f"place{n:03}", sentence=f"第{n:03}个" + "数" * 190) for n in range(45)]
    with robot() as there:
        folder = kept(tmp_path, many)
        assert sent(folder, [make(there.url)], Clock(), "https://tb.example.gov.cn/").told == 45
        texts = there.texts
    assert len(texts) > 1
    assert max(len(text.encode()) for text in texts) <= make.most
    for number, text in enumerate(texts, 1):
        assert f"（{number}/{len(texts)}）**" in text.split("\n")[0]
    lines = there.lines("新增")
    assert len(lines) == len(set(lines)) == 45


def test_the_most_pressing_comes_first() -> None:
    records = [record("a", severity="提示"), record("b", severity="重要"), record("c")]
    way = WeCom("")
    items = [item_of(one, "新增", NOW, "") for one in records]
    [one] = messages(items, "", way.most, way.text)
    places = [way.text(one).index(word) for word in ("｜重要", "｜关注", "｜提示")]
    assert places == sorted(places)


FAILURES = {
    "500": ((500, b"oops"), "对方答复 500", True),
    "429": ((429, b""), "对方答复 429", True),
    "404": ((404, b""), "对方答复 404", False),
    "cut": (CUT, "没有连上或连接断开（RemoteDisconnected）", True),
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
    with robot(answer) as there:
        folder = kept(tmp_path, [record(), record("health")])
        way = DingTalk(there.url, SECRET, seconds=0.3)
        outcome = sent(folder, [way], clock, pauses=())
        assert outcome == Outcome(problems=(f"钉钉：{why}",))
        held = folder.all()
        assert [one.told for one in held] == [{}, {}], "never lost"
        assert {one.trouble["dingtalk"].why for one in held} == {why}
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
        DingTalk(there.url, SECRET, seconds=0.3).send(message(record()))
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
        assert outcome.problems == ("企业微信：没有连上或连接断开（ConnectionRefusedError）",)
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


def test_nothing_is_set_by_itself() -> None:
    assert channels(Endpoints()) == ()
    there: Robot
    with robot() as there:
        found = channels(Endpoints(wecom=there.url, dingtalk=there.url, dingtalk_secret=SECRET))
    assert [(one.id, one.name) for one in found] == [("wecom", "企业微信"), ("dingtalk", "钉钉")]
    assert KEY not in repr(found)
    assert SECRET not in repr(found)


def test_an_end_and_what_goes_on_are_worded(tmp_path: Path) -> None:
    lasting = record().delivered("wecom", "新增", NOW)
    over = replace(
        record("health").delivered("wecom", "新增", NOW),
        ended="恢复",
        ended_at=NOW,
        last="市卫健委没有超期。",
    )
    clock = Clock()
    clock.later(days=8)
    with robot() as there:
        sent(kept(tmp_path, [lasting, over]), [WeCom(there.url)], clock)
        [text] = there.texts
    assert text.startswith("**通报台提醒：仍在1项、恢复1项**")
    assert (
        "**仍在｜关注** 市教育局网办超期件数1件（多于0件即提醒）。已8天，还没有人标为知悉。" in text
    )
    assert "**恢复｜关注** 部门出现网办超期：市卫健委没有超期。" in text
    assert json.dumps(text, ensure_ascii=True), "it is text"
