"""The command line: `python -m lib COMMAND`. The same functions as the pages, for scripts and checks.

The modules here register their commands as they are imported. Most commands are over sooner than all
of them are loaded, so a call loads the module of its own command.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import typer
from typer.main import get_command

from lib.cli.common import cli
from lib.cli.usage import misunderstood, speak_chinese
from lib.queries.release import QueryStoppedError

MODULES = {  # module > its commands, in the order of the help
    "figures": ("datasets", "metrics", "metric", "trend", "facts"),
    "reconcile": ("reconcile",),
    "report": ("report",),
    "proofread": ("proofread",),
    "notices": ("notices",),
    "releases": ("releases", "history", "diff", "rollback", "prove", "seed"),
    "files": ("check", "publish", "template"),
    "cases": ("drop",),
    "demo": ("demo-cases",),
    "safekeeping": ("verify", "backup", "restore"),
    "sharing": ("share", "follow"),
    "audit": ("audit",),
    "tokens": ("token",),
}


def commands(word: str = "") -> typer.Typer:
    """The application with the command of that name at least; with all of them where there is none."""
    own = [module for module, names in MODULES.items() if word in names]
    for module in own or MODULES:
        import_module(f"lib.cli.{module}")
    return cli


def run(words: Sequence[str] | None = None) -> NoReturn:
    """The command line, by default of this process; what cannot be done is a sentence and exit code 2."""
    given = sys.argv[1:] if words is None else words
    command = get_command(commands(next(iter(given), "")))
    speak_chinese(command)
    try:
        code = command(given, prog_name="python -m lib", standalone_mode=False)
    except QueryStoppedError as stopped:
        typer.echo(f"错误：{stopped}", err=True)
        raise SystemExit(2) from stopped
    except typer.TyperException as error:
        if error.format_message():  # else its help, which is out already
            typer.echo(f"错误：{misunderstood(error)}。", err=True)
        raise SystemExit(error.exit_code) from error
    raise SystemExit(code)
