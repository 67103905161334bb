"""Commands that invent figures for demonstrations and measurements, every row marked 演示数据."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import parse_period
from lib.cli.common import cli, fail
from lib.cli.progress import CANCELLED, progress, stop_on_terminate
from lib.demo.folder import PERIODS, Kind, fill
from lib.disk_errors import trouble


@cli.command("demo-cases")
def demo_cases(
    rows: Annotated[int, typer.Option(min=1, help="一共多少件，可达上亿。")],
    out: Annotated[Path, typer.Option(help="新的或空的文件夹。")] = Path(f"{DEMO_MARK}_网办办件"),
    period: Annotated[
        list[str] | None,
        typer.Option(help=f"期次，可多次给出，件数平分；默认 {'、'.join(PERIODS)}。"),
    ] = None,
    file_format: Annotated[Kind, typer.Option("--format", help="parquet 或 csv。")] = "parquet",
) -> None:
    """编造办件明细，每行都标“演示数据”。

    写成可用 drop 命令读取的投放文件夹；参数相同，文件逐字节相同。

    按 Ctrl+C 随时取消，不留任何文件。
    """
    periods = period or PERIODS
    for text in periods:
        if parse_period(text) is None:
            fail(f"“{text}”不是期次，请写成 2022H1、2022Q3 或 2022M07 的样子")
        if periods.count(text) > 1:
            fail(f"期次“{text}”给出了不止一次")
    if rows < len(periods):
        fail(f"{rows}件不够{len(periods)}个期次平分，每期至少一件")
    if out.exists() and not out.is_dir():
        fail(f"“{out}”不是文件夹，请换一个")
    stop_on_terminate()
    done = 0
    try:
        with progress() as tell:

            def told(count: int) -> None:
                nonlocal done
                done += count
                tell("编造办件", done / rows)

            written = fill(out, rows, periods, file_format, told)
    except FileExistsError:
        fail(f"“{out}”里已有文件，请换一个空文件夹")
    except KeyboardInterrupt:
        typer.echo("已取消，没有留下文件", err=True)
        raise typer.Exit(CANCELLED) from None
    except OSError as error:
        fail(f"写不了“{out}”：{trouble(error)}，请换一个位置或检查磁盘")
    for path in written:
        typer.echo(f"{path}\t{path.stat().st_size / 1e6:.1f} MB")
