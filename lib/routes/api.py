"""The API over HTTP: methods, formats, entity tags, and problems as their own kind of answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from lib.access.roles import Action, DeniedError, Person
from lib.api import ROOT, formats
from lib.api.answer import Answer
from lib.api.document import document
from lib.api.formats import Format
from lib.api.page import page
from lib.api.parameters import read_all
from lib.api.problems import METHOD, NOTHING, ROLE, UNAVAILABLE, ProblemError
from lib.api.resources import Resource, found
from lib.audit.recording import denied, fetched
from lib.queries.release import DamagedReleaseError, QueryStoppedError, UnknownReleaseError
from lib.routes.problems import refusal

_READING = ("GET", "HEAD")
_DOCUMENT = f"{ROOT}/openapi.json"
_KEPT = {"Cache-Control": "private, no-cache", "Vary": "Accept, Authorization, Cookie"}


def _tagged(request: Request, body: bytes, mime: str, headers: Mapping[str, str]) -> Response:
    """An answer with its tag, by release and content; 304 where who asks has it already."""
    release = headers.get("X-Tongbao-Release", "")
    tag = f'W/"{"-".join(filter(None, (release, sha256(body).hexdigest()[:32])))}"'
    held = {
        part.strip().removeprefix("W/")
        for line in request.headers.getlist("if-none-match")
        for part in line.split(",")
    }
    if held & {tag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=_KEPT | {"ETag": tag})
    return Response(body, 200, {**_KEPT, "ETag": tag, **headers}, mime)


def _following(resource: Resource, asked: Mapping[str, Any], answer: Answer) -> str | None:
    """The address of the next page, pinned to release and period; None where there is none."""
    if answer.after is None:
        return None
    of = {name: value for name, value in answer.of.items() if name in asked}
    given = {p.name: asked[p.name] for p in resource.queried} | of | {"after": answer.after}
    said = {name: value for name, value in given.items() if value not in (None, ())}
    return f"{ROOT}{resource.path}?{urlencode(said, doseq=True)}"


def _headers(
    resource: Resource, answer: Answer, shape: Format, following: str | None
) -> dict[str, str]:
    of = answer.of
    headers = {"X-Tongbao-Release": of["release"]} if of["release"] else {}
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    if shape is not formats.JSON:
        name = "-".join(part for part in (resource.title, of["period"], of["release"]) if part)
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{shape.id}"
    return headers


def _answered(request: Request) -> Response:
    path: str = request.scope["path"]
    query = request.query_params
    written = {name: query.getlist(name) for name in query}
    if path == _DOCUMENT:
        read_all((), written)
        body = json.dumps(document(), ensure_ascii=False).encode()
        return _tagged(request, body, formats.JSON.mime, {})
    resource, parts = found(path.removeprefix(ROOT))
    asked = resource.read(parts, written)
    shape = formats.wanted(asked["format"], ", ".join(request.headers.getlist("accept")))
    answer = resource.answer(asked)
    following = _following(resource, asked, answer)
    body = shape.write(resource, answer, following)
    made = _tagged(request, body, shape.content_type, _headers(resource, answer, shape, following))
    if answer.release and made.status_code == 200:
        what = f"接口：{resource.title}（{shape.id}）"
        fetched(request.scope["visitor"].person, what, answer.release.id)
    return made


def _made(request: Request) -> Response:
    """The answer, or the problem in its place."""
    person: Person = request.scope["visitor"].person
    if request.method not in _READING:
        said = f"接口只读，不接受 {request.method}，请用 GET。"
        return refusal(ProblemError(METHOD, said), {"Allow": ", ".join(_READING)})
    try:
        person.require(Action.TAKE)
        return _answered(request)
    except ProblemError as problem:
        return refusal(problem)
    except DeniedError as error:
        denied(person, Action.TAKE, str(error))
        return refusal(ProblemError(ROLE, str(error)))
    except DamagedReleaseError as error:
        told = f"{error}。请管理员运行 python -m lib verify。"
        return refusal(ProblemError(UNAVAILABLE, told))
    except UnknownReleaseError as error:
        return refusal(ProblemError(NOTHING, f"没有版本 {error}。", "release"))
    except QueryStoppedError as stopped:
        return refusal(ProblemError(UNAVAILABLE, str(stopped)))


async def answered(request: Request) -> Response:
    """Whatever is asked under `/api/`, made in a thread of its own, so that nobody else waits for it."""
    return await anyio.to_thread.run_sync(_made, request)


async def explained(_: Request) -> HTMLResponse:
    """The page that explains the API; it holds no figure and is for everybody."""
    return HTMLResponse(page(), headers={"Cache-Control": "no-cache"})
