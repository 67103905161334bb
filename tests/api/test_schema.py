"""The running app driven by a tester that knows nothing but the OpenAPI document the app serves.

It makes up questions, right ones and wrong ones, and holds every answer against the document: its
status, type, headers and shape; right ones are answered, wrong ones refused, other methods too.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from schemathesis import Case

from lib.api import ROOT
from lib.api.document import document
from tests.security.wire import asked
from tests.server import Server


def with_few_words(whole: dict[str, Any]) -> dict[str, Any]:
    """The document with the first words of every list only: the tester asks for each, which takes long."""
    made = deepcopy(whole)
    for path in made["paths"].values():
        for parameter in path["get"]["parameters"]:
            schema = parameter["schema"].get("items", parameter["schema"])
            if "enum" in schema:
                schema["enum"] = schema["enum"][:3]
    return made


few, every = (schemathesis.openapi.from_dict(d) for d in (with_few_words(document()), document()))


def test_the_document_that_is_served_is_the_one_the_tester_knows(server: Server) -> None:
    assert json.loads(asked(server.url, f"{ROOT}/openapi.json").body) == document()


@few.parametrize()
@settings(max_examples=10)
def test_every_answer_is_as_declared(case: Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url + ROOT)


@pytest.mark.soak
@every.parametrize()
@settings(max_examples=120)
def test_many_more_answers_are_as_declared(case: Case, server: Server) -> None:
    case.call_and_validate(base_url=server.url + ROOT)
