"""What pages offer to take away: a view's table, a document; each pinned to release and filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import quote

import anyio
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lib.audit.actions import Action, Result
from lib.audit.recording import NOBODY, record
from lib.documents.fonts import NoChineseFontError
from lib.documents.register import EXPORT_BY_ID
from lib.links import read_selection
from lib.queries.release import UnknownReleaseError, opened_release
from lib.selection import Selection
from lib.views.files import TABLE_FILES
from lib.views.named import view_named

Asked = Mapping[str, Sequence[str]]
_NOT_THERE = "没有这个文件：链接里的版本、期次或名称不存在。请从页面上重新下载。"


def _selection(asked: Asked) -> Selection | None:
    """What an address asks for; None where its release does not hold that period."""
    try:
        selection = read_selection(asked)
        held = opened_release(selection.release_id).periods
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


def _table(selection: Selection, view: str, suffix: str) -> Response:
    found = view_named(view, selection) if suffix in TABLE_FILES else None
    if found is None:
        return _refused(_NOT_THERE, 404)
    kind = TABLE_FILES[suffix]
    name = f"{found.title}-{selection.period}-{selection.release_id}.{suffix}"
    content = kind.make(found, selection)
    record(Action.EXPORT, who=NOBODY, what=name, release=selection.release_id)
    return _attached(content, name, kind.mime)


def _document(selection: Selection, document: str) -> Response:
    export = EXPORT_BY_ID.get(document)
    if export is None:
        return _refused(_NOT_THERE, 404)
    name = export.file_name(selection)
    note = partial(record, Action.EXPORT, who=NOBODY, what=name, release=selection.release_id)
    try:
        content = export.make(selection)
    except NoChineseFontError as error:
        note(result=Result.FAILED, reason=str(error))
        return _refused(str(error), 503)
    note()
    return _attached(content, name, export.mime)


async def _answered(request: Request, make: Callable[..., Response], *names: str) -> Response:
    """Make the file in a thread of its own, so that nobody else waits for it."""
    asked = {key: request.query_params.getlist(key) for key in request.query_params}
    given = [request.path_params[name] for name in names]

    def made() -> Response:
        selection = _selection(asked)
        return _refused(_NOT_THERE, 404) if selection is None else make(selection, *given)

    return await anyio.to_thread.run_sync(made)


async def table_file(request: Request) -> Response:
    """A view's table as CSV or as a workbook; 404 with a sentence where there is none."""
    return await _answered(request, _table, "view", "suffix")


async def document_file(request: Request) -> Response:
    """A document of `lib/documents/register.py`; 404 or 503 with a sentence where there is none."""
    return await _answered(request, _document, "document")
