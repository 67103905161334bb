"""The command line: `python -m lib COMMAND`. The same functions as the pages, for scripts and checks."""

from lib.cli import (
    answers,
    audit,
    cases,
    demo,
    files,
    notices,
    proofread,
    reconcile,
    releases,
    report,
    safekeeping,
    tokens,
)
from lib.cli.common import cli, run

__all__ = [
    "answers", "audit", "cases", "cli", "demo", "files", "notices", "proofread", "reconcile", "releases",
    "report", "run", "safekeeping", "tokens",
]  # fmt: skip
