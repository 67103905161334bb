"""The channels that are set: nothing leaves this machine by any other, and none is set by itself."""

from __future__ import annotations

from typing import Protocol

from lib.notices.mail import Mail
from lib.notices.message import Message
from lib.notices.robots import DingTalk, WeCom
from lib.settings.notices import Endpoints


class Channel(Protocol):
    """One way out. most: bytes (UTF-8) that the text of a message may have."""

    @property
    def id(self) -> str:
        """What records call it."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def most(self) -> int:
        """Bytes that the text of a message may have."""

    def text(self, message: Message) -> str:
        """What of a message counts against `most`."""

    def send(self, message: Message) -> str:
        """Deliver a message; who of the receivers was refused, "" where nobody. Raises DeliveryError."""


NAMES = {channel.id: channel.name for channel in (WeCom, DingTalk, Mail)}


def channels(endpoints: Endpoints) -> tuple[Channel, ...]:
    """The channels of these endpoints, in a fixed order; none where nothing is set."""
    found: list[Channel] = []
    if endpoints.wecom:
        found.append(WeCom(endpoints.wecom))
    if endpoints.dingtalk:
        found.append(DingTalk(endpoints.dingtalk, endpoints.dingtalk_secret))
    if endpoints.mail:
        found.append(Mail(endpoints.mail, endpoints.sender, endpoints.receivers))
    return tuple(found)
