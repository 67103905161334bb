"""The command line is for whoever owns the data folder on this machine."""

from __future__ import annotations

import os
from pathlib import Path

from lib.access.roles import DeniedError


def check_owner(folder: Path) -> None:
    """Raise DeniedError where the data belong to another account of this machine."""
    if not hasattr(os, "getuid"):
        return
    try:
        owner: object = folder.stat().st_uid
    except FileNotFoundError:
        return
    except PermissionError:
        owner = "其他人"
    if os.getuid() not in (0, owner):
        raise DeniedError(
            f"数据文件夹 {folder} 属于本机账号 {owner}，当前账号 {os.getuid()} 不能使用命令行。"
            "请换到那个账号，或请管理员办理。"
        )
