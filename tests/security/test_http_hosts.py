"""Who may be asked for, and from where."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lib.guards.hosts import from_elsewhere, host_of
from tests.security.wire import asked, handshake
from tests.server import Server

EVIL = "http://evil.example"


def accepted(server: Server) -> list[str]:
    """Which foreign requests a server takes for its own."""
    port = urlsplit(server.url).port
    rebound = f"evil.example:{port}"
    tried = {
        "16: a foreign page's socket": handshake(server.url, EVIL),
        "16: a sandboxed page's socket": handshake(server.url, "null"),
        "16: a page of another port": handshake(server.url, "http://127.0.0.1:1"),
        "17: a rebound name's socket": handshake(server.url, f"http://{rebound}", rebound),
        "17: a rebound name": asked(server.url, "/", host=rebound).status,
        "17: a rebound name's health": asked(server.url, "/_stcore/health", host=rebound).status,
        "16: a foreign page's fetch": asked(server.url, "/no-such-page", origin=EVIL).status,
    }
    return [what for what, status in tried.items() if status != 403]


@pytest.mark.case(16, 17)
def test_foreign_hosts_and_origins_are_refused(guarded: Server) -> None:
    assert accepted(guarded) == []


@pytest.mark.broken(16, 17)
def test_streamlit_alone_takes_them(bare: Server) -> None:
    """Its own check stops foreign sockets only after asking the internet, as the next one shows."""
    assert {line[:2] for line in accepted(bare)} == {"16", "17"}


def looked_up(server: Server) -> list[str]:
    """What five foreign handshakes made a server look up or connect to."""
    log = Path(server.log.parent / "watch.log")
    before = log.read_text() if log.exists() else ""
    for number in range(5):
        handshake(server.url, f"http://evil{number}.example")
    after = log.read_text() if log.exists() else ""
    return [line for line in after[len(before) :].splitlines() if line]


@pytest.mark.case(18)
def test_a_foreign_page_makes_nobody_wait(guarded: Server) -> None:
    """Nothing is looked up, so nothing can keep the server waiting."""
    assert looked_up(guarded) == []


@pytest.mark.broken(18)
def test_streamlit_alone_asks_the_internet(bare: Server) -> None:
    """Every such handshake looks other hosts up."""
    found = looked_up(bare)
    assert any("127.0.0.1" not in line for line in found), found


def test_who_is_refused_learns_what_to_do(guarded: Server) -> None:
    answer = asked(guarded.url, "/", host="tongbao.local")
    assert answer.status == 403
    assert "TONGBAO_HOSTS" in answer.body.decode()
    assert "tongbao.local" not in answer.body.decode()


def test_a_refusal_is_in_the_log_on_one_line(guarded: Server) -> None:
    asked(guarded.url, "/x%0aforged%20line", host="evil.example")
    lines = [line for line in guarded.log.read_text().splitlines() if "forged line" in line]
    assert len(lines) == 1
    assert re.search(r'"time": "[0-9T:.-]+\+08:00"', lines[0])


def scope(*headers: tuple[str, str]) -> dict[str, object]:
    return {"type": "http", "headers": [(n.encode(), v.encode()) for n, v in headers]}


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8501", True),
        ("localhost", True),
        ("LOCALHOST:8501", True),
        ("[::1]:8501", True),
        ("localhost.:8501", True),
        ("tb.example.gov.cn", True),
        ("TB.example.gov.cn:443", True),
        ("10.0.0.5:8501", True),
        ("evil.example", False),
        ("tb.example.gov.cn.evil.example", False),
        ("eviltb.example.gov.cn", False),
        ("127.0.0.1@evil.example", False),
        ("127.0.0.1:8501@evil.example", False),
        ("evil.example/127.0.0.1", False),
        ("127.0.0.1:port", False),
        ("127.0.0.1:8501; script-src *", False),
        ("127.0.0.1 ", False),
        ("", False),
    ],
)
@pytest.mark.case(17)
def test_a_host_is_ours_or_it_is_not(
    host: str, ours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_HOSTS", "TB.example.gov.cn, 10.0.0.5")
    assert host_of(scope(("host", host))) == (host.lower() if ours else None)


def test_a_request_names_one_host() -> None:
    assert host_of(scope()) is None
    assert host_of(scope(("host", "localhost"), ("host", "localhost"))) is None


@pytest.mark.parametrize(
    ("origins", "foreign"),
    [
        ([], False),
        (["http://localhost:8501"], False),
        (["https://localhost:8501"], False),
        (["HTTP://LOCALHOST:8501"], False),
        (["http://localhost"], True),
        (["http://localhost:8502"], True),
        (["null"], True),
        ([""], True),
        (["ftp://localhost:8501"], True),
        (["http://localhost:8501.evil.example"], True),
        (["http://localhost:8501", EVIL], True),
    ],
)
@pytest.mark.case(16)
def test_an_origin_matches_the_host_or_it_is_foreign(origins: list[str], foreign: bool) -> None:
    asked_from = scope(*(("origin", origin) for origin in origins))
    assert from_elsewhere(asked_from, "localhost:8501") is foreign
