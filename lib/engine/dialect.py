"""DuckDB's SQL as Spark reads it: text in, text out, no engine asked."""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import ErrorLevel, exp


@lru_cache(maxsize=256)
def spark_sql(sql: str) -> str:
    """One statement, translated; `$name` becomes `:name`.

    Raises sqlglot.errors.SqlglotError for what cannot be read, or has no like in Spark.
    """
    tree = sqlglot.parse_one(sql, read="duckdb")
    for joined in tree.find_all(exp.Concat):  # DuckDB joins numbers as texts, and skips NULL
        joined.set("expressions", [_as_text(part) for part in joined.expressions])
    for named in tree.find_all(exp.CTE):  # Spark has no word for it, and holds none
        named.set("materialized", None)
    return tree.sql("spark", unsupported_level=ErrorLevel.RAISE, comments=False)


def _as_text(part: exp.Expression) -> exp.Expression:
    return part if part.is_string else exp.cast(part, exp.DataType.Type.VARCHAR)
