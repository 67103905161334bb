"""Fields: what the values of a row are, declared once for JSON, CSV, Parquet and the API's description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Row = dict[str, Any]
# texts: a list of text;  counts: name > integer;  hashes: name > text;  rows: a list of rows of `of`
Kind = Literal[
    "text", "integer", "decimal", "day", "moment", "flag", "texts", "counts", "hashes", "rows"
]


@dataclass(frozen=True)
class Field:
    """One named value of a row.

    about:   what it is, for readers of the API's description
    missing: whether it may be None
    choices: the only texts it takes; none where it takes any
    of:      the fields of its own rows
    """

    name: str
    kind: Kind
    about: str
    missing: bool = False
    choices: tuple[str, ...] = ()
    of: tuple[Field, ...] = ()


def text(name: str, about: str, *choices: str) -> Field:
    """A text that is always there."""
    return Field(name, "text", about, choices=choices)


def maybe(name: str, about: str, kind: Kind = "text", *choices: str) -> Field:
    """A value that may be missing."""
    return Field(name, kind, about, missing=True, choices=choices)
