"""Requests no browser would send, and a tab without a browser, over the raw protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from socket import create_connection
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

VISIT = "tongbao_visit"


@dataclass(frozen=True)
class Answer:
    """Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def asked(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """What a server answers to exactly this path; `host=` replaces the Host, `_` in names is `-`."""
    at = urlsplit(url)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"host": at.netloc} | headers).items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        held = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, held, answer.read())
    finally:
        connection.close()


def identity_given(address: str, cookie: str = "") -> list[str]:
    """The identity cookies an address gives to whoever asks for it; redirects are not followed."""
    at = urlsplit(address)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=30)
    try:
        connection.request("GET", f"{at.path}?{at.query}", headers={"Cookie": cookie})
        answer = connection.getresponse()
        assert answer.status in (302, 307)
        given = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or ()]
    finally:
        connection.close()
    return [line for line in given if line.startswith("_streamlit_user") and line[-1] not in '="']


def new_visit(url: str) -> str:
    """The cookie a browser gets with the start document; empty where it gets none."""
    found = re.match(rf"{VISIT}=[^;]+", asked(url, "/none").headers.get("set-cookie", ""))
    return found[0] if found else ""


class Tab:
    """An open session. `id` is what it is resumed by; `texts` what the last run said."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.id = ""
        self.said: list[ForwardMsg] = []

    def run(self, page: str = "", query: str = "", page_hash: str = "") -> list[ForwardMsg]:
        """Ask for a run of a page; everything that came back until it ended."""
        wanted = BackMsg()
        wanted.rerun_script.page_name = page
        wanted.rerun_script.page_script_hash = page_hash
        wanted.rerun_script.query_string = query
        wanted.rerun_script.widget_states.SetInParent()
        self.send(wanted)
        self.said, begun = [], False
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=60))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            self.said.append(message)
            if kind == "new_session":
                begun = True
                self.id = message.new_session.initialize.session_id or self.id
            if (
                begun
                and kind == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return self.said

    def send(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def elements(self, kind: str) -> list[object]:
        """The elements of a kind in what was said, in order."""
        shown = [m.delta.new_element for m in self.said if m.WhichOneof("type") == "delta"]
        return [getattr(one, kind) for one in shown if one.WhichOneof("type") == kind]

    def texts(self) -> list[str]:
        return [text.body for text in self.elements("text")]  # type: ignore[attr-defined]

    def mark(self) -> str:
        """What tells this session from others in the small app."""
        return next(text for text in self.texts() if text.startswith("mark "))

    def fetched_later(self, file_id: str) -> str:
        """The address of a file made when it is asked for."""
        wanted = BackMsg()
        wanted.backend_operation_request.request_id = "1"
        wanted.backend_operation_request.session_id = self.id
        wanted.backend_operation_request.deferred_file.file_id = file_id
        self.send(wanted)
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=60))  # type: ignore[arg-type]
            if message.WhichOneof("type") == "backend_operation_response":
                return message.backend_operation_response.deferred_file.url


@contextmanager
def tab(
    url: str, cookie: str = "", session: str = "", token: str = "none", origin: str | None = ""
) -> Iterator[Tab]:
    """A session opened with a cookie; `session` asks to resume one, `origin` None sends none."""
    headers = {"Cookie": cookie} if cookie else {}
    protocols = ["streamlit", token, session] if session else ["streamlit", token]
    with connect(
        url.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=protocols,  # type: ignore[arg-type]
        additional_headers=headers, origin=url if origin == "" else origin,  # type: ignore[arg-type]
        max_size=None, open_timeout=60, compression=None,
    ) as socket:  # fmt: skip
        yield Tab(socket)


def handshake(url: str, origin: str, host: str = "") -> int:
    """The status a WebSocket handshake is answered with: 101 where it was accepted."""
    at = urlsplit(url)
    try:
        with connect(
            f"ws://{host or at.netloc}/_stcore/stream",
            sock=create_connection((at.hostname, at.port), 30),
            subprotocols=["streamlit", "none"],  # type: ignore[list-item]
            origin=origin, open_timeout=60,  # type: ignore[arg-type]
        ):  # fmt: skip
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code
