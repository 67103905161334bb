"""What every engine promises, and what it says where it cannot answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import pyarrow as pa


class QueryStoppedError(RuntimeError):
    """A query took too long or too much memory, or its engine is away; the text is a sentence for people."""


def too_long(seconds: float) -> QueryStoppedError:
    """What is said of a query that was stopped after its time."""
    return QueryStoppedError(
        f"查询超过{seconds:g}秒，已停止。请少选几个期次或部门再试；总是这样，请告诉管理员。"
    )


class Engine(Protocol):
    """Answers SQL over one release."""

    def run(self, sql: str, params: Mapping[str, Any] | None = None) -> pa.Table:
        """The result of one SELECT with named bound parameters (`$name`), as an Arrow table.

        The same rows and column types whichever engine answers. Safe from any thread. Raises
        duckdb.Error for SQL that is wrong or not allowed, QueryStoppedError for a query that was
        stopped or has no engine to answer it.
        """

    def close(self) -> None:
        """Let go of what it holds; queries under way finish first."""
