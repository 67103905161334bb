"""JSON, CSV and Parquet hold the same; tags follow release and content."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from lib.answers.fields import Field
from lib.answers.plain import cell, plain
from lib.api.formats import wanted
from lib.api.problems import ProblemError
from lib.api.resources import RESOURCES, Resource
from lib.downloads import original_text
from tests.api.asking import Reply, ask

PATHS = {
    resource.id: resource.path.format(release="R0001", metric="power_claim_rate")
    for resource in RESOURCES
}
BY_RESOURCE = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.id)


def rows_of(reply: Reply) -> list[dict[str, Any]]:
    held = reply.json
    return [held["item"]] if "item" in held else held["items"]


def unmapped(field: Field, value: Any) -> Any:
    """A value of a Parquet file as a row holds it."""
    return dict(value) if field.kind in ("counts", "hashes") and value is not None else value


def in_parquet(resource: Resource, body: bytes) -> list[dict[str, Any]]:
    table = pq.read_table(io.BytesIO(body))
    return [
        {field.name: unmapped(field, row[field.name]) for field in resource.fields}
        for row in table.to_pylist()
    ]


@BY_RESOURCE
def test_the_formats_hold_the_same_rows(resource: Resource) -> None:
    path = PATHS[resource.id]
    rows = rows_of(ask(f"{path}?format=json"))
    stored = in_parquet(resource, ask(f"{path}?format=parquet").body)
    assert plain(stored) == rows
    text = ask(f"{path}?format=csv").body
    assert text.startswith("\ufeff".encode())
    lines = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert lines[0] == [field.name for field in resource.fields]
    assert [[original_text(one) for one in line] for line in lines[1:]] == [
        [cell(row[field.name]) for field in resource.fields] for row in stored
    ]
    assert len(lines) == len(rows) + 1


def test_parquet_keeps_figures_digit_for_digit_and_says_what_they_are_of() -> None:
    table = pq.read_table(io.BytesIO(ask("/facts?metric=power_claim_rate&format=parquet").body))
    assert str(table.schema.field("value").type) == "decimal128(20, 4)"
    assert table["value"].to_pylist()[0] == Decimal("85.4000").normalize() or all(
        isinstance(value, Decimal) for value in table["value"].to_pylist()
    )
    assert {type(value) for value in table["as_of"].to_pylist()} == {dt.date}
    about = json.loads(table.schema.metadata[b"tongbao"])
    assert about == {"release": "R0001", "period": "2022H1", "nature": None}
    assert "nature" in table.schema.names


@pytest.mark.parametrize(
    ("asked", "accept", "mime"),
    [
        ("", "", "application/json"),
        ("", "*/*", "application/json"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("", "application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("", "application/json;q=0.2, text/*;q=0.5", "text/csv; charset=utf-8"),
        ("", "application/json;q=0, */*", "text/csv; charset=utf-8"),
        ("", "text/csv;q=nonsense", "text/csv; charset=utf-8"),
        ("", "TEXT/CSV", "text/csv; charset=utf-8"),
        ("?format=json", "text/csv", "application/json"),
        ("?format=parquet", "text/html", "application/vnd.apache.parquet"),
    ],
)
def test_the_format_is_the_one_asked_for(asked: str, accept: str, mime: str) -> None:
    reply = ask(f"/datasets{asked}", accept=accept)
    assert (reply.status, reply.headers["content-type"]) == (200, mime)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*", ";;,"])
def test_a_format_that_is_not_there_is_refused(accept: str) -> None:
    status, parameter, detail = ask("/datasets", accept=accept).problem
    assert (status, parameter) == (406, None)
    assert "text/csv" in detail


def test_every_part_of_an_accept_header_is_read_without_breaking() -> None:
    for text in ("a;b;c", "=;q", "q=1", "*/*;q=1;q=0", ",,,", "*/*;q=inf", "*/*;q=nan"):
        try:
            assert wanted(None, text).id in ("json", "csv", "parquet")
        except ProblemError:
            continue


@pytest.mark.parametrize("shape", ["csv", "parquet"])
def test_files_have_names_for_people(shape: str) -> None:
    headers = ask(f"/facts?format={shape}").headers
    name = unquote(headers["content-disposition"].partition("UTF-8''")[2])
    assert name == f"全部数-2022H1-R0001.{shape}"
    assert "content-disposition" not in ask("/facts").headers


@BY_RESOURCE
def test_what_has_not_changed_is_not_sent_again(resource: Resource) -> None:
    path = PATHS[resource.id]
    tags = set()
    for shape in ("json", "csv", "parquet"):
        first = ask(f"{path}?format={shape}")
        tag = first.headers["etag"]
        tags.add(tag)
        assert first.headers["cache-control"] == "private, no-cache"
        for held in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = ask(f"{path}?format={shape}", if_none_match=held)
            assert (again.status, again.body) == (304, b"")
            assert again.headers["etag"] == tag
        other = ask(f"{path}?format={shape}", if_none_match='"other"')
        assert (other.status, other.body) == (200, first.body)
    assert len(tags) == 3


def test_a_tag_names_the_release_and_is_of_the_question() -> None:
    one, other = ask("/facts?metric=staff_trained"), ask("/facts?metric=staff_target")
    assert one.headers["etag"].startswith('W/"R0001-')
    assert one.headers["etag"] != other.headers["etag"]
    assert ask("/metrics").headers["etag"].count("-") == 0


def test_a_head_is_answered_like_a_get() -> None:
    got, head = ask("/facts"), ask("/facts", method="HEAD")
    assert head.status == 200
    for name in ("etag", "content-type", "x-tongbao-release", "cache-control"):
        assert head.headers[name] == got.headers[name]
