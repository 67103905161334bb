"""Commands about files: templates, checking, publishing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lib import actions
from lib.access.roles import MACHINE, DeniedError
from lib.catalog.datasets import DATASET_BY_ID
from lib.catalog.places import resolve_department, resolve_district
from lib.cli.common import JsonOption, cli, fail, newest_whole, print_json
from lib.cli.notices import pass_on
from lib.cli.releases import print_differences
from lib.intake.annotate import issues_csv
from lib.intake.child.sandbox import annotate_upload
from lib.intake.child.wire import issues_to_json
from lib.intake.files.limits import LOCAL
from lib.intake.templates import csv_template, xlsx_template
from lib.settings import lake_dir, review_required
from lib.store.lake import Lake, PublishError
from lib.store.modes import MODE_BY_ID
from lib.submission import (
    Received,
    differences,
    drafts_of,
    receive_path,
    suggested_mode,
    untouched,
)

FileArgument = Annotated[list[Path], typer.Argument(help="CSV、TSV、TXT 或 XLSX 文件，可以多个。")]
SenderOption = Annotated[str, typer.Option(help="报送单位：地区或部门名称；沿用它以前的选择。")]
ChooseOption = Annotated[
    list[str] | None, typer.Option("--choose", help="对提问的回答，写作 键=值，可以多次。")
]


def _sender(name: str) -> str:
    found = resolve_district(name).id or resolve_department(name).id
    return found or fail(f"“{name}”不是已登记的地区或部门，名称见“指标口径”页")


def _choices(written: list[str] | None, period: str | None) -> dict[str, str]:
    choices = {"period": period} if period else {}
    for pair in written or ():
        key, equals, value = pair.partition("=")
        if not equals:
            fail(f"“{pair}”应写作 键=值")
        choices[key] = value
    return choices


def _received(files: list[Path], sender: str, choices: dict[str, str]) -> list[Received]:
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        fail(f"没有文件{'、'.join(missing)}")
    return [receive_path(path, sender=sender, choices=choices, limits=LOCAL) for path in files]


def _report(received: list[Received]) -> None:
    for one in received:
        reading = one.reading
        for draft in reading.drafts:
            name = draft.dataset.name if draft.dataset else "未认出"
            sheet = f"工作表{draft.sheet}，" if draft.sheet else ""
            rows = len(draft.table) if draft.table is not None else 0
            periods = "、".join(draft.periods) or "未定期次"
            typer.echo(f"{reading.file}\t{sheet}{name}\t{periods}\t{rows}行\t{reading.encoding}")
        for issue in reading.issues:
            typer.echo(f"  {issue}", err=issue.severity == "阻断")
            if issue.question:
                options = "、".join(
                    f"{value}（{label}）" for value, label in issue.question.options
                )
                typer.echo(f"    --choose '{issue.question.key}=…'  {options}", err=True)


@cli.command()
def check(
    file: FileArgument,
    period: Annotated[str | None, typer.Option(help="表里没有期次时用它。")] = None,
    sender: SenderOption = "市政务办",
    choose: ChooseOption = None,
    annotate: Annotated[
        Path | None, typer.Option(help="另存批注过的工作簿（一次一个文件）。")
    ] = None,
    csv: Annotated[Path | None, typer.Option(help="另存问题清单 CSV。")] = None,
    as_json: JsonOption = False,
) -> None:
    """读取并检查文件，不发布。有阻断问题时退出码为 1。"""
    received = _received(file, _sender(sender), _choices(choose, period))
    issues = [issue for one in received for issue in one.reading.issues]
    if as_json:
        print_json(issues_to_json(tuple(issues)))
    else:
        _report(received)
    if csv:
        csv.write_bytes(issues_csv(issues))
    if annotate:
        annotate.write_bytes(
            annotate_upload(received[0].content, received[0].reading.issues, LOCAL)
        )
    if any(one.reading.blocked for one in received):
        raise typer.Exit(1)


@cli.command()
def publish(
    file: FileArgument,
    period: Annotated[str, typer.Option(help="期次，如 2022H1；与文件里的不同会被拒绝。")],
    by: Annotated[str, typer.Option(help="操作岗位（不写姓名）。")],
    note: Annotated[str, typer.Option(help="说明。")] = "",
    mode: Annotated[
        str | None,
        typer.Option(help="replace 整期替换、correct 更正、add 补充、merge 更正并补充。"),
    ] = None,
    sender: SenderOption = "市政务办",
    choose: ChooseOption = None,
) -> None:
    """读取、检查、与线上比较并发布，全部成功或什么也不变。"""
    if mode is not None and mode not in MODE_BY_ID:
        fail(f"没有发布方式“{mode}”，可选：{'、'.join(MODE_BY_ID)}")
    newest_whole(Lake(lake_dir()))
    sender_id = _sender(sender)
    received = _received(file, sender_id, _choices(choose, period))
    _report(received)
    how = mode or suggested_mode(drafts_of(received)).id
    try:
        proposal = actions.propose(MACHINE, received, mode=how, by=by, sender=sender_id, note=note)
        if untouched(proposal):
            typer.echo(f"内容与线上 {proposal.base} 相同，没有新版本")
            actions.discard(MACHINE, proposal.id, by)
            return
        print_differences(differences(proposal.base, proposal.id))
        if review_required():
            actions.submit(MACHINE, proposal.id, by)
            typer.echo(f"{proposal.id}\t已提交，等待另一人复核发布")
            return
        release = actions.publish(MACHINE, proposal.id, by, note)
    except (DeniedError, PublishError) as error:
        fail(str(error))
    typer.echo(f"{release.id}\t{MODE_BY_ID[how].label}\t已发布")
    pass_on()


@cli.command()
def template(
    dataset: Annotated[str, typer.Argument(help="数据集编号，见 datasets 命令。")],
    output: Annotated[Path, typer.Option("-o", "--output", help="文件名，以 .csv 或 .xlsx 结尾。")],
) -> None:
    """生成一个数据集的填报模板。"""
    found = DATASET_BY_ID.get(dataset)
    if found is None:
        fail(f"没有数据集“{dataset}”，可选：{'、'.join(DATASET_BY_ID)}")
    makers = {".csv": csv_template, ".xlsx": xlsx_template}
    maker = makers.get(output.suffix.lower())
    if maker is None:
        fail(f"“{output.name}”的后缀不支持，请用 .csv 或 .xlsx")
    output.write_bytes(maker(found))
    typer.echo(f"已生成 {output}")
