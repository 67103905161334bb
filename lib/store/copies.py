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
    """Which address a lake follows, and when (Beijing time) it last had all that is there, if it ever had."""

    source: str
    looked: dt.datetime | None


def copied(lake: Path) -> Copy | None:
    """What a lake is a copy of; None where it is a lake of its own."""
    path = lake / NAME
    try:
        source = path.read_text(encoding="utf-8").strip()
        time = path.stat().st_mtime
    except FileNotFoundError:
        return None
    return Copy(source, dt.datetime.fromtimestamp(time, CHINA) if time else None)


def refusal(lake: Path) -> str:
    """Why nothing can be published here, as a sentence without its full stop; "" where it can."""
    copy = copied(lake)
    if copy is None:
        return ""
    last = f"最近一次取数：{copy.looked:%Y-%m-%d %H:%M}" if copy.looked else "还没有取全"
    return (
        f"这里的数据是从 {copy.source} 取来的副本（{last}），只供查看；"
        "请到发布数据的那台服务器上操作"
    )


def nothing_yet(lake: Path) -> str:
    """What is said where there is no release at all: who can change that, and how."""
    copy = copied(lake)
    command = f"follow {copy.source}" if copy else "seed"
    return f"还没有任何数据版本，请在服务器上运行 python -m lib {command}。"


def is_copy(lake: Path) -> bool:
    """Whether a lake follows another one."""
    return (lake / NAME).exists()


def mark(lake: Path, source: str) -> None:
    """Note down that a lake follows one at this address, and has not all of it yet. Raises OSError."""
    put_bytes(lake / NAME, f"{source}\n".encode())
    os.utime(lake / NAME, (0, 0))


def looked(lake: Path) -> None:
    """All that the other lake has is here, as of now. Raises OSError."""
    os.utime(lake / NAME)
