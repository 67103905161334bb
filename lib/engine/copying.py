"""Work over files too large to hold: SELECTs whose rows go to Parquet files, within a memory limit.

A connection of its own for one piece of work, locked to the folders it was given. What is under way
can be watched and stopped; files it had begun are then the caller's to remove.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from lib.engine.texts import literal_path, quoted

_MEMORY = "1500MB"
_LOOK = 0.2  # seconds between two looks at how far a query is
_Made = TypeVar("_Made")
Told = Callable[[float], None]


class BadFileError(ValueError):
    """A file that is not what it was said to be; the text is the engine's, in English."""


class Workshop:
    """One connection for one piece of work.

    folders: those it may read and write;  scratch: where it may put what does not fit into memory
    told:    called with the share done of the query under way, 0 to 1; what it raises stops the query
    in_file_order: rows come as they stand in the files, which takes longer
    """

    def __init__(
        self, folders: Sequence[Path], scratch: Path | None = None,
        told: Told = lambda _share: None, *, in_file_order: bool = False,
    ) -> None:  # fmt: skip
        self._told = told
        self._connection = duckdb.connect(":memory:")
        self._one = ThreadPoolExecutor(1)
        listed = ", ".join(f"{quoted(str(f))}, {literal_path(str(f))}" for f in folders)
        for setting in (
            f"temp_directory = {quoted(str(scratch) if scratch else '')}",
            f"memory_limit = '{_MEMORY}'",
            f"preserve_insertion_order = {in_file_order}",
            *(["threads = 1"] if in_file_order else []),
            "enable_progress_bar = true",
            "enable_progress_bar_print = false",
            f"allowed_directories = [{listed}]",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            self._connection.execute(f"SET {setting}")

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._one.shutdown()
        self._connection.close()

    def show(self, name: str, rows: pa.Table) -> None:
        """Let queries read an Arrow table under a name."""
        self._connection.register(name, rows)

    def parquet(self, name: str, paths: Sequence[Path]) -> None:
        """Let queries read Parquet files under a name; all have the same columns."""
        listed = ", ".join(literal_path(str(path)) for path in paths)
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM read_parquet([{listed}], hive_partitioning = false)"
        )

    def view(self, name: str, sql: str) -> None:
        """Let queries read the rows of a SELECT under a name."""
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def table(self, name: str, sql: str) -> None:
        """Let queries read the rows of a SELECT under a name, worked out now."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def ask(self, sql: str, params: Mapping[str, Any] | None = None) -> pa.Table:
        """The result of one SELECT. Raises BadFileError for a file that cannot be read."""
        return self._watched(
            lambda: self._connection.sql(sql, params=dict(params or {})).to_arrow_table()
        )

    def copy(self, sql: str, target: Path, options: str = "") -> None:
        """The rows of one SELECT into a Parquet file (or, by PARTITION_BY, files in a folder).

        Raises BadFileError for a file that cannot be read.
        """
        written = (
            f"COPY ({sql}) TO {quoted(str(target))} (FORMAT parquet, COMPRESSION zstd{options})"
        )
        self._watched(lambda: self._connection.execute(written))

    def _watched(self, work: Callable[[], _Made]) -> _Made:
        """Do it in a thread of its own, for it to be stopped whenever this one is interrupted."""
        self._told(0.0)
        doing = self._one.submit(work)
        try:
            while True:
                try:
                    return doing.result(_LOOK)
                except NotYet:
                    self._told(max(0.0, self._connection.query_progress()) / 100)
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise BadFileError(str(error)) from error
        except BaseException:
            if not doing.done():
                self._connection.interrupt()
            raise
