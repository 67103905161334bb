"""Texts inside SQL that cannot be bound: names of files and folders."""

from __future__ import annotations

import re


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal_path(path: str) -> str:
    """A path as it is: DuckDB reads `[`, `*` and `?` of a folder name as a pattern."""
    return quoted(re.sub(r"([\[*?])", r"[\1]", path))
