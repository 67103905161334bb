"""Whatever is asked, the API answers as declared: with rows, or with a problem."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.api.document import document
from lib.api.parameters import Words
from lib.api.resources import RESOURCES, Resource
from tests.api.asking import Reply, ask

HEADERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
        for name in ("accept", "if_none_match", "authorization", "range", "if_match")
    },
)


def as_declared(resource: Resource, reply: Reply) -> None:
    """The status, the kind and, in JSON, the shape are those of the OpenAPI document."""
    whole = document()
    declared = whole["paths"][resource.path]["get"]["responses"]
    assert str(reply.status) in declared, reply.body.decode("utf-8", "replace")
    assert reply.status < 500
    if reply.status == 304:
        assert reply.body == b""
        return
    content = declared[str(reply.status)]["content"]
    mime = reply.headers["content-type"].partition(";")[0]
    assert mime in content
    if mime.endswith("json"):
        schema = content[mime]["schema"] | {"components": whole["components"]}
        jsonschema.validate(reply.json, schema, jsonschema.Draft202012Validator)


def values(resource: Resource) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Parameters of a resource, and others, with values that may be right."""
    pairs = [st.tuples(st.text(max_size=8), st.text(max_size=8))]
    for parameter in resource.queried:
        words = list(parameter.taken.meanings) if isinstance(parameter.taken, Words) else []
        likely = [*words, "R0001", "R9999", "2022H1", "2021H2", "0", "1", "7", "-1", "1e3", ""]
        written = st.one_of(st.sampled_from(likely), st.text(max_size=12))
        pairs.append(st.tuples(st.just(parameter.name), written))
    return st.lists(st.one_of(pairs), max_size=4)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.id)
@given(data=st.data())
@settings(max_examples=20)
def test_any_question_is_answered_as_declared(resource: Resource, data: st.DataObject) -> None:
    known = {"release": "R0001", "metric": "staff_trained"}
    parts = {
        name: quote(data.draw(st.one_of(st.just(right), st.text(min_size=1, max_size=8))), safe="")
        for name, right in known.items()
        if f"{{{name}}}" in resource.path
    }
    path = resource.path.format(**parts)
    query = urlencode(data.draw(values(resource)))
    reply = ask(f"{path}?{query}", **data.draw(HEADERS))
    if "%2F" in path or reply.status == 401:
        assert reply.status in (400, 401, 404)
        return
    as_declared(resource, reply)


@given(
    limit=st.integers(1, 5000), districts=st.sets(st.sampled_from(["liyang", "city", "city_level"]))
)
@settings(max_examples=25)
def test_no_page_is_longer_than_asked_for_and_none_is_lost(limit: int, districts: set[str]) -> None:
    asked = urlencode([("limit", limit), *(("district", one) for one in districts)])
    rows = ask(f"/facts?{asked}").json
    assert len(rows["items"]) <= limit
    assert (rows["next"] is None) or len(rows["items"]) == limit
    assert all(not districts or row["district_id"] in districts for row in rows["items"])
