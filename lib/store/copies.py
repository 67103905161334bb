"""A lake that follows another one is a copy: its releases come from there, and nobody writes here.

`<lake>/COPY` says so, and by its time when it was last up to date. Who makes the copy the place to publish (the other one is lost, say) removes it.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from lib.clock import CHINA
from lib.store.durable import put_bytes

NAME = "COPY"


@dataclass(frozen=True)
class Copy:
    """Which address a lake follows, and when (Beijing time) it last had all that is there."""

    source: str
    looked: dt.datetime


def copied(lake: Path) -> Copy | None:
    """What a lake is a copy of; None where it is a lake of its own."""
    path = lake / NAME
    try:
        source = path.read_text(encoding="utf-8").strip()
        return Copy(source, dt.datetime.fromtimestamp(path.stat().st_mtime, CHINA))
    except FileNotFoundError:
        return None


def refusal(lake: Path) -> str:
    """Why nothing can be published here, as a sentence without its full stop; "" where it can."""
    copy = copied(lake)
    if copy is None:
        return ""
    return (
        f"这里的数据是从 {copy.source} 取来的副本（最近一次取数：{copy.looked:%Y-%m-%d %H:%M}），只供查看；"
        "请到发布数据的那台服务器上操作"
    )


def is_copy(lake: Path) -> bool:
    """Whether a lake follows another one."""
    return (lake / NAME).exists()


def mark(lake: Path, source: str) -> None:
    """Note down that a lake follows one at this address. Raises OSError."""
    put_bytes(lake / NAME, f"{source}\n".encode())


def looked(lake: Path) -> None:
    """All that the other lake has is here, as of now. Raises OSError."""
    os.utime(lake / NAME)
