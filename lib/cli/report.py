"""The command that writes documents: the same files as the links on pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from lib.access.roles import MACHINE
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.catalog.places import (
    DEPARTMENT_IDS,
    DISTRICT_IDS,
    Resolution,
    resolve_department,
    resolve_district,
)
from lib.cli.common import (
    PeriodOption,
    ReleaseOption,
    cli,
    fail,
    period_of,
    place_of,
    release_of,
)
from lib.disk_errors import trouble
from lib.documents.register import EXPORT_BY_ID, EXPORTS, Export
from lib.not_made import NotMadeError
from lib.selection import Selection

# The kinds people ask for; the ending of -o and --red-head choose among the documents of one kind.
_VARIANTS = {"brief": ("brief", "brief-pdf"), "bulletin": ("bulletin",)}
KINDS = tuple(e.id for e in EXPORTS if e.id not in ("brief-pdf", "bulletin-red"))


@cli.command()
def report(
    kind: Annotated[
        str,
        typer.Argument(
            help="bulletin 通报、brief 简报、slides 会议材料、workbook 数据册、html 离线网页。"
        ),
    ],
    period: PeriodOption = None,
    release: ReleaseOption = None,
    district: Annotated[
        list[str] | None, typer.Option(help="只写这个地区，可写多次；默认全市。")
    ] = None,
    department: Annotated[
        list[str] | None, typer.Option(help="只写这个部门，可写多次；默认全部。")
    ] = None,
    red_head: Annotated[
        bool, typer.Option("--red-head", help="通报带红头，发文字号留空。")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", help="存成的文件；简报写 .pdf 得到 PDF。")
    ] = None,
) -> None:
    """写一份文件：与页面上“带走”的相同。"""
    export = _export(kind, red_head, output)
    used = release_of(release)
    selection = Selection(
        used.id,
        period_of(used, period),
        _chosen(district, DISTRICT_IDS, resolve_district),
        _chosen(department, DEPARTMENT_IDS, resolve_department),
    )
    path = output or Path(export.file_name(selection))
    try:
        content = export.make(selection)
    except NotMadeError as error:
        fail(str(error))
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"“{path}”写不进去（{trouble(error)}），请换一个位置")
    record(Noted.EXPORT, who=MACHINE, what=path.name, release=used.id)
    typer.echo(f"已写好{export.label}：{path}（版本 {used.id}，{selection.scope}）")


def _export(kind: str, red_head: bool, output: Path | None) -> Export:
    """The document of a kind that the options ask for."""
    if kind not in KINDS:
        fail(f"没有“{kind}”这种文件，可写 {'、'.join(KINDS)}")
    if red_head and kind != "bulletin":
        fail("--red-head 只用于通报（bulletin）")
    offered = [
        EXPORT_BY_ID["bulletin-red" if red_head else id] for id in _VARIANTS.get(kind, (kind,))
    ]
    if output is None:
        return offered[0]
    for export in offered:
        if output.suffix.lower() == f".{export.suffix}":
            return export
    endings = "或".join(f".{export.suffix}" for export in offered)
    return fail(f"{offered[0].label}存为 {endings}，“{output.name}”的后缀不支持")


def _chosen(
    written: list[str] | None, order: tuple[str, ...], resolve: Callable[[str], Resolution]
) -> tuple[str, ...]:
    """The ids of the places named, in catalog order."""
    known = {place_of(text, resolve) for text in written or ()}
    return tuple(id for id in order if id in known)
