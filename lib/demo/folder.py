"""A drop folder of invented cases: one file a period, whole or not there at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Literal

from lib.demo.cases import Told, file_name, write_cases
from lib.demo.parquet import write_parquet

PERIODS = ("2021H2", "2022H1")
Kind = Literal["parquet", "csv"]
_WRITE: dict[Kind, Callable[..., None]] = {
    "parquet": write_parquet,
    "csv": partial(write_cases, encoding="utf-8-sig"),
}


def fill(
    folder: Path, rows: int, periods: Sequence[str] = PERIODS, kind: Kind = "parquet",
    told: Told = lambda _rows: None,
) -> list[Path]:  # fmt: skip
    """Write `rows` cases, split evenly over the periods, into a new or empty folder; its files.

    told: called with the number of rows of every chunk; what it raises leaves nothing behind
    Raises ValueError for an unknown period, FileExistsError for a folder with something in it.
    """
    made = not folder.exists()
    if not made and any(folder.iterdir()):
        raise FileExistsError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / file_name(period, kind) for period in periods]
    try:
        for at, (path, period) in enumerate(zip(files, periods, strict=True)):
            share = rows * (at + 1) // len(files) - rows * at // len(files)
            _WRITE[kind](_unfinished(path), share, period=period, told=told)
            _unfinished(path).rename(path)
    except BaseException:
        for path in files:
            path.unlink(missing_ok=True)
            _unfinished(path).unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise
    return files


def _unfinished(path: Path) -> Path:
    """Where a file is until it is whole; a drop passes it over."""
    return path.with_name(f".{path.name}")
