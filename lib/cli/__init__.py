"""The command line: `python -m lib COMMAND`. The same functions as the pages, for scripts and checks."""

from lib.cli import (
    audit,
    cases,
    demo,
    figures,
    files,
    notices,
    proofread,
    reconcile,
    releases,
    report,
    safekeeping,
    sharing,
    tokens,
)
from lib.cli.common import cli, run

__all__ = [
    "audit", "cases", "cli", "demo", "figures", "files", "notices", "proofread", "reconcile", "releases",
    "report", "run", "safekeeping", "sharing", "tokens",
]  # fmt: skip
