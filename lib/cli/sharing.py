"""Commands for many servers over one lake: share releases over an object store, follow them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

import typer

from lib.access.roles import MACHINE
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.cli.common import cli, fail
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.objects import ObjectStore, ObjectStoreError
from lib.store.sharing import Moved, SharingError
from lib.store.sharing import follow as follow_releases
from lib.store.sharing import share as share_releases

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="对象存储的地址，如 s3://桶/文件夹?endpoint_override=主机:端口；密钥取自环境变量 AWS_ACCESS_KEY_ID 等。",
    ),
]
Every = Annotated[
    float | None, typer.Option(help="每隔多少秒再来一次，直到停止；默认只做一次。", min=1)
]


@cli.command()
def share(address: Address, every: Every = None) -> None:
    """把已发布的版本送到对象存储，供别的服务器用 follow 取用。

    只送那里没有的；一个版本要么整个可见，要么不可见。在发布数据的那台服务器上运行。
    """
    _repeat(
        address, "已送出", Noted.EXPORT,
        lambda store, moved: share_releases(Lake(lake_dir()), store, moved), every,
    )  # fmt: skip


@cli.command()
def follow(address: Address, every: Every = None) -> None:
    """从对象存储取来 share 送出的版本，逐个文件核对指纹。

    只取到空的数据文件夹，或已是副本的；它只供查看，不能发布。正在运行的应用随即看到新版本。
    """
    _repeat(
        address, "已取来", Noted.SETTINGS,
        lambda store, moved: follow_releases(store, Lake(lake_dir()), moved), every,
    )  # fmt: skip


def _repeat(
    address: str,
    done: str,
    noted: Noted,
    move: Callable[[ObjectStore, Moved], None],
    every: float | None,
) -> None:
    """Once, where what is wrong ends it; or until it is stopped, where it is told and tried again."""
    try:
        store = ObjectStore(address)
    except ObjectStoreError as error:
        fail(str(error))
    while True:
        moved, wrong = Moved(), ""
        try:
            move(store, moved)
        except SharingError as error:
            wrong = str(error)
        _tell(done, noted, store.shown, moved, is_first=every is None and not wrong)
        if every is None:
            if wrong:
                fail(wrong)
            return
        if wrong:
            typer.echo(f"错误：{wrong}。", err=True)
        time.sleep(every)


def _tell(done: str, noted: Noted, where: str, moved: Moved, *, is_first: bool) -> None:
    if moved.files:
        what = f"{done} {'、'.join(moved.releases) or '缺的文件和意见'}"
        record(noted, who=MACHINE, what=f"{what}（{where}）")
        typer.echo(f"{what}\t{moved.files}个文件\t{moved.size / 1e6:.1f} MB")
    elif is_first:
        typer.echo("没有新的版本")
