"""Commands about the API's tokens: issue, list, revoke."""

from __future__ import annotations

import datetime as dt
import time
from typing import Annotated

import typer

from lib.access.roles import MACHINE, Role
from lib.access.tokens import Token, TokenError, tokens
from lib.audit.recording import recorded
from lib.audit.words import Noted
from lib.cli.common import JsonOption, cli, fail, print_json, print_table
from lib.clock import CHINA

group = typer.Typer(help="接口的令牌：发放、列出、撤销。", no_args_is_help=True)
cli.add_typer(group, name="token")
NameArgument = Annotated[str, typer.Argument(help="名称：给哪个系统或做什么用，不写姓名。")]


@group.command()
def add(
    name: NameArgument,
    role: Annotated[str, typer.Option(help=f"角色：{'、'.join(Role)}。")] = Role.VIEWER,
    days: Annotated[int, typer.Option(min=1, max=3650, help="多少天后到期。")] = 365,
) -> None:
    """发一个令牌，供程序从接口取数；只显示这一次，服务器上只留指纹。"""
    if role not in set(Role):
        fail(f"没有角色“{role}”，可选：{'、'.join(Role)}")
    what = f"“{name.strip()}”，角色{role}，{days}天"
    try:
        with recorded(Noted.ISSUE, who=MACHINE, what=what, refusal=TokenError):
            text = tokens().issue(name, Role(role), days, time.time())
    except TokenError as error:
        fail(str(error))
    typer.echo(text)
    typer.echo(
        "请现在就交给使用的程序，以后不能再看；写在请求头里：Authorization: Bearer 令牌", err=True
    )


@group.command("list")
def listed(as_json: JsonOption = False) -> None:
    """列出发过的令牌，最新在前。

    名称、角色、末尾几个字符、发放和到期日期、是否有效。
    """
    now = time.time()
    rows = [
        {
            "name": token.name, "role": token.role, "tail": f"…{token.tail}",
            "issued": _day(token.issued), "ends": _day(token.ends), "state": _state(token, now),
        }
        for token in tokens().all()
    ]  # fmt: skip
    print_json(rows) if as_json else print_table(rows)


@group.command()
def revoke(name: NameArgument) -> None:
    """撤销一个令牌，立即生效，不能恢复。"""
    try:
        with recorded(Noted.REVOKE, who=MACHINE, what=f"“{name.strip()}”", refusal=TokenError):
            tokens().revoke(name, time.time())
    except TokenError as error:
        fail(str(error))
    typer.echo(f"{name.strip()}\t已撤销")


def _day(at: float) -> str:
    """The day in China."""
    return dt.datetime.fromtimestamp(at, CHINA).date().isoformat()


def _state(token: Token, now: float) -> str:
    if token.revoked is not None:
        return f"{_day(token.revoked)}撤销"
    return "有效" if not token.over(now) else "已到期"
