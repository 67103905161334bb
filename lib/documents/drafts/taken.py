"""What is taken away beside the tracked copy: the text with its mends made, and the list as a table."""

from __future__ import annotations

from collections.abc import Sequence

from lib.catalog.demo import DEMO_MARK
from lib.documents.drafts.received import DraftFile
from lib.downloads import csv_file
from lib.proofread.findings import Finding
from lib.proofread.mends import mended_lines
from lib.proofread.telling import COLUMNS, rows
from lib.queries.release import opened_release


def clean_text(file: DraftFile, findings: Sequence[Finding]) -> bytes:
    """The draft's lines with the mends made, as a text any editor opens right."""
    return "\r\n".join(mended_lines(file.draft, file.lines, findings)).encode("utf-8-sig")


def findings_csv(findings: Sequence[Finding], release: str = "", period: str = "") -> bytes:
    """Every finding, a row each; what it was held against stands in every row."""
    columns, own = [*COLUMNS, "期次", "版本"], [period, release or "不对照"]
    if release and opened_release(release).made_up(period):
        columns, own = [*columns, "数据性质"], [*own, DEMO_MARK]
    return csv_file(columns, ([*row, *own] for row in rows(findings)))
