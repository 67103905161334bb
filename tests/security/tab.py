"""A browser's side of the wire without a browser: what an attacker would write for themselves."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


def get(url: str, headers: Mapping[str, str] | None = None) -> tuple[int, str, bytes]:
    """Status, content type and body of a GET; redirects are not followed."""
    request = urllib.request.Request(url, headers=dict(headers or {}))
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.headers.get("Content-Type", ""), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers.get("Content-Type", ""), refused.read()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class Tab:
    """One open page. `sent` is all the server has sent since the last `run` began."""

    url: str
    page: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    sent: bytes = b""
    fragments: set[str] = field(default_factory=set)
    kinds: list[str] = field(default_factory=list)
    _hash: str = ""

    def __enter__(self) -> Tab:
        token = self._token()
        cookie = "; ".join(filter(None, (self.headers.get("Cookie"), f"_streamlit_xsrf={token}")))
        opened = connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", token or "none"],
            additional_headers={**self.headers, "Cookie": cookie},
            origin=self.url, max_size=None, open_timeout=20,
        )  # type: ignore[arg-type]  # fmt: skip
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(opened)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.close()

    def run(self, *, page_hash: str = "", fragment: str = "") -> bytes:
        """Ask for a run of the page, or of one fragment; everything sent until it had ended."""
        asked = BackMsg()
        state = asked.rerun_script
        state.page_name, state.query_string = self.page, self.query
        state.page_script_hash = page_hash or self._hash
        state.fragment_id = fragment
        state.widget_states.SetInParent()
        return self.send(asked)

    def send(self, asked: BackMsg, seconds: float = 30) -> bytes:
        """Send any message and read until a run that began since is over."""
        self.sent, self.kinds = b"", []
        self._socket.send(asked.SerializeToString())
        begun, until = False, time.monotonic() + seconds
        while True:
            data = self._socket.recv(timeout=until - time.monotonic())
            assert isinstance(data, bytes)
            self.sent += data
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun = True
                self._hash = message.new_session.page_script_hash or self._hash
            elif kind == "navigation":
                self._hash = message.navigation.page_script_hash
            elif kind == "delta":
                self._note(message)
            elif kind == "script_finished" and begun and message.script_finished != _AGAIN:
                return self.sent

    @property
    def text(self) -> str:
        """All that was sent, as text."""
        return self.sent.decode("utf-8", "ignore")

    def _note(self, message: ForwardMsg) -> None:
        delta = message.delta
        if delta.fragment_id:
            self.fragments.add(delta.fragment_id)
        if delta.WhichOneof("type") == "new_element":
            self.kinds.append(delta.new_element.WhichOneof("type") or "")

    def _token(self) -> str:
        request = urllib.request.Request(f"{self.url}/_stcore/health", headers=dict(self.headers))
        with urllib.request.urlopen(request, timeout=10) as answer:
            found = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie") or "")
        return found[1] if found else ""
