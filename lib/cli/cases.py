"""Commands about cases by the million: the drop folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lib import actions
from lib.access.roles import MACHINE, DeniedError
from lib.catalog.periods import parse_period
from lib.cli.common import cli, fail, newest_whole
from lib.cli.notices import pass_on
from lib.cli.progress import CANCELLED, progress, stop_on_terminate
from lib.cli.releases import print_differences
from lib.settings import lake_dir, review_required
from lib.store.lake import Lake, PublishError
from lib.store.proposals import Proposal
from lib.submission import differences, untouched


@cli.command()
def drop(
    folder: Annotated[Path, typer.Argument(help="投放文件夹：CSV（UTF-8 或 GB18030）和 Parquet。")],
    by: Annotated[str, typer.Option(help="操作岗位（不写姓名）。")],
    note: Annotated[str, typer.Option(help="说明。")] = "",
    period: Annotated[str | None, typer.Option(help="文件里没有期次列时用它。")] = None,
) -> None:
    """读取投放文件夹里的办件明细，核对、汇总并发布。

    可达上亿件；整期替换，全部成功或什么也不变。

    按 Ctrl+C 随时取消，不留任何改动。原件留在投放文件夹，只记下指纹。
    """
    if not folder.is_dir():
        fail(f"没有文件夹“{folder}”")
    if period is not None and parse_period(period) is None:
        fail(f"“{period}”不是期次，请写成 2022H1、2022Q3 或 2022M07 的样子")
    newest_whole(Lake(lake_dir()))
    stop_on_terminate()
    made: Proposal | None = None
    try:
        with progress() as tell:
            made, dropped = actions.drop(
                MACHINE, folder, by=by, note=note, period=period, progress=tell
            )
        for issue in dropped.issues:
            typer.echo(f"  {issue}", err=issue.severity == "阻断")
        if made is None:
            raise typer.Exit(1)
        released = _release(made, by, note)
    except KeyboardInterrupt:
        typer.echo(_undone(made, by), err=True)
        raise typer.Exit(CANCELLED) from None
    except (DeniedError, PublishError) as error:
        fail(str(error))
    if released:
        pass_on()


def _release(made: Proposal, by: str, note: str) -> bool:
    """Whether there is a new release; where not, why is said."""
    if untouched(made):
        typer.echo(f"内容与线上 {made.base} 相同，没有新版本")
        actions.discard(MACHINE, made.id, by)
        return False
    print_differences(differences(made.base, made.id))
    if review_required():
        actions.submit(MACHINE, made.id, by)
        typer.echo(f"{made.id}\t已提交，等待另一人复核发布")
        return False
    release = actions.publish(MACHINE, made.id, by, note)
    typer.echo(f"{release.id}\t整期替换\t已发布")
    return True


def _undone(made: Proposal | None, by: str) -> str:
    """Leave nothing of a publish that was interrupted, unless it had happened by then; what to say.

    Others who write are waited for only where a proposal is to be taken back: what else is left is
    nobody's, and goes with the next clean-up.
    """
    lake = Lake(lake_dir())
    held = lake.proposal(made.id) if made else None
    if held and held.state == "已发布":
        return f"取消时已经发布为 {held.release}；要撤回，请回退到上一版本"
    said = "已取消，线上数据没有变化"
    try:
        if held:
            actions.discard(MACHINE, held.id, by)
        lake.repair(waits=False)
    except PublishError as error:
        if held and lake.proposal(held.id):
            said += f"；报送 {held.id} 没有撤销（{error}），请到“数据上报”页处理"
    return said
