"""The API asked in this process, behind all its guards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.inside import get

ROOT = "/api/v1"


@dataclass(frozen=True)
class Reply:
    """An answer: header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> tuple[int, str | None, str]:
        """Status, parameter and sentence of a problem, which is whole."""
        assert self.headers["content-type"] == "application/problem+json"
        assert self.headers["cache-control"] == "no-store"
        said = self.json
        assert set(said) == {"type", "title", "status", "detail", "parameter"}
        assert said["status"] == self.status
        return self.status, said["parameter"], said["detail"]


def ask(address: str, **more: str) -> Reply:
    """What the API answers to an address under `/api/v1`."""
    return Reply(*get(quote(f"{ROOT}{address}", safe="/?&=%~"), **more))


def items(address: str) -> list[dict[str, Any]]:
    """The rows of an answer."""
    reply = ask(address)
    assert reply.status == 200, reply.body.decode()
    found: list[dict[str, Any]] = reply.json["items"]
    return found


def pages(address: str) -> list[dict[str, Any]]:
    """The rows of an answer and of all the pages after it."""
    found = []
    following: str | None = f"{ROOT}{address}"
    while following:
        reply = Reply(*get(following))
        assert reply.status == 200, reply.body.decode()
        found += reply.json["items"]
        following = reply.json["next"]
        assert reply.headers.get("link") == (f'<{following}>; rel="next"' if following else None)
    return found
