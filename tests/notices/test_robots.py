"""Messages to a robot that really listens: their form, their size, and what they say."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lib.notices.channels import channels
from lib.notices.delivery import Outcome
from lib.notices.mail import Mail
from lib.notices.message import inert, item_of, messages
from lib.notices.robots import DingTalk, WeCom
from lib.settings.notices import Endpoints, MailServer
from tests.notices.scene import NOW, Clock, Robot, record, robot
from tests.notices.told import KEY, SECRET, kept, message, sent


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
            "content": "**通报台提醒：新增1项**\n\n2022年上半年，版本 R0001\n\n"
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
        ("一\u2028二\u2029三", "一二三"),
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


def test_each_line_says_its_period_and_release_where_they_differ() -> None:
    both = message(record(), record("health", period="2022H2", release="R0002"))
    for way in (WeCom(""), Mail(MailServer("mail.example", 25, False), "", ())):
        lines = way.text(both).split("\n")
        assert lines[2].endswith("（多于0件即提醒）。（2022年上半年，版本 R0001）")
        assert lines[3].endswith("（多于0件即提醒）。（2022年下半年，版本 R0002）")
        assert way.text(message(record())).split("\n")[2] == "2022年上半年，版本 R0001"


def test_what_is_told_again_before_a_day_is_over_says_so() -> None:
    told = item_of(record(), "仍在", NOW + dt.timedelta(hours=12), "")
    assert told.words.endswith("。还不到1天，还没有人标为知悉。")
