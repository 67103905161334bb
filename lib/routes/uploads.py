"""What browsers may leave in the server's memory: so many files of known kinds, so large together.

Streamlit keeps whatever is put to an open tab under any file id, shown by a page or not. What is
too much is refused while it comes in; Streamlit itself refuses a single file that is too large.
"""

from __future__ import annotations

import re
from collections import Counter

import anyio
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import held
from lib.documents.drafts.received import ENDINGS as DRAFTS
from lib.intake.files.filetype import ENDINGS as TABLES
from lib.intake.files.filetype import plain_name

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


class BoundedUploads:
    """Middleware: refuses an upload that is one too many, too much, or of no kind a page takes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._coming: Counter[str] = Counter()  # session > bytes of bodies not yet whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let the app answer."""
        upload = scope["type"] == "http" and scope["method"] == "PUT" and _PUT.fullmatch(scope["path"])
        if not upload:
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        size = int(announced) if announced.isdecimal() else 0
        try:
            if size <= _BODY:
                self._check_room(upload["session"], upload["file"], size)
            await self._put(upload["session"], upload["file"], scope, receive, send)
        except _RefusedError as refused:
            await _rest(receive)
            answer = PlainTextResponse(refused.sentence, refused.status, {"Cache-Control": "no-store"})
            await answer(scope, receive, send)

    async def _put(
        self, session: str, file: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let the app take the body, counted as it comes. Raises _RefusedError before any answer."""
        mine = 0

        def whole() -> None:
            nonlocal mine
            self._coming[session] -= mine
            if not self._coming[session]:
                del self._coming[session]
            mine = 0

        async def counted() -> Message:
            nonlocal mine
            message = await receive()
            if came := len(message.get("body", b"")):
                mine += came
                self._coming[session] += came
                self._check_room(session, file, 0)
            return message

        async def checked(message: Message) -> None:
            if message["type"] == "http.response.start":
                whole()  # from here on it is among the files held
                if message["status"] < 300:
                    _check_name(session, file)
            await send(message)

        try:
            await self._app(scope, counted, checked)
        finally:
            whole()

    def _check_room(self, session: str, file: str, size: int) -> None:
        """Raise _RefusedError where so many bytes more, as a file of that id, are too much."""
        others = [len(one.data) for id, one in held.records(session).items() if id != file]
        if (
            len(others) >= MOST_FILES
            or sum(others) + self._coming[session] + size > MOST_BYTES
        ):
            raise _RefusedError(*_FULL)
        coming = self._coming.total() + size
        if held.total() + coming > MOST_IN_ALL:
            held.let_go_of_closed()
            if held.total() + coming > MOST_IN_ALL:
                raise _RefusedError(*_BUSY)


def _check_name(session: str, file: str) -> None:
    """Forget a file no page takes and raise _RefusedError: Streamlit would fail on its name for good."""
    name = held.records(session)[file].name
    if not name.lower().endswith(_ENDINGS) or plain_name(name) != name:
        held.let_go(session, file)
        raise _RefusedError(*_UNKNOWN)


async def _rest(receive: Receive) -> None:
    """Read what still comes, a file's worth: a browser that is sending would not hear the answer."""
    left = _BODY
    with anyio.move_on_after(_PATIENCE):
        while left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            if not message.get("more_body"):
                return
