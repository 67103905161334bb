"""The one place that knows the query engine: `run(sql, params)` over one release's files.

DuckDB in this process, or Spark where one machine is outgrown: the same questions, the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from lib.engine.common import Engine, QueryStoppedError
from lib.engine.duck import DuckEngine

__all__ = ["Engine", "QueryStoppedError", "open_engine"]


def open_engine(
    address: str,
    folder: Path,
    files: Mapping[str, Sequence[str]],
    empty: Mapping[str, pa.Schema],
    views: Mapping[str, str],
    also: Sequence[Path] = (),
    seconds: float = 20,
) -> Engine:
    """The engine at an address (`sc://host:port`, or "" for this process) over one release.

    folder: the only folder it may read, but for `also`
    files:  table name > its Parquet files (absolute paths); at least one a table
    empty:  table name > schema: a column that files lack is empty in their rows
    views:  view name > SELECT, built over the tables in the given order
    seconds: how long one query may take
    """
    if not address:
        return DuckEngine(folder, files, empty, views, also, seconds)
    from lib.engine.spark import SparkEngine  # needs packages that DuckDB does not

    blank = DuckEngine(folder, dict.fromkeys(files, ()), empty, views, also, seconds)
    return SparkEngine(address, blank, files, empty, views, seconds)
