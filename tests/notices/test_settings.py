"""Where notices go is checked at start; what is secret is repeated nowhere."""

from __future__ import annotations

import datetime as dt

import pytest

from lib.settings import wrong_settings
from lib.settings.notices import Endpoints, MailServer, endpoints

SOUND = {
    "TONGBAO_NOTICE_WECOM": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx",
    "TONGBAO_NOTICE_DINGTALK": "http://10.0.0.8:8080/robot/send?access_token=abc",
    "TONGBAO_NOTICE_DINGTALK_SECRET": "SECabc",
    "TONGBAO_NOTICE_SMTP": "smtps://tongbao%40example.gov.cn:p%2Fw%40@mail.example.gov.cn",
    "TONGBAO_NOTICE_MAIL_FROM": "tongbao@example.gov.cn",
    "TONGBAO_NOTICE_MAIL_TO": "a@example.gov.cn, b@example.gov.cn,",
    "TONGBAO_NOTICE_LINK": "https://tb.example.gov.cn/tongbao",
    "TONGBAO_NOTICE_AGAIN": "0.5",
}


def test_what_is_set_right_is_taken() -> None:
    assert wrong_settings(SOUND) == []
    assert endpoints(SOUND) == Endpoints(
        wecom=SOUND["TONGBAO_NOTICE_WECOM"], dingtalk=SOUND["TONGBAO_NOTICE_DINGTALK"],
        dingtalk_secret="SECabc",
        mail=MailServer("mail.example.gov.cn", 465, True, "tongbao@example.gov.cn", "p/w@"),
        sender="tongbao@example.gov.cn", receivers=("a@example.gov.cn", "b@example.gov.cn"),
        link="https://tb.example.gov.cn/tongbao/", again=dt.timedelta(hours=12),
    )  # fmt: skip
    for hidden in ("693a91f6", "access_token", "SECabc", "p/w@"):
        assert hidden not in repr(endpoints(SOUND))


def test_unset_nothing_goes_anywhere() -> None:
    assert endpoints({}) == Endpoints()
    assert Endpoints().again == dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WECOM", "", "应为机器人的完整地址"),
        ("WECOM", "geheim-693a91f6", "应为机器人的完整地址"),
        ("WECOM", "file:///geheim", "应为机器人的完整地址"),
        ("WECOM", "https://user:geheim@qyapi.example/send", "应为机器人的完整地址"),
        ("WECOM", "https://qyapi.example/send?key=geheim x", "应为机器人的完整地址"),
        ("WECOM", "http://qyapi.example/send?key=geheim", "密钥会明文发出"),
        ("WECOM", "http://8.8.8.8/send?key=geheim", "密钥会明文发出"),
        (
            "DINGTALK",
            "https://oapi.example:99999/robot?access_token=geheim",
            "应为机器人的完整地址",
        ),
        ("DINGTALK_SECRET", "  ", "应为机器人“加签”的密钥"),
        ("SMTP", "mail.example.gov.cn", "应为 smtps://"),
        ("SMTP", "imap://mail.example.gov.cn", "应为 smtps://"),
        ("SMTP", "smtp://mail.example.gov.cn/geheim", "应为 smtps://"),
        ("SMTP", "smtp://u:geheim@mail.example.gov.cn:x", "应为 smtps://"),
        ("SMTP", "smtp://user@mail.example.gov.cn", "账号和密码应同时写"),
        ("SMTP", "smtp://:geheim@mail.example.gov.cn", "账号和密码应同时写"),
        ("WECOM", "https://qyapi.example/send?key=geheim密", "里有中文或全角字符"),
        ("SMTP", "smtps://u:geheim%E5%AF%86@mail.example.gov.cn", "里有中文或全角字符"),
        ("MAIL_FROM", "a@example.gov.cn, b@example.gov.cn", "应为一个邮箱地址"),
        ("MAIL_TO", "张三 <a@example.gov.cn>", "应为邮箱地址"),
        ("MAIL_TO", "a@example.gov.cn\nBcc: b@example.gov.cn", "应为邮箱地址"),
        ("MAIL_TO", ",", "应为邮箱地址"),
        ("LINK", "tb.example.gov.cn", "应为大家打开通报台的网址"),
        ("LINK", "javascript:alert(1)", "应为大家打开通报台的网址"),
        ("LINK", "https://tb.example.gov.cn/?release=R0001", "不带 ? 和 #"),
        ("AGAIN", "0", "应为大于0、不超过366的天数，现在是“0”"),
        ("AGAIN", "nan", "应为大于0"),
        ("AGAIN", "每周", "现在是“每周”"),
    ],
)
def test_what_is_set_wrong_is_said_without_repeating_a_secret(
    name: str, value: str, said: str
) -> None:
    setting = f"TONGBAO_NOTICE_{name}"
    [sentence] = wrong_settings(SOUND | {setting: value})
    assert sentence.startswith(setting)
    assert said in sentence
    assert "geheim" not in sentence


@pytest.mark.parametrize(
    ("name", "lacking"),
    [
        ("DINGTALK_SECRET", "TONGBAO_NOTICE_DINGTALK"),
        ("SMTP", "TONGBAO_NOTICE_MAIL_FROM、TONGBAO_NOTICE_MAIL_TO"),
        ("MAIL_FROM", "TONGBAO_NOTICE_SMTP"),
        ("MAIL_TO", "TONGBAO_NOTICE_SMTP"),
    ],
)
def test_half_a_channel_is_said(name: str, lacking: str) -> None:
    setting = f"TONGBAO_NOTICE_{name}"
    assert wrong_settings({setting: SOUND[setting]}) == [f"设了 {setting}，还要设 {lacking}"]
