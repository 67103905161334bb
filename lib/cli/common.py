"""What every command shares: the application, its options, its way of saying that something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

from lib.access.owner import check_owner
from lib.access.roles import DeniedError
from lib.answers.fields import Row
from lib.answers.plain import plain
from lib.catalog.places import Resolution
from lib.seed import ensure_seeded
from lib.settings import data_dir, lake_dir
from lib.store.form import too_new
from lib.store.integrity import summary
from lib.store.lake import Lake, PublishError
from lib.store.release import Release

cli = typer.Typer(
    help="通报台命令行：查数、核验、报送、列版本、出模板。",
    no_args_is_help=True,
    add_completion=False,
)

PeriodOption = Annotated[str | None, typer.Option(help="期次，如 2022H1；默认取最新一期。")]
ReleaseOption = Annotated[str | None, typer.Option(help="版本号，如 R0001；默认取最新版本。")]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出。")]


@cli.callback()
def _of_the_owner(context: typer.Context) -> None:
    try:
        check_owner(data_dir())
    except DeniedError as error:
        fail(str(error))
    newer = too_new(lake_dir())
    if newer and context.invoked_subcommand != "restore":  # which puts an older one in its place
        fail(newer)


def fail(message: str) -> NoReturn:
    """One Chinese sentence on standard error, exit code 2; its full stop is added here."""
    typer.echo(f"错误：{message.removesuffix('。')}。", err=True)
    raise typer.Exit(2)


def print_json(data: Any) -> None:
    """Indented JSON, Chinese as it is."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def print_rows(rows: Row | list[Row]) -> None:
    """Rows of `lib/answers` as JSON: numbers as numbers, what is missing as null."""
    print_json(plain(rows))


def print_table(rows: list[dict[str, Any]]) -> None:
    """One line a row, tabs between the values."""
    for row in rows:
        typer.echo("\t".join("" if value is None else str(value) for value in row.values()))


def release_of(release_id: str | None) -> Release:
    """The release of that id, or the newest whole one; the shipped figures are released where there is none."""
    lake = Lake(lake_dir())
    if release_id is None:
        return newest_whole(lake)
    release = lake.release(release_id)
    if release is None:
        fail(f"没有版本“{release_id}”，可用 releases 命令查看")
    if found := lake.damage(release):
        fail(f"版本 {release_id} 的文件损坏（{summary(found)}），可用 verify 命令查看")
    return release


def newest_whole(lake: Lake) -> Release:
    """The newest whole release, seeded where there is none; on standard error, which newer one is damaged."""
    try:
        live = ensure_seeded()
    except PublishError as error:
        fail(str(error))
    if fallen := lake.fallback():
        typer.echo(f"注意：{fallen.notice(live.id)}", err=True)
    return live


def period_of(release: Release, period: str | None) -> str:
    """The period asked for, or the release's latest."""
    if period is None:
        return release.periods[-1]
    if period not in release.periods:
        fail(f"版本 {release.id} 里没有期次“{period}”，现有：{'、'.join(release.periods)}")
    return period


def place_of(text: str | None, resolve: Callable[[str], Resolution]) -> str | None:
    """The id of a place by name or alias; None where none was named."""
    if text is None:
        return None
    found = resolve(text)
    return found.id or fail(f"{found.problem}，名称见“指标口径”页")
