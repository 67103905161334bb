"""A browser tab without a browser: it speaks Streamlit's own messages, and lies where it is told to."""

from __future__ import annotations

import http.client
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

_XSRF = "_streamlit_xsrf"
_PIECE = 1 << 16
_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass(frozen=True)
class Answer:
    """What came back of a request; status 0 where nothing did."""

    status: int
    text: str = ""


class Tab:
    """One open tab on one page, with its browser's cookies. Closes at the end of a `with`."""

    def __init__(self, url: str, page: str = "") -> None:
        self.url, self.page = url, page
        self.cookies: dict[str, str] = {}
        for path in (page, "_stcore/health"):
            with urllib.request.urlopen(f"{url}/{path}", timeout=20) as answer:
                for line in answer.headers.get_all("Set-Cookie") or ():
                    name, _, value = line.partition(";")[0].partition("=")
                    self.cookies[name] = value
        self._token = self.cookies.get(_XSRF, "")
        self.session = ""
        self.ids: dict[str, str] = {}  # label of a widget > its id
        self.seen: list[Any] = []  # the elements of the last run
        self._page_hash = ""
        self._values: dict[str, tuple[str, Any]] = {}
        self._open = ExitStack()
        socket = connect(
            f"{url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit", self._token or "none"],
            additional_headers={"Cookie": self._cookie()},
            origin=url, max_size=None, compression=None, open_timeout=20, proxy=None,
        )  # type: ignore[arg-type]  # fmt: skip
        self._socket = self._open.enter_context(socket)

    def __enter__(self) -> Tab:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    # what a page shows

    def run(self, seconds: float = 60) -> Tab:
        """Run the page with the values set; returns when the run is over."""
        asked = BackMsg()
        state = asked.rerun_script
        state.page_name, state.page_script_hash = self.page, self._page_hash
        state.widget_states.SetInParent()
        for id, (kind, value) in self._values.items():
            widget = state.widget_states.widgets.add(id=id)
            if kind == "files":
                for file, name, size in value:
                    widget.file_uploader_state_value.uploaded_file_info.add(
                        file_id=file, name=name, size=size
                    )
                widget.file_uploader_state_value.SetInParent()
            else:
                setattr(widget, f"{kind}_value", value)
        self._values = {id: held for id, held in self._values.items() if held[0] != "trigger"}
        self._socket.send(asked.SerializeToString())
        self._until_ended(seconds)
        return self

    def _until_ended(self, seconds: float) -> None:
        begun, end = False, time.monotonic() + seconds
        while True:
            data = self._socket.recv(timeout=max(end - time.monotonic(), 0.01))
            message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun, self.seen = True, []
                self.session = message.new_session.initialize.session_id or self.session
                self._page_hash = message.new_session.page_script_hash or self._page_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._note(message.delta.new_element)
            elif kind == "script_finished" and begun and message.script_finished != _AGAIN:
                return

    def _note(self, element: Any) -> None:
        self.seen.append(element)
        held = getattr(element, element.WhichOneof("type") or "", None)
        if getattr(held, "id", "") and getattr(held, "label", ""):
            self.ids[held.label] = held.id

    def text(self) -> str:
        """Everything the page says, as it was sent."""
        return "\n".join(
            str(getattr(getattr(e, e.WhichOneof("type")), "body", "")) for e in self.seen
        )

    def failures(self) -> list[str]:
        """The kinds of the exceptions the page shows."""
        return [e.exception.type for e in self.seen if e.WhichOneof("type") == "exception"]

    # what a visitor does

    def set(self, label: str, kind: str, value: Any) -> None:
        """Let the next run have a value (bool, double, int, string …) in the widget of that label."""
        self._values[self.ids[label]] = (kind, value)

    def click(self, label: str) -> None:
        """Let the next run know of a click."""
        self._values[self.ids[label]] = ("trigger", True)

    def attach(self, *files: tuple[str, str, int]) -> None:
        """Let the page's one uploader hold these files: (file id, name, bytes)."""
        (label,) = [name for name in self.ids if name.startswith("选择或拖入")]
        self._values[self.ids[label]] = ("files", files)

    def give(self, name: str, content: bytes) -> Tab:
        """Upload a file the honest way and run the page with it."""
        file = str(uuid4())
        answer = self.put(name, content, file)
        assert answer.status == 204, answer
        self.attach((file, name, len(content)))
        return self.run()

    def put(
        self,
        name: str,
        content: bytes,
        file: str = "",
        *,
        session: str = "",
        mime: str = "text/csv",
        chunked: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """PUT a file, under an invented id where none is given, to this tab or another."""
        mark = uuid4().hex
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n'
            f"Content-Type: {mime}\r\n\r\n"
        )
        body = [head.encode(), content, f"\r\n--{mark}--\r\n".encode()]
        sent = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        if not chunked:
            sent["Content-Length"] = str(sum(map(len, body)))
        return self.request("PUT", file or str(uuid4()), session, sent | dict(headers or {}), body)

    def delete(self, file: str, session: str = "") -> Answer:
        """DELETE a file of this tab or another."""
        return self.request("DELETE", file, session, {}, [])

    def request(
        self, method: str, file: str, session: str, headers: Mapping[str, str], body: list[bytes]
    ) -> Answer:
        """One request to the uploads of a tab; a header given as empty is left out."""
        where = urlsplit(self.url)
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
        ours = {"Origin": self.url, "Cookie": self._cookie(), "X-Xsrftoken": self._token}
        sent = {name: value for name, value in {**ours, **headers}.items() if value}
        path = f"/_stcore/upload_file/{session or self.session}/{file}"
        with suppress(BrokenPipeError, ConnectionResetError):  # answered before all was read
            line.request(method, path, _pieces(body) if body else None, sent)
        try:
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode("utf-8", "replace"))
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            line.close()


def _pieces(body: list[bytes]) -> Iterator[bytes]:
    """Parts of a body in the sizes a browser sends."""
    for part in body:
        for start in range(0, len(part), _PIECE):
            yield part[start : start + _PIECE]
