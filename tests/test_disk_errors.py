"""What a disk says is Chinese, and never a bare number where there is a word for it."""

from __future__ import annotations

import errno
import os
import re

import pytest

from lib.disk_errors import trouble


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘空间不足"), (errno.EACCES, "没有权限"), (errno.EROFS, "磁盘只读"),
        (errno.EDOM, f"系统错误 {errno.EDOM}"), (0, "原因不明"),
    ],
)  # fmt: skip
def test_a_trouble_is_said_in_chinese(number: int, said: str) -> None:
    assert trouble(OSError(number, os.strerror(number))) == said


def test_nothing_of_the_system_s_own_words_is_said() -> None:
    for number in errno.errorcode:
        assert not re.search("[A-Za-z]", trouble(OSError(number, os.strerror(number), "/a/path")))
