"""Long work on the command line: how far it is, and a stop that lets it clean up."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

CANCELLED = 130  # the exit code of work that was stopped


def stop_on_terminate() -> None:
    """Let a plain `kill` end the work as Ctrl+C does."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """Say on standard error what is being done: as a bar where somebody looks, else a line a step."""
    if sys.stderr.isatty():
        from rich.console import Console  # slow to load, and only needed here
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=1)
            yield lambda stage, share: bar.update(task, description=stage, completed=share)
        return
    said = [""]

    def tell(stage: str, _share: float) -> None:
        if stage != said[0]:
            said[0] = stage
            typer.echo(f"{stage}…", err=True)

    yield tell
