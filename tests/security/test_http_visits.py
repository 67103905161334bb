"""What belongs to a session is its own browser's: the session, its files, its uploads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from lib.visits import files_offered
from tests.security.wire import Tab, asked, new_visit, tab
from tests.server import Server

FILE = "0" * 56 + ".txt"


@contextmanager
def own_tab(server: Server) -> Iterator[tuple[Tab, str]]:
    """A session of the small app that has run once, and its cookie."""
    cookie = new_visit(server.url)
    with tab(server.url, cookie) as opened:
        opened.run()
        yield opened, cookie


def addresses(opened: Tab) -> tuple[str, str]:
    """Where the session's two files are: one that was there, one that was made when asked for."""
    now, later = opened.elements("download_button")
    return now.url, opened.fetched_later(later.deferred_file_id)  # type: ignore[attr-defined]


def xsrf_token(server: Server) -> str:
    given = asked(server.url, "/_stcore/health").headers["set-cookie"]
    found = re.search(r"_streamlit_xsrf=([^;]+)", given)
    assert found
    return found[1]


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
        mark = owner.mark()
        for cookies in ("", other):
            with tab(server.url, cookies, session=owner.id) as thief:
                thief.run()
                if thief.mark() == mark:
                    found.append("10: a session is taken over")
    return found


def test_what_is_a_sessions_own_stays_its_own(guarded: Server) -> None:
    """Cases 10, 21, 32."""
    assert leaks(guarded) == []


def test_streamlit_alone_gives_it_away(bare: Server) -> None:
    """Cases 10, 21, 32 as they were found."""
    assert {line[:2] for line in leaks(bare)} == {"10", "21", "32"}


def test_a_session_is_resumed_by_its_own_browser(guarded: Server) -> None:
    """Case 10, the other way round: a broken connection loses nothing."""
    with own_tab(guarded) as (opened, cookie):
        mark, session = opened.mark(), opened.id
    with tab(guarded.url, cookie, session=session) as again:
        again.run()
        assert again.mark() == mark


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
def test_a_file_is_offered_by_streamlit_not_by_a_text(kind: str, offered: list[str]) -> None:
    """Case 21: who gets an address echoed back has not been offered the file."""
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
    with tab(server.url, cookie, **how) as opened:  # type: ignore[arg-type]
        opened.run()
        return next(text for text in opened.texts() if text.startswith("user "))


def test_an_identity_needs_signature_token_and_origin(guarded: Server) -> None:
    """Case 9; with all three, which only the key's holder has, the same cookie is an identity."""
    token, key = xsrf_token(guarded), "s" * 32
    xsrf = f"; _streamlit_xsrf={token}"
    real = signed(guarded, key)
    assert "admin@example.gov.cn" in who(guarded, real + xsrf, token=token)
    assert who(guarded, signed(guarded, "x" * 32) + xsrf, token=token) == "user {}"
    assert who(guarded, real.replace("=", "=x", 1) + xsrf, token=token) == "user {}"
    assert who(guarded, real + xsrf, token="none") == "user {}"
    assert who(guarded, real, token=token) == "user {}"
    assert who(guarded, real + xsrf, token=token, origin=None) == "user {}"


def test_the_log_names_no_session_and_no_visit(guarded: Server) -> None:
    with own_tab(guarded) as (opened, cookie):
        session = opened.id
        with tab(guarded.url, cookie, session=session) as again:  # warned of by Streamlit
            again.run()
        asked(guarded.url, f"/_stcore/upload_file/{session}/1", "DELETE")
    logged = guarded.log.read_text()
    assert "already connected" in logged
    assert session not in logged
    assert cookie.partition("=")[2] not in logged
