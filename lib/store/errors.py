"""What can be wrong with a publish, as sentences for the person publishing."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
from deltalake.exceptions import DeltaError
from filelock import Timeout

from lib.disk_errors import trouble

if TYPE_CHECKING:
    from lib.store.release import Release

_AGAIN = "是否已发布以“快照版本”页为准，可以再次发布：已在线上的内容不会重复"


class PublishError(ValueError):
    """A publish that was refused; the message is a Chinese sentence for the person publishing."""


class StaleProposalError(PublishError):
    """What the proposal changes was changed by another release since. `live` is the newest."""

    def __init__(self, message: str, live: Release) -> None:
        super().__init__(message)
        self.live = live


class DamagedError(PublishError):
    """A kept file whose content is no longer what its name says."""


def raised_by_library(error: BaseException) -> bool:
    """Whether it may be what a library makes of damaged bytes: any exception, or a Rust panic."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _detail(error: BaseException) -> str:
    """What a library says, for who looks after the server: its first words."""
    return f"{type(error).__name__} {str(error)[:120]}".strip()


@contextmanager
def told() -> Iterator[None]:
    """Turn what disks and libraries raise into a PublishError; the cause stays attached."""
    try:
        yield
    except Timeout as error:
        raise PublishError("另一次发布还没有结束，请稍后再试") from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "磁盘空间不足，请先腾出空间" if full else f"磁盘读写出错（{trouble(error)}）"
        raise PublishError(f"没有确认写完：{why}。{_AGAIN}") from error
    except (DeltaError, pa.ArrowInvalid, ImportError) as error:
        raise PublishError(
            f"没有确认写完：数据文件夹读写出错，请告诉管理员（{_detail(error)}）。{_AGAIN}"
        ) from error
    except BaseException as error:
        if isinstance(error, Exception) or not raised_by_library(error):
            raise
        raise PublishError(
            f"没有确认写完：写入程序中断，请告诉管理员（{_detail(error)}）。{_AGAIN}"
        ) from error
