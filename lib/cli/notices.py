"""The command that lists notices and has them delivered; and what other commands do after a publish."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from lib.catalog.demo import DEMO_MARK
from lib.cli.common import (
    JsonOption,
    PeriodOption,
    ReleaseOption,
    cli,
    fail,
    period_of,
    print_json,
    print_table,
    release_of,
)
from lib.disk_errors import trouble
from lib.insight.judgements import Judgement
from lib.insight.notices import judgements, staleness
from lib.insight.wording import MISSING
from lib.logs import failed
from lib.notices.folder import notice_folder
from lib.notices.record import Record
from lib.notices.round import left_over, run_round, utc_now
from lib.notices.shown import delivered, when
from lib.queries.release import QueryStoppedError, UnknownReleaseError
from lib.settings import lake_dir
from lib.store.lake import Lake

_PATIENCE = 5.0  # seconds to wait for another who is delivering


@cli.command()
def notices(
    period: PeriodOption = None,
    release: ReleaseOption = None,
    deliver: Annotated[
        bool, typer.Option("--deliver", help="先按最新版本更新提醒，并投递到所设的渠道。")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """提醒：到线、变差、对不上、缺数和没有更新的。

    用 --deliver 投递；有投递失败时退出码为 1。
    """
    used = release_of(release)
    problems = pass_on(patience=None) if deliver else ()
    found = list(judgements(used.id, period_of(used, period)))
    live = Lake(lake_dir()).live()
    if live and live.id == used.id and period_of(used, period) == used.periods[-1]:
        found.insert(0, staleness(used.id, utc_now()))
    kept = {record.key: record for record in _records()}
    rows = [_row(one, kept.get(one.key)) for one in found if one.standing != "不成立"]
    if as_json:
        print_json(rows)
    else:
        print_table([_line(row) for row in rows])
    if problems:
        raise typer.Exit(1)


def _records() -> list[Record]:
    try:
        return notice_folder().all()
    except OSError as error:
        fail(f"提醒的记录读不出来（{trouble(error)}），请稍后再试")


def pass_on(patience: float | None = _PATIENCE) -> tuple[str, ...]:
    """Bring notices up to date and deliver what is due, trying once; on standard error, what went wrong.

    Nothing of it makes a command fail that has done what it was asked for, or wait for others for long.
    """
    told, problems = _round(patience)
    if told:
        typer.echo(f"提醒：已投递{told}项", err=True)
    for problem in problems:
        typer.echo(f"注意：提醒没有全部投递，{problem}", err=True)
    return problems


def _round(patience: float | None) -> tuple[int, tuple[str, ...]]:
    """How many were told, and why others were not: now, or before and not yet again."""
    try:
        outcome = run_round(pauses=(), patience=patience)
        return outcome.told, outcome.problems or left_over(patience)
    except OSError as error:
        return 0, (f"磁盘读写出错（{trouble(error)}）",)
    except (UnknownReleaseError, QueryStoppedError) as error:
        return 0, (str(error),)
    except Exception as error:
        return 0, (f"程序出错，错误编号 {failed('notices', error)}",)


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is printed: less of it, and made-up figures marked."""
    keys = ("severity", "standing", "title", "sentence", "since", "delivered")
    mark = f"{DEMO_MARK}｜" if row["made_up"] else ""
    return {key: mark + row[key] if key == "sentence" else row[key] for key in keys}


def _row(one: Judgement, kept: Record | None) -> dict[str, Any]:
    stands = kept if kept and kept.is_open else None
    return {
        "rule": one.rule, "subject": one.subject, "period": one.period,
        "severity": one.declared.severity, "standing": one.standing, "title": one.title,
        "sentence": one.sentence, "figure": one.figure, "made_up": one.made_up,
        "since": when(stands.since) if stands else MISSING,
        "known": stands.known.by if stands and stands.known else None,
        "delivered": delivered(stands) if stands else MISSING,
    }  # fmt: skip
