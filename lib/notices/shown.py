"""Records as people read them: since when, who knows, where delivered and why not elsewhere."""

from __future__ import annotations

import datetime as dt

from lib.clock import CHINA
from lib.insight.wording import MISSING
from lib.notices.channels import NAMES
from lib.notices.record import Record


def when(moment: dt.datetime | None) -> str:
    """A moment, Beijing time."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}" if moment else MISSING


def delivered(record: Record) -> str:
    """企业微信、邮件（1个收件人被拒）；钉钉没有收到：10秒内没有答复（第2次）."""
    told = "、".join(
        NAMES.get(channel, channel) + (f"（{one.remark}）" if one.remark else "")
        for channel, one in record.told.items()
    )
    failed = [
        f"{NAMES.get(channel, channel)}没有收到：{one.why}（第{one.tries}次）"
        for channel, one in record.trouble.items()
    ]
    return "；".join(filter(None, (told, *failed))) or MISSING


def known(record: Record) -> str:
    """Who knows of it, and since when."""
    return f"{record.known.by} {when(record.known.at)}" if record.known else MISSING
