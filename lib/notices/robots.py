"""Group robots: 企业微信 and 钉钉, each by its own rules for a message.

Both take Markdown as JSON and answer `errcode` 0 where they took it. 企业微信: 4096 bytes a message;
钉钉: 20000, and a signature where the robot is set to 加签. Both refuse more than 20 messages a minute.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import unquote_plus, urlencode, urlsplit

from lib.notices.message import Message, as_markdown, inert
from lib.notices.posting import SECONDS, DeliveryError, post

_BUSY = frozenset({-1, 45009, 45033, 130101, 410100})  # too many messages, or the system is busy
_REASON = 80  # characters of a refusal
_SHORTEST = 8  # characters of what may be secret in a path


@dataclass(frozen=True)
class WeCom:
    """A robot of a 企业微信 group. address: with its key"""

    id: ClassVar[str] = "wecom"
    name: ClassVar[str] = "企业微信"
    most: ClassVar[int] = 4096
    address: str = field(repr=False)
    seconds: float = SECONDS

    def text(self, message: Message) -> str:
        """What of a message counts against `most`."""
        return as_markdown(message)

    def send(self, message: Message) -> str:
        """Deliver a message: to all of the group. Raises DeliveryError."""
        document = {"msgtype": "markdown", "markdown": {"content": self.text(message)}}
        _check(post(self.address, document, self.seconds), self.address)
        return ""


@dataclass(frozen=True)
class DingTalk:
    """A robot of a 钉钉 group. address: with its token;  secret: "" where it is not signed"""

    id: ClassVar[str] = "dingtalk"
    name: ClassVar[str] = "钉钉"
    most: ClassVar[int] = 18_000  # what stands round the text counts, too
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)
    seconds: float = SECONDS
    clock: Callable[[], float] = time.time

    def text(self, message: Message) -> str:
        """What of a message counts against `most`."""
        return as_markdown(message)

    def send(self, message: Message) -> str:
        """Deliver a message: to all of the group. Raises DeliveryError."""
        content = {"title": message.title, "text": self.text(message)}
        document = {"msgtype": "markdown", "markdown": content}
        _check(post(self._signed(), document, self.seconds), self.address, self.secret)
        return ""

    def _signed(self) -> str:
        if not self.secret:
            return self.address
        stamp = str(round(self.clock() * 1000))
        signed = hmac.new(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256)
        sign = base64.b64encode(signed.digest()).decode()
        joint = "&" if urlsplit(self.address).query else "?"
        return f"{self.address}{joint}{urlencode({'timestamp': stamp, 'sign': sign})}"


def _check(answer: Mapping[str, Any], address: str, secret: str = "") -> None:
    """Raise DeliveryError where a robot did not take a message."""
    code = answer.get("errcode")
    if code == 0 and not isinstance(code, bool):
        return
    if not isinstance(code, int):
        raise DeliveryError("对方的答复里没有 errcode，请核对地址")
    said = str(answer.get("errmsg", ""))
    for hidden in _secrets(address, secret):
        said = said.replace(hidden, "…")
    reason = inert(said)[:_REASON]
    raise DeliveryError(
        f"机器人没有接收（errcode {code}{f'：{reason}' if reason else ''}）", passing=code in _BUSY
    )


def _secrets(address: str, secret: str) -> list[str]:
    """What of an address may be one, as it is written and as it is meant; the longest first."""
    found = urlsplit(address)
    values = {secret, *(part.partition("=")[2] for part in found.query.split("&"))}
    values |= {part for part in found.path.split("/") if len(part) >= _SHORTEST}
    return sorted({*values, *map(unquote_plus, values)} - {""}, key=len, reverse=True)
