"""The form a lake is written in. A program that knows only older forms leaves a newer one alone."""

from __future__ import annotations

import re
from pathlib import Path

from lib.disk_errors import trouble
from lib.store.durable import put_bytes

FORM = 1  # one more with every change that an older program would misread
NAME = "FORM"
_NUMBER = re.compile("[0-9]{1,9}")


def too_new(lake: Path) -> str:
    """Why this program must not touch a lake, as a sentence without its full stop; "" where it may."""
    try:
        said = (lake / NAME).read_bytes()
    except FileNotFoundError:
        return ""  # no lake, or one from before forms were counted
    except OSError as error:
        return f"读不了数据文件夹“{lake.parent}”里的 FORM（{trouble(error)}），请检查磁盘和读写权限"
    return too_new_form(said, f"数据文件夹“{lake.parent}”")


def too_new_form(content: bytes, where: str) -> str:
    """The same of what FORM holds, with where it was found."""
    said = content.decode("ascii", errors="replace").strip()
    if not _NUMBER.fullmatch(said):
        return f"{where}里的 FORM 损坏，看不出数据的格式，请从备份恢复"
    if int(said) <= FORM:
        return ""
    return (
        f"{where}由更新版本的程序写过（格式 {said}，这个程序认到格式 {FORM}）。"
        "请改用新版本的程序，或用升级前的备份恢复"
    )


def note_form(lake: Path) -> None:
    """Write down which form a lake is in from here on. Raises OSError."""
    said = f"{FORM}\n".encode()
    path = lake / NAME
    if not path.exists() or path.read_bytes() != said:
        put_bytes(path, said)
