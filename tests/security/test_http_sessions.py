"""Sessions over the raw protocol: deep links after a start, caches, errors."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from lib.navigation import PAGES
from tests.security.tab import Tab
from tests.security.wire import asked
from tests.server import Server, running

ROOT = Path(__file__).resolve().parents[2]
SECRET = "hunter2"


OURS = {"" if entry.default else entry.file for group in PAGES.values() for entry in group}


def without_frame(said: list[ForwardMsg], pages: set[str] = OURS) -> list[str]:
    """What came to a browser that the frame round every page, which lists `pages`, did not allow."""
    found = []
    framed = False
    for message in said:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            framed = {page.url_pathname for page in message.navigation.app_pages} == pages
        if kind == "delta" and not framed:
            element = message.delta.new_element
            shown = element.WhichOneof("type")
            if shown in ("text", "html", "markdown", "alert", "table", "arrow_data_frame"):
                found.append(str(getattr(element, shown)))
    if not framed:
        found.append("no frame")
    return found


def titles(said: list[ForwardMsg]) -> str:
    shown = [m.delta.new_element for m in said if m.WhichOneof("type") == "delta"]
    found = re.search("<h1[^>]*>(.*?)</h1>", " ".join(e.html.body for e in shown), re.DOTALL)
    return re.sub("<.*?>", "", found[1]).strip() if found else ""


@pytest.mark.case(1, 2)
def test_the_frame_comes_first_even_on_the_first_request(tmp_path: Path) -> None:
    """A deep link is the very first thing a new server is asked for."""
    query = "release=R0001&period=2022H1"
    with running(tmp_path) as fresh, Tab(fresh.url, "releases", query=query) as first:
        said = first.run().said
        assert without_frame(said) == []
        assert titles(said).startswith("快照版本")


@pytest.mark.broken(1, 2)
def test_a_folder_beside_the_script_is_a_way_round_it(tmp_path: Path) -> None:
    """As Streamlit alone would have it, which the check above must see."""
    with (
        running(tmp_path, script="tests/security/small/v1/app.py") as fresh,
        Tab(fresh.url, "hidden") as first,
    ):
        first.run()
        assert [text.body for text in first.elements("text")] == ["hidden"]
        assert "no frame" in without_frame(first.said, {""})
        assert without_frame(first.go("").said, {""}) == [], "from then on it is there"


@pytest.mark.parametrize("name", ["lib/pages/overview.py", "pages/overview.py", "pages/upload.py"])
@pytest.mark.case(3)
def test_a_page_is_reached_by_its_registered_name_only(server: Server, name: str) -> None:
    """The hash Streamlit once gave a file in a folder of pages means nothing here."""
    forged = calc_hash(str(ROOT / name))
    with Tab(server.url, query="release=R0001&period=2022H1") as opened:
        said = opened.run(page_hash=forged).said
        assert without_frame(said) == []
        assert "总览" in titles(said)


@pytest.mark.case(19)
def test_clearing_the_cache_clears_nothing_of_others(server: Server) -> None:
    """No answer lives in the cache a visitor can clear."""
    reader, other = (
        Tab(server.url, "centers", query="release=R0001&period=2022H1") for _ in range(2)
    )
    with reader, other:
        before = titles(reader.run().said)
        tables = [e.body for e in reader.elements("html")]
        other.run()
        for _ in range(20):
            other.send(BackMsg(clear_cache=True))
        assert titles(reader.run().said) == before
        assert [e.body for e in reader.elements("html")] == tables


def cached_by_streamlit(source: str) -> list[str]:
    """Uses of the caches every visitor can clear."""
    names = {"cache_data", "cache_resource"}
    tree = ast.parse(source)
    return [
        node.attr if isinstance(node, ast.Attribute) else node.name
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in names)
        or (isinstance(node, ast.alias) and node.name in names)
    ]


@pytest.mark.parametrize("folder", ["lib", "pages"])
@pytest.mark.case(19, 63)
def test_nothing_is_kept_in_a_cache_visitors_can_clear(folder: str) -> None:
    """No frame is a cache's key."""
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    assert [p for p in files if cached_by_streamlit(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "source",
    ["@st.cache_data\ndef f(): ...", "@st.cache_resource(ttl=1)\ndef f(): ...", "from streamlit import cache_data"],
)  # fmt: skip
@pytest.mark.broken(19, 63)
def test_such_a_cache_is_found(source: str) -> None:
    assert cached_by_streamlit(source)


def shown_of_error(server: Server, page: str) -> tuple[bytes, list[str]]:
    """All that a browser gets of a page that breaks, and the sentences of it."""
    with Tab(server.url, page) as opened:
        alerts = [alert.body for alert in opened.run().elements("alert")]
    return opened.sent, alerts


def logged_under(server: Server, number: str) -> list[dict[str, str]]:
    lines = [line for line in server.log.read_text().splitlines() if number in line]
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("page", ["broken", "broken_part"])
@pytest.mark.case(23)
def test_an_error_shows_its_number_and_the_log_the_rest(guarded: Server, page: str) -> None:
    """Although Streamlit is set to show everything; for a page and for a fragment."""
    sent, alerts = shown_of_error(guarded, page)
    assert SECRET.encode() not in sent
    assert len(alerts) == 1
    number = re.search(r"编号 ([0-9A-F]{4}-[0-9A-F]{4})", alerts[0])
    assert number
    [line] = logged_under(guarded, number[1])
    assert (line["event"], line["level"]) == ("page failed", "error")
    assert SECRET in line["exception"]
    assert line["time"].endswith("+08:00")


@pytest.mark.broken(23)
def test_streamlit_alone_shows_everything(bare: Server) -> None:
    sent, _ = shown_of_error(bare, "broken")
    assert SECRET.encode() in sent


def test_an_error_is_logged_once(guarded: Server) -> None:
    before = guarded.log.read_text().count(SECRET)
    shown_of_error(guarded, "broken")
    assert guarded.log.read_text().count(SECRET) == before + 1


@pytest.mark.case(23)
def test_a_request_that_breaks_has_a_number_too(guarded: Server) -> None:
    """For HTTP."""
    answer = asked(guarded.url, "/breaks")
    assert answer.status == 500
    assert SECRET not in answer.body.decode()
    number = re.search(r"编号 ([0-9A-F-]{9})", answer.body.decode())
    assert number
    assert SECRET in logged_under(guarded, number[1])[0]["exception"]
