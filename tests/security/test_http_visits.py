"""What belongs to a session is its own browser's: the session, its files, its uploads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lib.runtime.visits import files_offered
from tests.security.conftest import SMALL
from tests.security.tab import Tab
from tests.security.wire import asked, identity_given, new_visit
from tests.server import Server, running

FILE = "0" * 56 + ".txt"
KEY, KNOWN = "s" * 32, "x" * 32


@contextmanager
def own_tab(server: Server) -> Iterator[tuple[Tab, str]]:
    """A session of the small app that has run once, and its cookie."""
    cookie = new_visit(server.url)
    with Tab(server.url, headers={"Cookie": cookie}) as opened:
        yield opened.run(), cookie


def line(opened: Tab, start: str) -> str:
    """The line of the small app that starts so: `user …`, and the `mark …` of a session."""
    texts = [text.body for text in opened.elements("text")]
    return next(text for text in texts if text.startswith(f"{start} "))


def addresses(opened: Tab) -> tuple[str, str]:
    """Where the session's two files are: one that was there, one that was made when asked for."""
    now, later = opened.elements("download_button")
    return now.url, opened.later(later)


def xsrf_token(server: Server) -> str:
    token = asked(server.url, "/_stcore/health").cookie("_streamlit_xsrf").partition("=")[2]
    assert token
    return token


def leaks(server: Server) -> list[str]:
    """What another browser gets of a session's files and of the session itself."""
    found = []
    with own_tab(server) as (owner, cookie), own_tab(server) as (_, other):
        for address in addresses(owner):
            assert asked(server.url, address, cookie=cookie).status == 200, "its owner gets it"
            for who, sent in (("nobody", ""), ("another", other), ("forged", "tongbao_visit=x")):
                if asked(server.url, address, cookie=sent).status == 200:
                    found.append(f"21: a file to {who}")
        token = xsrf_token(server)
        pair = {"cookie": f"{other}; _streamlit_xsrf={token}", "x_xsrftoken": token}
        if asked(server.url, f"/_stcore/upload_file/{owner.id}/1", "DELETE", **pair).status != 403:
            found.append("32: an upload is deleted")
        mark = line(owner, "mark")
        for held in ({}, {"Cookie": other}):
            with Tab(server.url, headers=held, session=owner.id) as thief:
                if line(thief.run(), "mark") == mark:
                    found.append("10: a session is taken over")
    return found


@pytest.mark.case(10, 21, 32)
def test_what_is_a_sessions_own_stays_its_own(guarded: Server) -> None:
    assert leaks(guarded) == []


@pytest.mark.broken(10, 21, 32)
def test_streamlit_alone_gives_it_away(bare: Server) -> None:
    assert {line[:2] for line in leaks(bare)} == {"10", "21", "32"}


@pytest.mark.case(10)
def test_a_session_is_resumed_by_its_own_browser(guarded: Server) -> None:
    """The other way round: a broken connection loses nothing."""
    with own_tab(guarded) as (opened, cookie):
        mark = line(opened, "mark")
    with Tab(guarded.url, headers={"Cookie": cookie}, session=opened.id) as again:
        assert line(again.run(), "mark") == mark


@pytest.mark.case(21)
def test_a_visit_comes_from_the_cookie_and_nowhere_else(guarded: Server) -> None:
    with own_tab(guarded) as (opened, cookie):
        address, _ = addresses(opened)
        visit = cookie.partition("=")[2]
        assert asked(guarded.url, address, x_tongbao_visit=visit).status == 403


def test_the_cookie_is_given_once_and_kept_from_scripts(guarded: Server) -> None:
    given = asked(guarded.url, "/none").headers["set-cookie"]
    assert {part.strip() for part in given.split(";")[1:]} == {"HttpOnly", "SameSite=Lax", "Path=/"}
    assert "set-cookie" not in asked(guarded.url, "/none", cookie=given.partition(";")[0]).headers
    other = asked(guarded.url, "/none").headers["set-cookie"]
    assert other != given
    assert "set-cookie" in asked(guarded.url, "/none", cookie="tongbao_visit=chosen-by-me").headers


