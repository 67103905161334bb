"""What browsers may leave in the server's memory: so many files of known kinds, so large together.

Streamlit keeps whatever is put to an open tab under any file id, shown by a page or not. What is
too much is refused while it comes in; Streamlit itself refuses a single file that is too large.
"""

from __future__ import annotations

import re

import anyio
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.documents.drafts.received import ENDINGS as DRAFTS
from lib.intake.files.filetype import ENDINGS as TABLES
from lib.intake.files.filetype import plain_name
from lib.runtime import uploads

_MB = 1024 * 1024
MOST_FILES = 20  # of one tab
MOST_BYTES = 100 * _MB  # of one tab
MOST_IN_ALL = 300 * _MB  # of all tabs together
_BODY = 33 * _MB  # more is refused by Streamlit at once
_PATIENCE = 30  # seconds for the rest of what is refused
_PUT = re.compile(r"(?:.*/)?_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)", re.DOTALL)
_ENDINGS = tuple(f".{ending}" for ending in (*TABLES, *DRAFTS))


# Why a file is not taken: HTTP status, sentence.
_FULL = (
    413, f"这一页最多放{MOST_FILES}个文件、共{MOST_BYTES // _MB} MB。请移除不用的文件，或刷新页面后再传。"
)  # fmt: skip
_BUSY = (503, "现在上传的人多，服务器暂时放不下更多文件。请过几分钟再传。")
_UNKNOWN = (
    415, f"只收{'、'.join(sorted({e.upper() for e in (*TABLES, *DRAFTS)}))}文件。请另存为其中一种后再传。"
)  # fmt: skip


class _RefusedError(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class _Body:
    """One upload under way: whose it is, how much of it came, whether more is to come."""

    def __init__(self, session: str, file: str, receive: Receive) -> None:
        self.session, self.file = session, file
        self.came, self.ended = 0, False
        self._receive = receive

    async def next(self) -> Message:
        """The next part."""
        message = await self._receive()
        self.came += len(message.get("body", b""))
        self.ended = not message.get("more_body", False)
        return message

    async def rest(self) -> None:
        """Read what still comes, a file's worth: who is sending would not hear the answer."""
        most = self.came + _BODY
        with anyio.move_on_after(_PATIENCE):
            while not self.ended and self.came < most:
                await self.next()


class BoundedUploads:
    """Middleware: refuses an upload that is one too many, too much, or of no kind a page takes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming: list[_Body] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let the app answer."""
        put = scope["type"] == "http" and scope["method"] == "PUT"
        upload = _PUT.fullmatch(scope["path"]) if put else None
        if upload is None:
            await self._app(scope, receive, send)
            return
        body = _Body(upload["session"], upload["file"], receive)
        try:
            await self._take(body, scope, send)
        except _RefusedError as refused:
            await body.rest()
            answer = PlainTextResponse(
                refused.sentence, refused.status, {"Cache-Control": "no-store"}
            )
            await answer(scope, receive, send)

    async def _take(self, body: _Body, scope: Scope, send: Send) -> None:
        """Let the app take an upload, weighed as it comes. Raises _RefusedError before any answer."""
        announced = Headers(scope=scope).get("content-length", "")
        size = int(announced) if announced.isdecimal() else 0
        if size <= _BODY:
            self._check_count(body)
            self._check_room(body, size)

        async def weighed() -> Message:
            message = await body.next()
            if message.get("body"):
                self._check_room(body)
            return message

        async def checked(message: Message) -> None:
            if message["type"] == "http.response.start":
                if body in self._coming:
                    self._coming.remove(body)  # from here on it is among the files held
                if message["status"] < 300:
                    _check_name(body.session, body.file)
            await send(message)

        self._coming.append(body)
        try:
            await self._app(scope, weighed, checked)
        finally:
            if body in self._coming:
                self._coming.remove(body)

    def _check_count(self, body: _Body) -> None:
        """Raise _RefusedError where the tab has, or is sending, as many files as it may."""
        files = {*uploads.records(body.session)}
        files |= {other.file for other in self._coming if other.session == body.session}
        if len(files - {body.file}) >= MOST_FILES:
            raise _RefusedError(*_FULL)

    def _check_room(self, body: _Body, more: int = 0) -> None:
        """Raise _RefusedError where what is held and coming, and so many bytes more, is too much."""
        files = uploads.records(body.session)
        kept = sum(len(one.data) for id, one in files.items() if id != body.file)
        mine = sum(other.came for other in self._coming if other.session == body.session)
        if kept + mine + more > MOST_BYTES:
            raise _RefusedError(*_FULL)
        coming = sum(other.came for other in self._coming) + more
        if uploads.total() + coming > MOST_IN_ALL:
            uploads.let_go_of_closed()
            if uploads.total() + coming > MOST_IN_ALL:
                raise _RefusedError(*_BUSY)


def _check_name(session: str, file: str) -> None:
    """Forget a file no page takes and raise _RefusedError: Streamlit would fail on its name for good."""
    name = uploads.records(session)[file].name
    if not name.lower().endswith(_ENDINGS) or plain_name(name) != name:
        uploads.let_go(session, file)
        raise _RefusedError(*_UNKNOWN)
