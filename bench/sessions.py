"""A browser tab without a browser: it speaks Streamlit's own messages and times what comes back."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from types import TracebackType
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


def token(url: str) -> str:
    """The token the server wants back with every connection; empty where it wants none."""
    with urlopen(f"{url}/_stcore/health", timeout=10) as answer:
        found = re.search(r"_streamlit_xsrf=([^;]+)", answer.headers.get("Set-Cookie") or "")
    return found[1] if found else ""


@dataclass
class Session:
    """One open tab on one page. `widgets`: key > id, of what the last run drew."""

    url: str
    page: str
    token: str
    widgets: dict[str, str] = field(default_factory=dict)
    exceptions: int = 0
    received: int = 0
    _page_hash: str = ""
    _chosen: dict[str, list[str]] = field(default_factory=dict)

    async def __aenter__(self) -> Session:
        self._socket: ClientConnection = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", self.token or "none"],  # type: ignore[list-item]
            additional_headers={"Cookie": f"_streamlit_xsrf={self.token}"},
            origin=self.url, max_size=None, ping_interval=None, open_timeout=60,
        )  # type: ignore[arg-type]  # fmt: skip
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def run(self, seconds: float = 60) -> float:
        """Ask for a run of the page with what was chosen; how long until it had ended (s)."""
        asked = BackMsg()
        state = asked.rerun_script
        state.page_name, state.page_script_hash = self.page, self._page_hash
        state.widget_states.SetInParent()
        for key, values in self._chosen.items():
            if key in self.widgets:
                widget = state.widget_states.widgets.add(id=self.widgets[key])
                widget.string_array_value.data.extend(values)
        start = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        await asyncio.wait_for(self._ended(), seconds)
        return time.perf_counter() - start

    def choose(self, key: str, *values: str) -> None:
        """Let the next run have these values in the widget of that key."""
        self._chosen[key] = list(values)

    async def _ended(self) -> None:
        """Read until a run that has begun since is over."""
        begun = False
        while True:
            data = await self._socket.recv()
            self.received += len(data)
            message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                begun = True
                self._page_hash = message.new_session.page_script_hash or self._page_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "delta":
                self._note(message)
            elif kind == "script_finished" and begun and message.script_finished != _AGAIN:
                return

    def _note(self, message: ForwardMsg) -> None:
        """Remember the widgets, count what went wrong."""
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        self.exceptions += kind == "exception"
        id = getattr(getattr(element, kind), "id", "") if kind else ""
        if isinstance(id, str) and id.startswith("$$ID-"):
            self.widgets[id.split("-", 2)[2]] = id