@pytest.mark.parametrize("name", ["..%2fnone", FILE, "", "a/b", f"{FILE}/../x"])
@pytest.mark.case(21)
def test_nothing_else_is_at_media(guarded: Server, name: str) -> None:
    cookie = new_visit(guarded.url)
    assert asked(guarded.url, f"/media/{name}", cookie=cookie).status in (400, 403)


def message(kind: str) -> bytes:
    """A message that names a file, where Streamlit offers one or in somebody's text."""
    made = ForwardMsg()
    if kind == "button":
        made.delta.new_element.download_button.url = f"/media/{FILE}"
    elif kind == "later":
        made.backend_operation_response.deferred_file.url = f"/media/{FILE}"
    elif kind == "text":
        made.delta.new_element.text.body = f"/media/{FILE}"
    elif kind == "input":
        made.delta.new_element.text_input.value = f"/media/{FILE}"
    elif kind == "elsewhere":
        made.delta.new_element.download_button.url = f"http://evil.example/media/{FILE}"
    return made.SerializeToString()


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("button", [FILE]), ("later", [FILE]), ("text", []), ("input", []), ("elsewhere", []), ("none", [])],
)  # fmt: skip
@pytest.mark.case(21)
def test_a_file_is_offered_by_streamlit_not_by_a_text(kind: str, offered: list[str]) -> None:
    """Who gets an address echoed back has not been offered the file."""
    assert files_offered(message(kind)) == offered


def signed(server: Server, secret: str) -> str:
    told = {"origin": server.url, "is_logged_in": True, "email": "admin@example.gov.cn"}
    made = create_signed_value(secret, "_streamlit_user", json.dumps(told)).decode()
    return (
        f'_streamlit_user="{made}"'
        if not re.fullmatch(r"[\w.=|:-]+", made)
        else f"_streamlit_user={made}"
    )


def who(server: Server, cookie: str, **how: str | None) -> str:
    with Tab(server.url, headers={"Cookie": cookie}, **how) as opened:  # type: ignore[arg-type]
        return line(opened.run(), "user")


def believed(server: Server) -> list[str]:
    """The identities a server takes from a cookie, a token and an origin."""
    token = xsrf_token(server)
    xsrf = f"; _streamlit_xsrf={token}"
    real = signed(server, KEY)
    tried: dict[str, tuple[str, dict[str, str | None]]] = {
        "whole": (real + xsrf, {"token": token}),
        "of another key": (signed(server, KNOWN) + xsrf, {"token": token}),
        "tampered": (real.replace("=", "=x", 1) + xsrf, {"token": token}),
        "without a token": (real + xsrf, {"token": "none"}),
        "without its cookie": (real, {"token": token}),
        "without an origin": (real + xsrf, {"token": token, "origin": None}),
    }
    return [
        name for name, (cookie, how) in tried.items()
        if "admin@example.gov.cn" in who(server, cookie, **how)
    ]  # fmt: skip


@pytest.mark.case(9)
def test_an_identity_needs_signature_token_and_origin(guarded: Server) -> None:
    """With all three, which only the key's holder has, the same cookie is an identity."""
    assert believed(guarded) == ["whole"]


@pytest.mark.broken(11)
def test_a_callback_that_believes_anybody_is_found_out(guarded: Server) -> None:
    address = f"{guarded.url}/careless/oauth2callback?code=x&state=y"
    assert identity_given(address) == ["_streamlit_user=of-anybody"]


@pytest.mark.broken(8, 9)
def test_where_the_key_is_known_a_forged_identity_is_believed(tmp_path: Path) -> None:
    known = {"STREAMLIT_SERVER_COOKIE_SECRET": KNOWN, "WATCH": str(tmp_path / "watch.log")}
    with running(tmp_path, script=f"{SMALL}/bare.py", PYTHONPATH=".", **known) as server:
        assert believed(server) == ["of another key"]


@pytest.mark.case(10)
def test_the_log_names_no_session_and_no_visit(guarded: Server) -> None:
    with own_tab(guarded) as (opened, cookie):
        headers = {"Cookie": cookie}
        with Tab(guarded.url, headers=headers, session=opened.id) as again:  # Streamlit warns of it
            again.run()
        asked(guarded.url, f"/_stcore/upload_file/{opened.id}/1", "DELETE")
    logged = guarded.log.read_text()
    assert "already connected" in logged
    assert opened.id not in logged
    assert cookie.partition("=")[2] not in logged
