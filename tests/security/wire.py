"""Plain HTTP requests to the server, also those that no browser would send."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit
from uuid import uuid4

VISIT = "tongbao_visit"
_PIECE = 1 << 16  # a browser sends a body in parts of this size


@dataclass(frozen=True)
class Answer:
    """Header names are in lower case, cookies `name=value` in order; status 0: nothing came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def cookie(self, name: str) -> str:
        """The cookie of that name that was given; empty where none was."""
        return next((cookie for cookie in self.cookies if cookie.startswith(f"{name}=")), "")


def asked(
    url: str, path: str, method: str = "GET", body: Iterable[bytes] | None = None, **headers: str
) -> Answer:
    """What a server answers to exactly this path; redirects are not followed.

    headers: `host=` replaces the Host; `_` in a name stands for `-`
    """
    at = urlsplit(url)
    with closing(HTTPConnection(at.hostname or "", at.port, timeout=60)) as connection:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in ({"host": at.netloc} | headers).items():
            connection.putheader(name.replace("_", "-"), value)
        with suppress(BrokenPipeError, ConnectionResetError):  # answered before all was read
            connection.endheaders(body, encode_chunked="transfer_encoding" in headers)
        answer = connection.getresponse()
        held = {name.lower(): value for name, value in answer.getheaders()}
        lines = answer.headers.get_all("Set-Cookie") or ()
        cookies = tuple(line.partition(";")[0] for line in lines)
        return Answer(answer.status, held, answer.read(), cookies)


def new_visit(url: str) -> str:
    """The cookie a browser gets with the start document; empty where it gets none."""
    return asked(url, "/none").cookie(VISIT)


def identity_given(address: str, cookie: str = "") -> list[str]:
    """The identity cookies an address gives to whoever asks for it."""
    at = urlsplit(address)
    answer = asked(address, f"{at.path}?{at.query}", cookie=cookie)
    assert answer.status in (302, 307)
    given = [line for line in answer.cookies if line.startswith("_streamlit_user")]
    return [line for line in given if line[-1] not in '="']


def handshake(url: str, origin: str, host: str = "") -> int:
    """The status a WebSocket handshake is answered with: 101 where it was accepted."""
    return asked(
        url, "/_stcore/stream", host=host or urlsplit(url).netloc, origin=origin,
        connection="Upgrade", upgrade="websocket", sec_websocket_version="13",
        sec_websocket_key=b64encode(bytes(16)).decode(), sec_websocket_protocol="streamlit, none",
    ).status  # fmt: skip


@dataclass(frozen=True)
class Uploads:
    """The uploads of a session, and the headers its browser sends: one given as empty is left out."""

    url: str
    session: str
    headers: Mapping[str, str]

    def put(
        self,
        name: str,
        content: bytes,
        file: str = "",
        *,
        mime: str = "text/csv",
        chunked: bool = False,
        **headers: str,
    ) -> Answer:
        """PUT a file, under an invented id where none is given."""
        mark = uuid4().hex
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n'
            f"Content-Type: {mime}\r\n\r\n"
        )
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        pieces = [body[start : start + _PIECE] for start in range(0, len(body), _PIECE)]
        size = {"transfer_encoding": "chunked"} if chunked else {"content_length": str(len(body))}
        kind = {"content_type": f"multipart/form-data; boundary={mark}"}
        return self._asked("PUT", file or str(uuid4()), pieces, kind | size | headers)

    def delete(self, file: str, **headers: str) -> Answer:
        return self._asked("DELETE", file, None, headers)

    def _asked(
        self, method: str, file: str, body: Iterable[bytes] | None, headers: Mapping[str, str]
    ) -> Answer:
        sent = {name: value for name, value in {**self.headers, **headers}.items() if value}
        path = f"/_stcore/upload_file/{self.session}/{file}"
        try:
            return asked(self.url, path, method, body, **sent)
        except (ConnectionResetError, HTTPException):
            return Answer(0, {}, b"")
