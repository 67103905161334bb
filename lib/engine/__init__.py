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

    folder: the only folder it may read
    files:  table name > its Parquet files (absolute paths); at least one a table
    empty:  table name > schema, for tables the release holds no rows of
    views:  view name > SELECT, built over the tables in the given order
    """

    def __init__(
        self,
        folder: Path,
        files: Mapping[str, Sequence[str]],
        empty: Mapping[str, pa.Schema],
        views: Mapping[str, str],
    ) -> None:
        self._parent = duckdb.connect(":memory:")
        execute = self._parent.execute
        for name, paths in files.items():
            if paths:
                listed = ", ".join(_literal_path(path) for path in paths)
                source = (
                    f"read_parquet([{listed}], hive_partitioning = true, "
                    "hive_types = {'period': VARCHAR})"
                )
                columns = ", ".join(f'"{column}"' for column in empty[name].names)
                execute(f'CREATE VIEW "{name}" AS SELECT {columns} FROM {source}')
            else:
                self._parent.register("empty_rows", empty[name].empty_table())
                execute(f'CREATE TABLE "{name}" AS SELECT * FROM empty_rows')
                self._parent.unregister("empty_rows")
        for name, select in views.items():
            execute(f'CREATE VIEW "{name}" AS {select}')
        for setting in (
            f"allowed_directories = [{_quoted(str(folder))}, {_literal_path(str(folder))}]",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "allow_community_extensions = false",
            "enable_external_access = false",
            "lock_configuration = true",
        ):
            execute(f"SET {setting}")

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
