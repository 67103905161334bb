"""What a release is: who published what, when and why, and which table versions it names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

import pyarrow as pa

from lib.catalog.datasets import STATED
from lib.clock import CHINA

Kind = Literal["seed", "publish", "rollback", "proposal"]
KIND_NAMES = {
    "seed": "初始化",
    "publish": "发布",
    "rollback": "回退",
}  # for people; a proposal is none yet
_LATER_JSON = ("synthetic_parts",)
_LATER_TEXT = ("reviewed_by", "proposal", "restored")
_JSON_FIELDS = ("versions", "contents", "rows", "periods", "sources", "issues", *_LATER_JSON)

SCHEMA = pa.schema(
    [
        ("number", pa.int64()),
        ("id", pa.string()),
        ("created_at", pa.timestamp("us", tz="UTC")),
        ("kind", pa.string()),
        ("by", pa.string()),
        ("note", pa.string()),
        ("parent", pa.string()),
        *((name, pa.string()) for name in (*_JSON_FIELDS, *_LATER_TEXT)),
    ]
)


@dataclass(frozen=True)
class Release:
    """One row of the `releases` table.

    versions: dataset id > Delta version;  contents: "dataset/period" > SHA-256 of the rows
    rows:     dataset id > row count;      periods:  periods held, oldest first
    sources:  the files it was made from, each {file, sheet, sha256, dataset, rows, periods,
              choices, mode, sender, synthetic}; early releases hold only some of these
    issues:   severity > count at publishing
    synthetic_parts: the "dataset/period" that hold any made-up row
    reviewed_by, proposal, restored: who let it through, what it came from, and the release a
              rollback brought back; "" where there is none
    """

    number: int
    id: str
    created_at: dt.datetime
    kind: Kind
    by: str
    note: str
    parent: str | None
    versions: dict[str, int]
    contents: dict[str, str]
    rows: dict[str, int]
    periods: list[str]
    sources: list[dict[str, Any]] = field(default_factory=list)
    issues: dict[str, int] = field(default_factory=dict)
    synthetic_parts: list[str] = field(default_factory=list)
    reviewed_by: str = ""
    proposal: str = ""
    restored: str = ""

    @property
    def synthetic(self) -> list[str]:
        """The periods that hold any made-up row, in text order."""
        return sorted({part.split("/")[1] for part in self.synthetic_parts})

    def made_up(self, period: str, datasets: Iterable[str] = STATED) -> bool:
        """Whether any of these datasets holds a made-up row of a period."""
        return any(f"{dataset}/{period}" in self.synthetic_parts for dataset in datasets)

    @property
    def label(self) -> str:
        """For people: the id and when it was published, Beijing time."""
        return f"{self.id} · {self.created_at.astimezone(CHINA):%Y-%m-%d %H:%M}"

    def to_table(self) -> pa.Table:
        """The release as a one-row table of `SCHEMA`."""
        row = asdict(self)
        for name in _JSON_FIELDS:
            row[name] = json.dumps(row[name], ensure_ascii=False, sort_keys=True)
        return pa.Table.from_pylist([row], schema=SCHEMA)


def release_from_row(row: dict[str, Any]) -> Release:
    """A stored row back as a Release; what an older row lacks takes its default."""
    values = {f.name: row[f.name] for f in fields(Release) if row.get(f.name) is not None}
    values.setdefault("parent", None)
    return Release(**{k: json.loads(v) if k in _JSON_FIELDS else v for k, v in values.items()})


def nothing() -> Release:
    """What there is before the first release."""
    return Release(
        0, "", dt.datetime.min.replace(tzinfo=dt.UTC), "publish", "", "", None, {}, {}, {}, []
    )
