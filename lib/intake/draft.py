"""A Draft: the rows of one table of a file, read and checked, ready to be released or sent back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from lib.catalog.datasets import Dataset
from lib.intake.choices import Choices
from lib.intake.issues import Issue


@dataclass(frozen=True)
class Draft:
    """One table of one file, read and checked. `table` follows `schema(dataset)`.

    sha256:  of the file as it is kept under `uploads`
    choices: what a person decided while reading it; with the kept file it gives the same rows
    remarks: text found above and below the table, in order
    """

    file: str
    sha256: str
    dataset: Dataset | None
    table: pa.Table | None
    issues: tuple[Issue, ...]
    sheet: str = ""
    choices: Choices = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    synthetic: bool = False

    @property
    def blocked(self) -> bool:
        """Whether anything in the table keeps it from being released."""
        return self.table is None or any(issue.severity == "阻断" for issue in self.issues)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods the rows speak of, in text order."""
        rows = [] if self.table is None else self.table["period"].drop_null().unique().to_pylist()
        return tuple(sorted(rows))
