"""The command line: `python -m lib COMMAND`. The same functions as the pages, for scripts and checks."""

from lib.cli import answers, files, proofread, reconcile, releases, report, safekeeping
from lib.cli.common import cli

__all__ = ["answers", "cli", "files", "proofread", "reconcile", "releases", "report", "safekeeping"]
