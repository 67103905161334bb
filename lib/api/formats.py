"""The formats of an answer: JSON, CSV and Parquet from the same fields, and which one is wanted."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.parquet as pq

from lib.answers.fields import Field, Row
from lib.answers.plain import cell, plain
from lib.api.answer import Answer
from lib.api.problems import FORMAT, ProblemError
from lib.api.resources import Resource
from lib.downloads import csv_file
from lib.intake.schema import FIGURE_TYPE

_WEIGHT = re.compile(r"q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
Write = Callable[[Resource, Answer, str | None], bytes]
_ARROW = {
    "text": pa.string(), "integer": pa.int64(), "decimal": FIGURE_TYPE, "day": pa.date32(),
    "moment": pa.timestamp("s", tz="+08:00"), "flag": pa.bool_(), "texts": pa.list_(pa.string()),
    "counts": pa.map_(pa.string(), pa.int64()), "hashes": pa.map_(pa.string(), pa.string()),
}  # fmt: skip


@dataclass(frozen=True)
class Format:
    """A way to write an answer. write: resource, answer, address of the next page or None > bytes"""

    id: str
    mime: str
    write: Write

    @property
    def content_type(self) -> str:
        """As a header says it."""
        return f"{self.mime}; charset=utf-8" if self.mime.startswith("text/") else self.mime


def _as_json(resource: Resource, answer: Answer, following: str | None) -> bytes:
    """One object: what the rows are of, then the rows, or the only one."""
    held: Row = dict(answer.of)
    if resource.single:
        held["item"] = answer.rows[0]
    else:
        held |= {"next": following, "items": answer.rows}
    return json.dumps(plain(held), ensure_ascii=False).encode()


def _as_csv(resource: Resource, answer: Answer, _: str | None) -> bytes:
    """As every CSV of ours: UTF-8 with BOM, safe for a spreadsheet."""
    names = [field.name for field in resource.fields]
    return csv_file(names, ([cell(row[name]) for name in names] for row in answer.rows))


def _as_parquet(resource: Resource, answer: Answer, _: str | None) -> bytes:
    """Figures as decimals; what the rows are of is in the metadata of the schema, under `tongbao`."""
    about = json.dumps(answer.of, ensure_ascii=False)
    schema = pa.schema([_arrow(field) for field in resource.fields], {"tongbao": about})
    columns = {
        field.name: [_stored(field, row) for row in answer.rows] for field in resource.fields
    }
    out = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), out)
    return out.getvalue()


def _arrow(field: Field) -> pa.Field:
    of = pa.list_(pa.struct([_arrow(one) for one in field.of])) if field.of else _ARROW[field.kind]
    return pa.field(field.name, of, nullable=field.missing)


def _stored(field: Field, row: Row) -> object:
    value = row[field.name]
    return list(value.items()) if field.kind in ("counts", "hashes") else value


JSON = Format("json", "application/json", _as_json)
CSV = Format("csv", "text/csv", _as_csv)
PARQUET = Format("parquet", "application/vnd.apache.parquet", _as_parquet)
FORMATS = (JSON, CSV, PARQUET)
_BY_ID = {one.id: one for one in FORMATS}


def wanted(named: str | None, accept: str) -> Format:
    """The format that is named, else the one an Accept header likes best. Raises ProblemError.

    Of those liked alike the first of `FORMATS`; without either, JSON.
    """
    if named is not None:
        return _BY_ID[named]
    liked = [(_liking(one.mime, accept), one) for one in FORMATS]
    most = max(liking for liking, _ in liked)
    if most <= 0:
        kinds = "、".join(one.mime for one in FORMATS)
        raise ProblemError(FORMAT, f"Accept 里没有这里能给的类型，可用 {kinds}，或写参数 format。")
    return next(one for liking, one in liked if liking == most)


def _liking(mime: str, accept: str) -> float:
    """How much a header likes a type, 0 to 1: what it says of the type itself goes before what it says of more."""
    said: dict[str, float] = {}
    for part in accept.split(",") if accept.strip() else ["*/*"]:
        kind, *options = (text.strip().lower() for text in part.split(";"))
        said[kind] = _quality(options)
    return next((said[k] for k in (mime, f"{mime.partition('/')[0]}/*", "*/*") if k in said), 0)


def _quality(options: list[str]) -> float:
    """The weight among a type's options; 1 where it has none that can be read."""
    for option in options:
        if found := _WEIGHT.fullmatch(option):
            return float(found[1])
    return 1
