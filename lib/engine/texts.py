"""Texts inside SQL that cannot be bound: names of files and folders, words of a type."""

from __future__ import annotations

import re
from collections.abc import Iterable


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str) -> str:
    """A path as it is: DuckDB reads `[`, `*` and `?` of a folder name as a pattern."""
    return quoted(re.sub(r"([\[*?])", r"[\1]", path))


def words_type(words: Iterable[str]) -> str:
    """The type whose values are these words: they are written to Parquet without a look at each."""
    return f"ENUM({', '.join(quoted(word) for word in dict.fromkeys(words))})"
