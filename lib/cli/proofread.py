"""The command that proofreads a draft: what to look at, and a copy with the changes tracked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from lib.cli.common import (
    JsonOption,
    PeriodOption,
    ReleaseOption,
    cli,
    fail,
    period_of,
    print_json,
    release_of,
)
from lib.documents.drafts.received import DRAFT_LIMITS, DraftFile, read_draft
from lib.documents.drafts.tracked import tracked_docx
from lib.intake.issues import Issue
from lib.proofread.checking import proofread as run_checks
from lib.proofread.findings import Finding
from lib.proofread.telling import LIGHTS, tally, told
from lib.queries.references import fact_reference

_STANDARD_INPUT = "标准输入"


@cli.command()
def proofread(
    file: Annotated[str, typer.Argument(help="草稿 .docx、.txt 或 .md；- 表示从标准输入读。")],
    period: PeriodOption = None,
    release: ReleaseOption = None,
    no_release: Annotated[
        bool, typer.Option("--no-release", help="不对照版本，只查算术和文字。")
    ] = False,
    as_json: JsonOption = False,
    output: Annotated[
        Path | None, typer.Option("-o", help="另存带修订的 .docx，可逐处接受或拒绝。")
    ] = None,
) -> None:
    """通报校对：草稿与版本、与自身对不上的地方。

    没有发现退出码为 0，有发现为 1，读不了为 2。
    """
    if no_release and (release or period):
        fail("--no-release 不能与 --release、--period 同用")
    if output and output.suffix != ".docx":
        fail(f"带修订的稿子存为 .docx，“{output.name}”的后缀不支持")
    read = _read(file)
    against: tuple[str, str] | tuple[()] = ()
    if not no_release:
        used = release_of(release)
        against = used.id, period_of(used, period)
    findings = run_checks(read.draft, *against)
    if output:
        output.write_bytes(tracked_docx(read.original, read.draft, findings))
    if as_json:
        print_json(_answer(read, findings, *against))
    else:
        _report(read, findings, *against)
    if findings:
        raise typer.Exit(1)


def _read(file: str) -> DraftFile:
    """The draft of a file or of standard input; ends the program where it cannot be read."""
    most = DRAFT_LIMITS.file_bytes + 1  # one more than may be: enough to refuse the rest unread
    if file == "-":
        content = typer.get_binary_stream("stdin").read(most)
    elif Path(file).is_file():
        with Path(file).open("rb") as held:
            content = held.read(most)
    else:
        fail(f"没有文件{file}")
    found = read_draft(content, _STANDARD_INPUT if file == "-" else Path(file).name)
    if isinstance(found, Issue):
        fail(f"{found.place}：{found.message}。{found.fix}")
    return found


def _report(
    read: DraftFile, findings: tuple[Finding, ...], release: str = "", period: str = ""
) -> None:
    held = f"对照 {period} 版本 {release}" if release else "没有对照版本，只查算术和文字"
    typer.echo(f"{read.draft.name}：{tally(findings)}（{held}）")
    for remark in read.remarks:
        typer.echo(remark)
    for number, finding in enumerate(findings, 1):
        light = LIGHTS[finding.confidence]
        typer.echo(
            f"\n{number}. 第{finding.place.paragraph}段 {light} {finding.kind}：{finding.quoted}"
        )
        for line in told(finding)[:-1]:
            typer.echo(f"   {line}")


def _answer(
    read: DraftFile, findings: tuple[Finding, ...], release: str = "", period: str = ""
) -> dict[str, Any]:
    return {
        "file": read.draft.name, "release": release or None, "period": period or None,
        "remarks": read.remarks, "findings": [_plain(finding) for finding in findings],
    }  # fmt: skip


def _plain(finding: Finding) -> dict[str, Any]:
    facts = [fact_reference(fact) for fact in finding.facts]
    return {**asdict(finding), "facts": facts}
