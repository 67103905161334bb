"""Commands about releases: list, history, compare, roll back, prove, first data."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from lib import actions
from lib.access.roles import MACHINE
from lib.answers.plain import plain
from lib.answers.releases import release_rows
from lib.catalog.datasets import DATASET_BY_ID
from lib.cli.common import JsonOption, cli, fail, print_json, print_rows, print_table
from lib.cli.notices import pass_on
from lib.clock import CHINA
from lib.compare import Uncompared, key_text, keys
from lib.seed import seed as seed_lake
from lib.settings import lake_dir
from lib.store.integrity import summary
from lib.store.lake import Lake, PublishError
from lib.store.release import KIND_NAMES
from lib.submission import PartDiff, differences, proofs

_SHOWN = 50
ReleaseArgument = Annotated[str, typer.Argument(help="版本号，如 R0001。")]


@cli.command()
def releases(as_json: JsonOption = False) -> None:
    """列出全部版本，最新在前。"""
    lake = Lake(lake_dir())
    rows = release_rows(lake, lake.releases())
    if as_json:
        print_rows(rows)
    else:
        told = ("id", "created_at", "kind", "by", "note")
        print_table([{key: plain(row[key]) for key in told} for row in rows])


@cli.command()
def history(as_json: JsonOption = False) -> None:
    """版本历史：谁、何时、为何、哪些文件、多少行、多少问题。"""
    lake = Lake(lake_dir())
    found = lake.releases()
    if as_json:
        rows = zip(release_rows(lake, found), found, strict=True)
        print_rows([{**row, "sources": release.sources} for row, release in rows])
        return
    for r in found:
        when = f"{r.created_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
        typer.echo(f"{r.id}\t{when}\t{KIND_NAMES[r.kind]}\t{r.by}\t{r.note or '—'}")
        issues = "、".join(f"{severity}{count}" for severity, count in r.issues.items()) or "无"
        reviewed = f"，复核 {r.reviewed_by}" if r.reviewed_by else ""
        typer.echo(f"\t共{sum(r.rows.values())}行，问题：{issues}{reviewed}")
        for source in r.sources:
            name = DATASET_BY_ID[source["dataset"]].name
            typer.echo(f"\t{source['file']}\t{name}\t{source['rows']}行\t{source['sha256']}")


def _diff_json(part: PartDiff) -> dict[str, Any]:
    diff = part.diff
    if isinstance(diff, Uncompared):
        return {
            "dataset": part.dataset, "period": part.period, "rows": [diff.before, diff.after],
            "compared": False,
        }  # fmt: skip
    return {
        "dataset": part.dataset, "period": part.period, "unchanged": diff.unchanged,
        "added": diff.added.to_pylist(), "removed": diff.removed.to_pylist(),
        "changed": [
            {"row": key_text(diff.dataset, c.key), "column": c.column, "old": c.old, "new": c.new}
            for c in diff.changed
        ],
    }  # fmt: skip


def print_differences(parts: list[PartDiff]) -> None:
    """Every difference, a line each."""
    for part in parts:
        diff = part.diff
        if isinstance(diff, Uncompared):
            typer.echo(
                f"{diff.dataset.name} {part.period}：原有{diff.before}行，现有{diff.after}行，行数太多，不逐行比较"
            )
            continue
        typer.echo(
            f"{diff.dataset.name} {part.period}：新增{len(diff.added)}行，"
            f"变更{diff.changed_rows}行，去掉{len(diff.removed)}行，不变{diff.unchanged}行"
        )
        for mark, table in (("+", diff.added), ("-", diff.removed)):
            for key in keys(diff.dataset, table.slice(0, _SHOWN)):
                typer.echo(f"\t{mark} {key_text(diff.dataset, key)}")
        for cell in diff.changed[:_SHOWN]:
            row = key_text(diff.dataset, cell.key)
            typer.echo(f"\t~ {row}\t{cell.column}\t{cell.old or '空'} > {cell.new or '空'}")
        if max(len(diff.added), len(diff.removed), len(diff.changed)) > _SHOWN:
            typer.echo(f"\t每类列出前{_SHOWN}条，全部请用 diff --json")


@cli.command()
def diff(old: ReleaseArgument, new: ReleaseArgument, as_json: JsonOption = False) -> None:
    """逐格比较两个版本。"""
    lake = Lake(lake_dir())
    for one in (old, new):
        release = lake.opened(one)
        if release is None:
            fail(f"没有版本“{one}”，可用 history 命令查看")
        if found := lake.damage(release):
            fail(f"版本 {one} 的文件损坏（{summary(found)}），可用 verify 命令查看")
    parts = differences(old, new)
    if as_json:
        print_json([_diff_json(part) for part in parts])
    elif parts:
        print_differences(parts)
    else:
        typer.echo(f"{old} 与 {new} 的内容相同")


@cli.command()
def rollback(
    release: ReleaseArgument,
    by: Annotated[str, typer.Option(help="操作岗位（不写姓名）。")],
    note: Annotated[str, typer.Option(help="回退原因。")],
) -> None:
    """把旧版本的内容作为新版本发布；旧版本和现版本都保留。"""
    try:
        made = actions.rollback(MACHINE, release, by=by, note=note)
    except PublishError as error:
        fail(str(error))
    typer.echo(f"{made.id}\t已回退到 {release} 的内容")
    pass_on()


@cli.command()
def prove(release: ReleaseArgument, as_json: JsonOption = False) -> None:
    """用留存的原件重新读出一个版本，逐项核对内容是否相同。"""
    try:
        found = proofs(release)
    except PublishError as error:
        fail(str(error))
    rows = [
        {"dataset": p.dataset, "period": p.period, "outcome": p.outcome, "sha256": p.digest}
        for p in found
    ]
    print_json(rows) if as_json else print_table(rows)
    if any(proof.outcome != "相同" for proof in found):
        raise typer.Exit(1)


@cli.command()
def seed() -> None:
    """用随产品发布的通报数据建立首个版本；已是最新时不重复发布。"""
    try:
        release = seed_lake()
    except PublishError as error:
        fail(str(error))
    typer.echo(f"{release.id}\t{'、'.join(release.periods)}\t共{sum(release.rows.values())}行")
