"""Commands about the audit log: read it, and check that it is as it was written."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from itertools import islice
from typing import Annotated

import typer

from lib.audit.listing import cells, matching
from lib.audit.recording import audit_log
from lib.audit.verify import verify as check
from lib.audit.words import Noted
from lib.cli.common import JsonOption, cli, fail, print_json

group = typer.Typer(help="操作日志：列出、核对。", no_args_is_help=True)
cli.add_typer(group, name="audit")


@group.command("list")
def listed(
    action: Annotated[str | None, typer.Option(help="只列这一种操作，如 发布。")] = None,
    day: Annotated[str | None, typer.Option(help="只列这一天，如 2022-08-09（北京时间）。")] = None,
    most: Annotated[int, typer.Option(help="最多列多少条，0 为全部。", min=0)] = 50,
    as_json: JsonOption = False,
) -> None:
    """列出操作记录，最新在前：谁、何时、做了什么、哪个版本、结果。"""
    if action is not None and action not in list(Noted):
        fail(f"没有“{action}”这种操作，可选：{'、'.join(Noted)}")
    try:
        of_day = dt.date.fromisoformat(day) if day else None
    except ValueError:
        fail(f"“{day}”不是日期，请写成 2022-08-09 的样子")
    found = islice(matching(audit_log().folder, action, of_day), most or None)
    if as_json:
        print_json([asdict(entry) for entry in found])
        return
    for entry in found:
        typer.echo("\t".join(cells(entry)))


@group.command()
def verify(as_json: JsonOption = False) -> None:
    """逐条核对操作日志是否被改动、删除、插入或调换；被动过时退出码为 1。"""
    verdict = check(audit_log().folder)
    if as_json:
        print_json({**asdict(verdict), "sentence": verdict.sentence})
    else:
        typer.echo(verdict.sentence)
        for remark in verdict.remarks:
            typer.echo(f"说明：{remark}")
    if verdict.damage:
        raise typer.Exit(1)
