"""The one place that knows the query engine: `run(sql, params)` over one release's files.

DuckDB here. One locked-down in-memory parent a release, a fresh cursor for every query:
a connection shared between threads returns wrong numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _literal_path(path: str) -> str:
    """A path as it is: DuckDB reads `[`, `*` and `?` of a folder name as a pattern."""
    return _quoted(re.sub(r"([\[*?])", r"[\1]", path))


class Engine:
    """Answers SQL over one release.

    folder: the only folder it may read, but for `also`
    files:  table name > its Parquet files (absolute paths); at least one a table
    empty:  table name > schema: a column that files lack is empty in their rows
    views:  view name > SELECT, built over the tables in the given order
    """

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, Sequence[str]],
        empty: Mapping[str, pa.Schema],
        views: Mapping[str, str],
        also: Sequence[Path] = (),
    ) -> None:
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
        folders = ", ".join(f"{_quoted(str(f))}, {_literal_path(str(f))}" for f in (folder, *also))
        for setting in (
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
        listed = "[" + ", ".join(_literal_path(path) for path in paths) + "]"
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

        Safe from any thread. Raises duckdb.Error for SQL that is wrong or not allowed.
        """
        with self._parent.cursor() as cursor:
            relation = cursor.sql(sql, params=dict(params) if params else None)
            return relation.to_arrow_table()

    def close(self) -> None:
        """Let the parent go; queries under way on their own cursors finish first."""
        self._parent.close()
