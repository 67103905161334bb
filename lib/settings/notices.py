"""Where notices are sent, as somebody wrote it in settings: read, and what is wrong with it.

Such addresses hold keys and passwords: no sentence of this file repeats one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from lib.settings.lists import parts

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_UNFIT = re.compile(r"[\s<>()\[\]\"'\\|\x00-\x1f\x7f]")
_PORTS = {"smtp": 587, "smtps": 465}
_AGAIN = "7"  # days

# A setting > those that say nothing without it, or without which it says nothing.
TOGETHER = {
    "TONGBAO_NOTICE_DINGTALK_SECRET": ("TONGBAO_NOTICE_DINGTALK",),
    "TONGBAO_NOTICE_SMTP": ("TONGBAO_NOTICE_MAIL_FROM", "TONGBAO_NOTICE_MAIL_TO"),
    "TONGBAO_NOTICE_MAIL_FROM": ("TONGBAO_NOTICE_SMTP",),
    "TONGBAO_NOTICE_MAIL_TO": ("TONGBAO_NOTICE_SMTP",),
}


@dataclass(frozen=True)
class MailServer:
    """Who takes mail. secure: TLS from the first byte, else STARTTLS where it is offered."""

    host: str
    port: int
    secure: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Endpoints:
    """Everywhere notices go; "" or None where they do not. Addresses and secrets are not printed.

    link:  the address people open the app under, with a slash at its end; "" where messages have no links
    again: how long after it was told a notice that still stands, and that nobody knows of, is told again
    """

    wecom: str = field(default="", repr=False)
    dingtalk: str = field(default="", repr=False)
    dingtalk_secret: str = field(default="", repr=False)
    mail: MailServer | None = None
    sender: str = ""
    receivers: tuple[str, ...] = ()
    link: str = ""
    again: dt.timedelta = dt.timedelta(days=float(_AGAIN))


def endpoints(settings: Mapping[str, str]) -> Endpoints:
    """The endpoints of settings with nothing wrong."""

    def of(name: str, otherwise: str = "") -> str:
        return settings.get(f"TONGBAO_NOTICE_{name}", otherwise)

    return Endpoints(
        wecom=of("WECOM"),
        dingtalk=of("DINGTALK"),
        dingtalk_secret=of("DINGTALK_SECRET").strip(),
        mail=_mail_server(of("SMTP")) if of("SMTP") else None,
        sender=of("MAIL_FROM").strip(),
        receivers=tuple(parts(of("MAIL_TO"))),
        link=f"{of('LINK').rstrip('/')}/" if of("LINK") else "",
        again=dt.timedelta(days=float(of("AGAIN", _AGAIN))),
    )


def wrong_days(value: str) -> str:
    """What is wrong with a number of days, "" where nothing is."""
    try:
        good = 0 < float(value) <= 366
    except ValueError:
        good = False
    return "" if good else f"应为大于0、不超过366的天数，现在是“{value}”"


def wrong_webhook(value: str) -> str:
    """What is wrong with a robot's address, "" where nothing is."""
    found = _split(value)
    if found is None or found.scheme not in ("https", "http") or found.username is not None:
        return "应为机器人的完整地址，以 https:// 开头"
    if not value.isascii():
        return "里有中文或全角字符，请从机器人的设置里重新复制"
    if found.scheme == "http" and not _is_inside(found.hostname or ""):
        return "应以 https:// 开头；http:// 只能用于本机或内网IP，否则密钥会明文发出"
    return ""


def wrong_secret(value: str) -> str:
    """What is wrong with a robot's secret, "" where nothing is."""
    return "" if value.strip() else "应为机器人“加签”的密钥，现在是空的"


def wrong_mail_server(value: str) -> str:
    """What is wrong with a mail server's address, "" where nothing is."""
    found = _split(value)
    if found is None or found.scheme not in _PORTS or found.path.strip("/") or found.query:
        return "应为 smtps://账号:密码@主机:端口，或 smtp://（先连接后加密）；账号密码里的特殊字符写成 %40 的样子"
    if not unquote(f"{found.username or ''}{found.password or ''}").isascii():
        return "的账号或密码里有中文或全角字符，邮件服务器不能接受"
    return "" if bool(found.username) == bool(found.password) else "账号和密码应同时写，或都不写"


def wrong_mail_address(value: str) -> str:
    """What is wrong with one mail address, "" where nothing is."""
    return "" if _MAIL.fullmatch(value.strip()) else "应为一个邮箱地址"


def wrong_mail_addresses(value: str) -> str:
    """What is wrong with mail addresses with commas, "" where nothing is."""
    found = parts(value)
    return "" if found and all(map(_MAIL.fullmatch, found)) else "应为邮箱地址，几个之间用逗号隔开"


def wrong_link(value: str) -> str:
    """What is wrong with the address people open the app under, "" where nothing is."""
    found = _split(value)
    if found is None or found.scheme not in ("https", "http") or found.username is not None:
        return "应为大家打开通报台的网址，如 https://tb.example.gov.cn/"
    return "应只写到网址的路径，不带 ? 和 #" if found.query or found.fragment else ""


def _mail_server(value: str) -> MailServer:
    found = urlsplit(value)
    return MailServer(
        found.hostname or "", found.port or _PORTS[found.scheme], found.scheme == "smtps",
        unquote(found.username or ""), unquote(found.password or ""),
    )  # fmt: skip


def _split(value: str) -> SplitResult | None:
    """An address with a host and, if any, a sensible port; None where it is none."""
    if _UNFIT.search(value):
        return None
    try:
        found = urlsplit(value)
        fit = bool(found.hostname) and (found.port is None or found.port > 0)
    except ValueError:
        return None
    return found if fit else None


def _is_inside(host: str) -> bool:
    """Whether a host is this machine or an address that is not on the internet."""
    if host == "localhost":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_private
