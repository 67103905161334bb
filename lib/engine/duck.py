"""DuckDB in this process: one locked-down in-memory parent a release, a fresh cursor for every query.

A connection shared between threads returns wrong numbers. A question is one SELECT, and is stopped
where it takes too long or too much memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
import pyarrow as pa

from lib.engine.common import QueryStoppedError, too_long
from lib.engine.texts import literal_path, quoted

_MEMORY = "1GB"
_FREE = "1MB"  # more than this is given back to the system once a query is over


@lru_cache(maxsize=256)
def _is_question(sql: str) -> bool:
    """Whether it is one SELECT and nothing else: the lake's folder could be written by others."""
    return [one.type for one in duckdb.extract_statements(sql)] == [duckdb.StatementType.SELECT]


class DuckEngine:
    """Answers SQL over one release.

    folder: the only folder it may read, but for `also`
    files:  table name > its Parquet files (absolute paths); at least one a table
    empty:  table name > schema: a column that files lack is empty in their rows
    views:  view name > SELECT, built over the tables in the given order
    seconds: how long one query may take
    """

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, Sequence[str]],
        empty: Mapping[str, pa.Schema],
        views: Mapping[str, str],
        also: Sequence[Path] = (),
        seconds: float = 20,
    ) -> None:
        self._seconds = seconds
        self._parent = duckdb.connect(":memory:")
        execute = self._parent.execute
        for name, paths in files.items():
            self._parent.register("empty_rows", empty[name].empty_table())
            if paths:
                execute(f'CREATE VIEW "{name}" AS {self._rows(paths)}')
            else:
                execute(f'CREATE TABLE "{name}" AS SELECT * FROM empty_rows')
            self._parent.unregister("empty_rows")
        for name, select in views.items():
            execute(f'CREATE VIEW "{name}" AS {select}')
        folders = ", ".join(f"{quoted(str(f))}, {literal_path(str(f))}" for f in (folder, *also))
        for setting in (
            "temp_directory = ''",
            f"allocator_flush_threshold = '{_FREE}'",
            f"allocator_bulk_deallocation_flush_threshold = '{_FREE}'",
            f"memory_limit = '{_MEMORY}'",
            f"allowed_directories = [{folders}]",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            execute(f"SET {setting}")

    def _rows(self, paths: Sequence[str]) -> str:
        """A SELECT of `empty_rows`' columns from the files; what none of them holds is NULL."""
        listed = "[" + ", ".join(literal_path(path) for path in paths) + "]"
        written = self._parent.execute(
            f"SELECT file_name, list(name ORDER BY name) FROM parquet_schema({listed}) GROUP BY 1"
        ).fetchall()
        held = {"period", *(name for _, names in written for name in names)}
        by_name = len({tuple(names) for _, names in written}) > 1
        source = (
            f"read_parquet({listed}, hive_partitioning = true, union_by_name = {by_name}, "
            "hive_types = {'period': VARCHAR})"
        )
        wanted = self._parent.execute("DESCRIBE empty_rows").fetchall()
        columns = (
            f'"{name}"' if name in held else f'CAST(NULL AS {kind}) AS "{name}"'
            for name, kind, *_ in wanted
        )
        return f"SELECT {', '.join(columns)} FROM {source}"

    def run(self, sql: str, params: Mapping[str, Any] | None = None) -> pa.Table:
        """The result of one SELECT with named bound parameters (`$name`), as an Arrow table.

        Safe from any thread. Raises duckdb.Error for SQL that is wrong or not allowed,
        QueryStoppedError for a query that was stopped.
        """
        if not _is_question(sql):
            raise duckdb.PermissionException("only one SELECT is a question")
        with self._parent.cursor() as cursor:

            def stop() -> None:
                with suppress(duckdb.Error):  # it has just ended by itself
                    cursor.interrupt()

            clock = Timer(self._seconds, stop)
            clock.daemon = True
            clock.start()
            try:
                relation = cursor.sql(sql, params=dict(params) if params else None)
                return relation.to_arrow_table()
            except duckdb.InterruptException as error:
                raise too_long(self._seconds) from error
            except duckdb.OutOfMemoryException as error:
                raise QueryStoppedError(
                    f"查询用的内存超过{_MEMORY}，已停止。请少选几个期次或部门再试；总是这样，请告诉管理员。"
                ) from error
            finally:
                clock.cancel()

    def columns(self, sql: str, params: Mapping[str, Any] | None = None) -> pa.Schema:
        """The columns of what `run` would answer; no row is made."""
        if not _is_question(sql):
            raise duckdb.PermissionException("only one SELECT is a question")
        return self.run(f"SELECT * FROM (\n{sql}\n) LIMIT 0", params).schema

    def close(self) -> None:
        """Let the parent go; queries under way on their own cursors finish first."""
        self._parent.close()
