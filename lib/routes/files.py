"""What pages offer to take away: a view's table, a document; each pinned to release and filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lib.access.roles import Action, DeniedError, Person
from lib.actions import opened
from lib.audit.recording import denied, record
from lib.audit.words import Noted, Result
from lib.documents.register import EXPORT_BY_ID
from lib.links import read_selection
from lib.not_made import NotMadeError
from lib.queries.release import (
    DamagedReleaseError,
    QueryStoppedError,
    UnknownReleaseError,
    opened_release,
)
from lib.selection import Selection
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.views.files import TABLE_FILES, file_name
from lib.views.named import view_named

Asked = Mapping[str, Sequence[str]]
_NOT_THERE = "没有这个文件：链接里的版本、期次或名称不存在。请从页面上重新下载。"


def _selection(asked: Asked, person: Person) -> Selection | None:
    """What an address asks for; None where its release does not hold that period, or is not theirs.

    Raises DamagedReleaseError.
    """
    try:
        selection = read_selection(asked)
        held = opened_release(selection.release_id).periods
        if opened(person, Lake(lake_dir()), selection.release_id) is None:
            return None
    except DamagedReleaseError:
        raise
    except (UnknownReleaseError, LookupError):
        return None
    return selection if selection.period in held else None


def _refused(sentence: str, status: int) -> Response:
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store"})


def _attached(content: bytes, name: str, mime: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, headers=headers, media_type=mime)


def _table(
    person: Person, selection: Selection, view: str, suffix: str, item: str | None
) -> Response:
    found = view_named(view, selection, item) if suffix in TABLE_FILES else None
    if found is None:
        return _refused(_NOT_THERE, 404)
    kind = TABLE_FILES[suffix]
    name = file_name(found, selection, suffix)
    content = kind.make(found, selection)
    record(Noted.EXPORT, who=person, what=name, release=selection.release_id)
    return _attached(content, name, kind.mime)


def _document(person: Person, selection: Selection, document: str) -> Response:
    export = EXPORT_BY_ID.get(document)
    if export is None:
        return _refused(_NOT_THERE, 404)
    name = export.file_name(selection)
    note = partial(record, Noted.EXPORT, who=person, what=name, release=selection.release_id)
    try:
        content = export.make(selection)
    except NotMadeError as error:
        note(result=Result.FAILED, reason=str(error))
        return _refused(str(error), 503)
    note()
    return _attached(content, name, export.mime)


async def _answered(request: Request, make: Callable[..., Response], *names: str) -> Response:
    """Make the file in a thread of its own, so that nobody else waits for it."""
    asked = {key: request.query_params.getlist(key) for key in request.query_params}
    person = request.scope["visitor"].person
    given = [request.path_params[name] for name in names]

    def made() -> Response:
        try:
            person.require(Action.TAKE)
            selection = _selection(asked, person)
            return (
                _refused(_NOT_THERE, 404) if selection is None else make(person, selection, *given)
            )
        except DeniedError as error:
            denied(person, Action.TAKE, str(error))
            return _refused(str(error), 403)
        except DamagedReleaseError as error:
            return _refused(f"{error}，没有生成文件。请管理员运行 python -m lib verify。", 503)
        except QueryStoppedError as stopped:
            return _refused(str(stopped), 503)

    return await anyio.to_thread.run_sync(made)


async def table_file(request: Request) -> Response:
    """A view's table as CSV or as a workbook; 404 with a sentence where there is none."""
    made = partial(_table, item=request.query_params.get("item") or None)
    return await _answered(request, made, "view", "suffix")


async def document_file(request: Request) -> Response:
    """A document of `lib/documents/register.py`; 404 or 503 with a sentence where there is none."""
    return await _answered(request, _document, "document")
