"""Addresses that are not there, climb out, or are too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.guards.lengths import LONGEST
from lib.links import address
from lib.markup import table as table_markup
from lib.selection import Selection
from lib.views.named import view_named
from lib.views.register import VIEWS
from tests.security.tab import Tab
from tests.security.wire import asked
from tests.server import Server

HIDDEN = [
    "/_stcore/metrics",
    "/_stcore/metrics/",
    "/any/base/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/%6detrics",
]
CLIMBING = [
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2fetc/passwd",
    "/static/%2e%2e/%2e%2e/server/server.py",
    "/assets/..%2fsettings%2f__init__.py",
    "/assets/__init__.py",
    "/media/../../etc/passwd",
    "/download/..%2f..%2fetc%2fpasswd.csv",
    "/deck/..%2f..%2fetc%2fpasswd",
    "//etc/passwd",
    "/%5c%5chost%5cshare",
    "/component/../../etc/passwd",
    "/etc/passwd%00.js",
]
PASSWD = Path("/etc/passwd").read_bytes()[:20]


def open_addresses(server: Server) -> list[str]:
    """Which of the hidden addresses answer anything but 404."""
    tried = [(path, method) for path in HIDDEN for method in ("GET", "POST", "OPTIONS")]
    return [path for path, method in tried if asked(server.url, path, method).status != 404]


@pytest.mark.case(20)
def test_what_nobody_needs_is_not_there(guarded: Server) -> None:
    assert open_addresses(guarded) == []
    assert asked(guarded.url, "/metrics").status == 404, "ours is off unless asked for"


@pytest.mark.broken(20)
def test_streamlit_alone_shows_its_counters_to_all(bare: Server) -> None:
    assert "/_stcore/metrics" in open_addresses(bare)
    assert "/_stcore/agent/openapi.json" in open_addresses(bare)


def test_what_the_client_needs_is_there(guarded: Server) -> None:
    for path in ("/_stcore/health", "/_stcore/host-config"):
        assert asked(guarded.url, path).status == 200


@pytest.mark.parametrize("path", CLIMBING)
@pytest.mark.case(62)
def test_no_address_climbs_out(server: Server, path: str) -> None:
    """Refused, or the start document, which says that there is no such page."""
    answer = asked(server.url, path)
    assert answer.status in (400, 403, 404)
    assert PASSWD not in answer.body
    assert b"def " not in answer.body


def served(server: Server, length: int) -> int:
    return asked(server.url, "/no-such-page?page=" + "a" * length).status


@pytest.mark.case(62)
def test_a_query_may_be_long_but_not_endless(server: Server) -> None:
    """414 from our limit on, and the web server's own 400 where even reading it is too much."""
    assert served(server, LONGEST - 100) == 200
    assert served(server, LONGEST) == 414


@pytest.mark.broken(62)
def test_streamlit_alone_takes_any_that_its_web_server_reads(bare: Server) -> None:
    assert served(bare, LONGEST) == 200


@pytest.mark.case(62)
def test_two_megabytes_are_refused(server: Server) -> None:
    try:
        status = served(server, 2_000_000)
    except OSError:  # closed while we were still sending
        status = 400
    assert status in (400, 414)


@pytest.mark.case(62)
def test_a_path_in_a_query_is_a_text(server: Server) -> None:
    """`?page=../../etc/passwd` opens no file and no other page."""
    with Tab(server.url, query="page=../../etc/passwd&district=../../etc/passwd") as tab:
        tab.run()
    assert PASSWD not in tab.sent
    assert "../../etc/passwd”不存在" in tab.text


@pytest.mark.case(62)
def test_a_long_query_over_the_socket_hurts_nobody(server: Server) -> None:
    """What was asked for in vain is named, but not at any length."""
    query = "&".join(f"district={'火星' * 500}{n}" for n in range(100))
    with Tab(server.url, query=query) as tab:
        warned = [alert.body for alert in tab.run().elements("alert")]
    assert tab.said
    assert any("火星" in text and len(text) < 400 for text in warned)
    assert asked(server.url, "/healthz").status == 200


def test_a_frame_that_is_no_message_ends_its_own_session_only(server: Server) -> None:
    with Tab(server.url) as tab:
        tab.socket.send(b"\xff" * 64)
        with pytest.raises(ConnectionClosed):
            list(tab.socket)
    assert asked(server.url, "/healthz").status == 200


def test_our_own_addresses_are_far_from_the_limit() -> None:
    everything = Selection("R0001", "2022H1", DISTRICT_IDS, DEPARTMENT_IDS)
    made = [view_named(view.id, everything) for view in VIEWS]
    shown = [table_markup(view.table) for view in made if view is not None]
    own = max(len(href) for html in shown for href in html.split('href="'))
    assert own + len(address("", everything)) < LONGEST / 2  # the filters are added as it is used
