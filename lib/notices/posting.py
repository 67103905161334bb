"""One JSON document posted to one address: no redirect followed, no proxy asked, no answer trusted."""

from __future__ import annotations

import http.client
import json
import smtplib
import socket
import ssl
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

SECONDS = 10.0
_MOST = 65_536  # bytes of an answer
_BUSY = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)

# The more special first.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (http.client.RemoteDisconnected, "对方断开了连接"),
    (http.client.HTTPException, "对方的答复不合规范"),
    (socket.gaierror, "找不到这个主机"),
    (ssl.SSLError, "加密连接没有建立"),
    (ConnectionRefusedError, "对方拒绝连接"),
    (ConnectionError, "连接断开"),
    (TimeoutError, "没有答复"),
    (smtplib.SMTPNotSupportedError, "对方不支持所需的功能"),
    (smtplib.SMTPException, "对方的答复不合规范"),
)


class DeliveryError(Exception):
    """A message that was not delivered; the text says why, for people, and holds nothing secret.

    passing: whether it may go right in a moment: nobody answered, or the other side is busy
    """

    def __init__(self, why: str, *, passing: bool = False) -> None:
        super().__init__(why)
        self.passing = passing


def reason(error: Exception) -> str:
    """Why nobody was reached, in a few words for people."""
    return next((said for kind, said in _REASONS if isinstance(error, kind)), "网络出错")


def post(address: str, document: Mapping[str, Any], seconds: float = SECONDS) -> dict[str, Any]:
    """The JSON object an address answers a document with. Raises DeliveryError."""
    body = json.dumps(document, ensure_ascii=False).encode()
    try:
        status, content = _exchanged(address, body, seconds)
    except TimeoutError as error:
        raise DeliveryError(f"{seconds:g}秒内没有答复", passing=True) from error
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError("对方的证书不可信") from error
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryError(f"没有连上或连接断开（{reason(error)}）", passing=True) from error
    if 300 <= status < 400:
        raise DeliveryError(f"对方要求转到别的地址（{status}），没有跟随")
    if status != HTTPStatus.OK:
        raise DeliveryError(f"对方答复 {status}", passing=status >= 500 or status in _BUSY)
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise DeliveryError("对方的答复不是 JSON，请核对地址")
    return answer


def _exchanged(address: str, body: bytes, seconds: float) -> tuple[int, bytes]:
    """The status and the content of the answer. Raises OSError and HTTPException."""
    end, found = time.monotonic() + seconds, urlsplit(address)
    host, port = found.hostname or "", found.port
    connection: http.client.HTTPConnection
    if found.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
    else:
        connection = http.client.HTTPConnection(host, port, timeout=seconds)
    target = (found.path or "/") + (f"?{found.query}" if found.query else "")
    try:
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "tongbao"}
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        content = b""
        while len(content) < _MOST and (piece := answer.read1(8192)):
            content += piece
            if time.monotonic() > end:  # by drops
                raise TimeoutError
        return answer.status, content
    finally:
        connection.close()
