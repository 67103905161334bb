"""A browser's side of the wire without a browser: what an attacker would write for themselves."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

from tests.security.wire import Uploads, asked

_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass
class Tab:
    """One open page. `said` and `sent` are all that has come since the last `run` began.

    session: one to resume;  token: what is sent instead of the server's own and its cookie;
    origin: sent instead of the page's own, None for none at all
    """

    url: str
    page: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    _: KW_ONLY
    session: str = ""
    token: str | None = None
    origin: str | None = ""
    id: str = ""
    hash: str = ""
    said: list[ForwardMsg] = field(default_factory=list)
    sent: bytes = b""
    ids: dict[str, str] = field(default_factory=dict)  # label of a widget > its id
    _begun: int = 0  # where in `said` the last run starts, after one that was broken off for it
    _values: dict[str, WidgetState] = field(default_factory=dict)  # id of a widget > its value

    def __enter__(self) -> Tab:
        if self.token is None:
            given = asked(self.url, "/_stcore/health", **self.headers).cookie("_streamlit_xsrf")
            self.token = given.partition("=")[2]
            cookie = "; ".join(filter(None, (self.headers.get("Cookie"), given)))
            self.headers = {**self.headers, "Cookie": cookie}
        self.socket = connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", self.token or "none", *filter(None, [self.session])],
            additional_headers=self.headers,
            origin=self.url if self.origin == "" else self.origin,
            max_size=None, compression=None, open_timeout=60, proxy=None, legacy=True,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    # what is asked

    def go(self, page: str) -> Tab:
        """Run another page, asked for by its name."""
        self.page, self.hash = page, ""
        return self.run()

    def run(self, *, page_hash: str = "", fragment: str = "") -> Tab:
        """Run the page, or one fragment of it, with the values set, until that is over."""
        wanted = BackMsg()
        state = wanted.rerun_script
        state.page_name, state.query_string = self.page, self.query
        state.page_script_hash, state.fragment_id = page_hash or self.hash, fragment
        state.widget_states.SetInParent()
        state.widget_states.widgets.extend(self._values.values())
        self._values = {id: one for id, one in self._values.items() if not one.trigger_value}
        self.said, self.sent = [], b""
        self.ask(wanted, "new_session")
        ended = _AGAIN
        while ended == _AGAIN:
            ended = self.heard("script_finished").script_finished
        return self

    def ask(self, message: BackMsg, kind: str) -> ForwardMsg:
        """Send a message; the next that comes of a kind."""
        self.send(message)
        return self.heard(kind)

    def later(self, button: Any) -> str:
        """Ask for the file of a download button that is made once it is asked for; its address, or ""."""
        wanted = BackMsg()
        wanted.backend_operation_request.request_id = "1"
        wanted.backend_operation_request.session_id = self.id
        wanted.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        made = self.ask(wanted, "backend_operation_response").backend_operation_response
        return made.deferred_file.url

    def send(self, message: BackMsg) -> None:
        self.socket.send(message.SerializeToString())

    def heard(self, kind: str, seconds: float = 60) -> ForwardMsg:
        """Read on to the next message of a kind."""
        until = time.monotonic() + seconds
        while True:
            data = self.socket.recv(timeout=max(until - time.monotonic(), 0.01))
            assert isinstance(data, bytes)
            message = ForwardMsg.FromString(data)
            self.said.append(message)
            self.sent += data
            self._note(message)
            if message.WhichOneof("type") == kind:
                return message

    def _note(self, message: ForwardMsg) -> None:
        """Remember what is asked for by an id: the session, its page, the widgets."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begun = len(self.said)
            self.id = message.new_session.initialize.session_id or self.id
            self.hash = message.new_session.page_script_hash or self.hash
        elif kind == "navigation":
            self.hash = message.navigation.page_script_hash
        elif kind == "delta":
            element = message.delta.new_element
            held = getattr(element, element.WhichOneof("type") or "", None)
            if getattr(held, "id", "") and getattr(held, "label", ""):
                self.ids[held.label] = held.id

    # what came

    @property
    def text(self) -> str:
        """All that was sent, as text."""
        return self.sent.decode("utf-8", "ignore")

    @property
    def fragments(self) -> list[str]:
        return sorted({message.delta.fragment_id for message in self.said} - {""})

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self._shown()]

    def elements(self, kind: str) -> list[Any]:
        """The elements of a kind, in order."""
        return [element for shown, element in self._shown() if shown == kind]

    @property
    def words(self) -> str:
        """The texts of what the page shows in the end."""
        shown = self._shown(self._begun)
        return "\n".join(str(getattr(element, "body", "")) for _, element in shown)

    def _shown(self, start: int = 0) -> list[tuple[str, Any]]:
        """Every element, with its kind."""
        new = [message.delta.new_element for message in self.said[start:]]
        named = [(one.WhichOneof("type"), one) for one in new]
        return [(kind, getattr(one, kind)) for kind, one in named if kind]

    # what a visitor does

    def set(self, label: str, kind: str, value: Any) -> None:
        """Let the next runs have a value (bool, double, int, string …) in the widget of that label."""
        id = self.ids[label]
        self._values[id] = WidgetState(id=id, **{f"{kind}_value": value})

    def click(self, label: str) -> None:
        """Let the next run know of a click."""
        self.set(label, "trigger", True)

    def attach(self, *files: tuple[str, str, int]) -> None:
        """Let the page's one uploader hold these files: (file id, name, bytes)."""
        (box,) = {element.id for element in self.elements("file_uploader")}
        self._values[box] = WidgetState(id=box)
        held = self._values[box].file_uploader_state_value
        held.SetInParent()
        for file, name, size in files:
            held.uploaded_file_info.add(file_id=file, name=name, size=size)

    @property
    def uploads(self) -> Uploads:
        """The uploads of this session."""
        cookie, token = self.headers.get("Cookie", ""), self.token or ""
        mine = {"origin": self.url, "cookie": cookie, "x_xsrftoken": token}
        return Uploads(self.url, self.id, mine)
