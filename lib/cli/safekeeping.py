"""Commands that keep the data safe: verify, back up, restore."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lib.access.roles import MACHINE
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.cli.common import JsonOption, cli, fail, print_json
from lib.settings import data_dir, lake_dir
from lib.store.backup import BackupError, Outcome, back_up
from lib.store.backup import restore as restore_backup
from lib.store.integrity import Damage, all_damage
from lib.store.lake import Lake


@cli.command()
def verify(as_json: JsonOption = False) -> None:
    """逐个版本核对数据文件、日志和原件的指纹。

    指出损坏的文件和受影响的版本。有损坏时退出码为 1。
    """
    lake = Lake(lake_dir())
    lake.look_anew()
    found = all_damage(lake)
    live = lake.live()
    if as_json:
        print_json(
            {
                "live": live.id if live else None,
                "releases": [release.id for release in lake.releases()],
                "damage": [asdict(damage) for damage in found],
            }
        )
    else:
        _tell(found)
        if not found:
            typer.echo(f"{len(lake.releases())}个版本的文件和原件都完好")
        elif live:
            typer.echo(f"现在显示的完好版本是 {live.id}")
            typer.echo("请用 restore 从备份恢复，或用 rollback 回退到完好的版本")
        else:
            typer.echo("没有完好的版本，请用 restore 从备份恢复")
    if found:
        raise typer.Exit(1)


@cli.command()
def backup(
    target: Annotated[Path, typer.Argument(help="新的文件夹名，或以 .tar 结尾的文件名。")],
) -> None:
    """备份整个数据文件夹。

    版本、原件、待发布的报送、意见、排练、模板；登录状态不在内。数据有损坏时照样备份，退出码为 1。
    """
    try:
        made = back_up(data_dir(), target)
    except BackupError as error:
        fail(str(error))
    record(Noted.EXPORT, who=MACHINE, what=f"备份 {made.path.name}", release=made.release)
    _finish("已备份到", made)


@cli.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="备份的文件夹或 .tar 文件。")],
    into: Annotated[Path | None, typer.Option(help="恢复到哪个数据文件夹；默认是现在的。")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="文件夹里已有内容时替换它；原来的移到旁边保留。")
    ] = False,
) -> None:
    """核对备份后恢复为数据文件夹，再核对一遍。

    原有的操作日志、登录状态和人员名单不随备份退回。恢复后请重新启动应用。
    备份里有损坏的版本时退出码为 1。
    """
    try:
        made = restore_backup(source, (into or data_dir()).absolute(), replace=replace)
    except BackupError as error:
        fail(str(error))
    if made.path == data_dir():
        what = f"从备份 {source.name} 恢复数据文件夹"
        record(Noted.SETTINGS, who=MACHINE, what=what, release=made.release)
    if made.aside:
        typer.echo(f"原来的数据移到了 {made.aside}")
    _finish("已恢复到", made)


def _finish(done: str, made: Outcome) -> None:
    size = f"{made.size / 1e6:.1f} MB"
    release = f"最新的完好版本 {made.release}" if made.release else "没有完好的版本"
    typer.echo(f"{done} {made.path}\t{made.files}个文件\t{size}\t{release}")
    _tell(made.damage)
    if made.damage:
        raise typer.Exit(1)


def _tell(found: list[Damage] | tuple[Damage, ...]) -> None:
    for damage in found:
        typer.echo(f"损坏：{damage}", err=True)
