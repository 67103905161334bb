"""Commands run in this process, as a shell would."""

from __future__ import annotations

from typer.testing import CliRunner, Result

from lib.cli import commands

cli = commands()


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))
