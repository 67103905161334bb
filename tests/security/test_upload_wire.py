"""Uploads over the wire: what a browser would never send, to the real server.

Every check is run against the app and against the app without its guard, where it must find fault.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest

from lib.guards.uploads import MOST_BYTES, MOST_FILES, MOST_IN_ALL
from lib.intake.files.limits import UPLOAD
from lib.store.lake import Lake
from tests.security.conftest import copied
from tests.security.tab import Tab
from tests.security.wire import Answer, new_visit
from tests.server import ROOT, Server, running

MB = 2**20
PROGRAM = b"MZ\x90\x00" + bytes(200)
TABLE = "期次,部门,预警件数,超期件数\r\n2022H1,市教育局,{},1\r\n"
COMPARE, POST = "与线上数据比较", "操作岗位"


def table(count: int) -> bytes:
    return TABLE.format(count).encode("utf-8-sig")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("guarded")) as found:
        yield found


@pytest.fixture(scope="module")
def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Neither our guard, nor a limit of Streamlit's that would be felt, nor its tokens."""
    folder = tmp_path_factory.mktemp("unguarded")
    options = ["--server.maxUploadSize", "400", "--server.enableXsrfProtection", "false"]
    with running(folder, script="tests/security/unguarded.py", options=options) as found:
        yield found


@contextmanager
def opened(server: Server) -> Iterator[Tab]:
    """A tab on 数据上报 that has been drawn."""
    with Tab(server.url, "upload", {"Cookie": new_visit(server.url)}) as tab:
        yield tab.run()


def give(tab: Tab, name: str, content: bytes) -> Tab:
    """Upload a file the honest way and run the page with it."""
    file = str(uuid4())
    answer = tab.uploads.put(name, content, file)
    assert answer.status == 204, answer
    tab.attach((file, name, len(content)))
    return tab.run()


def lake(server: Server) -> Lake:
    return Lake(server.log.parent / "data" / "lake")


def resident(server: Server) -> int:
    """The server's memory in bytes."""
    pages = int(Path(f"/proc/{server.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def refused(answer: Answer, status: int) -> None:
    """Refused with that status, in a Chinese sentence that says what to do."""
    assert answer.status == status
    assert re.search("请.*。$", answer.text), answer


def a_program_by_its_name(server: Server, mime: str) -> None:
    """Neither taken, nor does the tab suffer from having tried."""
    with opened(server) as tab:
        file = str(uuid4())
        refused(tab.uploads.put("program.exe", PROGRAM, file, mime=mime), 415)
        tab.attach((file, "program.exe", len(PROGRAM)))
        assert tab.run().elements("exception") == []
        assert "网办预警，2022年上半年，1行" in give(tab, "预警.csv", table(31)).words
        assert tab.elements("exception") == []


def a_program_to_a_box_for_tables(server: Server) -> None:
    """A program to a box for tables."""
    a_program_by_its_name(server, "application/octet-stream")


def a_program_said_to_be_text(server: Server) -> None:
    """The same, said to be text: the kind a browser names counts for nothing."""
    a_program_by_its_name(server, "text/csv")


def a_name_streamlit_fails_on(server: Server) -> None:
    """A name that Streamlit fails on for good is never kept."""
    with opened(server) as tab:
        file = str(uuid4())
        name = "a\x01.csv"
        assert tab.uploads.put(name, table(31), file).status in (400, 415)
        tab.attach((file, name, 10))
        assert "没有读出" not in tab.run().words
        assert tab.elements("exception") == []


def far_too_much(server: Server) -> None:
    """Far too much, announced or not: refused, and nothing of it stays in memory."""
    content = bytes(50 * MB)
    with opened(server) as tab:
        before = resident(server)
        for chunked in (False, True):
            assert tab.uploads.put("a.csv", content, chunked=chunked).status in (413, 0)
        assert resident(server) - before < 40 * MB
        assert tab.uploads.put("a.csv", table(31)).status == 204


def files_under_invented_ids(server: Server) -> None:
    """Files nobody asked for, under invented ids: so much for a tab, however they come."""
    content = bytes(19 * MB)
    with opened(server) as tab, ThreadPoolExecutor(4) as pool:
        before = resident(server)
        answers = [
            *pool.map(lambda n: tab.uploads.put(f"{n}.csv", content, chunked=n % 2 == 0), range(8))
        ]
        kept = sum(answer.status == 204 for answer in answers)
        assert 0 < kept * len(content) <= MOST_BYTES
        for answer in answers:
            if answer.status != 204:
                refused(answer, 413)
        assert resident(server) - before < 2 * MOST_BYTES


def many_small_files(server: Server) -> None:
    """So many files for a tab, however small."""
    with opened(server) as tab:
        answers = [tab.uploads.put(f"{n}.csv", table(n)) for n in range(MOST_FILES + 5)]
        assert [answer.status for answer in answers] == [204] * MOST_FILES + [413] * 5


def a_request_of_another_site(server: Server) -> None:
    """A request of another site, which cannot know the token of this browser."""
    with opened(server) as tab:
        assert tab.uploads.put("a.csv", table(31), x_xsrftoken="").status == 403
        assert tab.uploads.put("a.csv", table(31), cookie="").status == 403
        assert tab.uploads.delete(str(uuid4())).status == 204
        assert tab.uploads.delete("a", x_xsrftoken="").status == 403
        made = "2|00000000|" + "ab" * 16 + "|1"
        pair = {"x_xsrftoken": made, "cookie": f"_streamlit_xsrf={made}"}
        # Where a pair made up is believed, the file is kept and no page shows it.
        assert tab.uploads.put("a.csv", table(31), **pair).status in (204, 403)
        assert "a.csv" not in tab.run().words


CHECKS = {  # > the case it drives
    a_program_to_a_box_for_tables: 24,
    a_program_said_to_be_text: 25,
    a_name_streamlit_fails_on: 27,
    far_too_much: 29,
    many_small_files: 31,
    files_under_invented_ids: 31,
    a_request_of_another_site: 33,
}


def checks(mark: Callable[[int], pytest.MarkDecorator]) -> list[object]:
    """Every check, marked with its case."""
    return [pytest.param(c, id=c.__name__, marks=mark(n)) for c, n in CHECKS.items()]


@pytest.mark.parametrize("check", checks(pytest.mark.case))
def test_an_upload_no_browser_sends_does_no_harm(
    check: Callable[[Server], None], server: Server
) -> None:
    check(server)


@pytest.mark.parametrize("check", checks(pytest.mark.broken))
def test_the_check_catches_an_app_without_its_guard(
    check: Callable[[Server], None], unguarded: Server
) -> None:
    with pytest.raises(AssertionError):
        check(unguarded)


@pytest.mark.case(26)
def test_a_program_named_like_a_table_is_refused_on_the_page(server: Server) -> None:
    with opened(server) as tab:
        assert "没有读出表格" in give(tab, "ok.csv", PROGRAM).words
        assert "这是可执行程序，不是表格" in tab.words
        assert COMPARE not in tab.ids


@pytest.mark.case(27)
def test_a_name_is_text_on_the_page_and_no_path(server: Server) -> None:
    names = [
        "../../../tmp/x.csv",
        "..\\..\\x.csv",
        "<img src=x onerror=alert(1)>.csv",
        "长" * 300 + ".csv",
    ]
    for name in names:
        with opened(server) as tab:
            text = give(tab, name, table(31)).words
            assert "网办预警，2022年上半年，1行" in text
            assert "<img" not in text
            assert tab.elements("exception") == []
    data = server.log.parent / "data"
    assert [path for path in data.rglob("*") if "x.csv" in path.name or "长" in path.name] == []
    assert not Path("/tmp/x.csv").exists()


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
@pytest.mark.case(30)
def test_a_file_of_exactly_the_size_that_is_said_goes_through(
    chunked: bool, server: Server
) -> None:
    with opened(server) as tab:
        assert tab.uploads.put("a.csv", bytes(UPLOAD.file_bytes), chunked=chunked).status == 204


def leaves_room(config: str) -> None:
    """A request is larger than its file: the server's limit is above that of the pages."""
    server = tomllib.loads(config)["server"]
    assert server["maxUploadSize"] * MB > UPLOAD.file_bytes


@pytest.mark.case(30)
@pytest.mark.broken(30)
def test_the_server_takes_more_than_the_pages() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    leaves_room(config)
    with pytest.raises(AssertionError):
        leaves_room(config.replace("maxUploadSize = 31", "maxUploadSize = 30"))


@pytest.mark.case(30)
def test_one_byte_more_is_refused_in_a_sentence(server: Server) -> None:
    with opened(server) as tab:
        give(tab, "a.csv", bytes(UPLOAD.file_bytes + 1))
        assert "上限30 MB" in tab.words


@pytest.mark.case(31)
def test_all_tabs_together_are_bounded_and_a_closed_one_makes_room(server: Server) -> None:
    content = bytes(24 * MB)
    before = resident(server)
    with opened(server) as last, ExitStack() as rest:
        tabs = [*(rest.enter_context(opened(server)) for _ in range(3)), last]
        answers = [tab.uploads.put(f"{n}.csv", content) for tab in tabs for n in range(4)]
        kept = sum(answer.status == 204 for answer in answers)
        assert kept == MOST_IN_ALL // len(content)
        refused(answers[-1], 503)
        assert resident(server) - before < MOST_IN_ALL + MOST_BYTES
        rest.close()
        assert "预警" in give(last, "预警.csv", table(31)).words


@pytest.mark.case(31)
def test_what_left_the_box_leaves_the_memory(server: Server) -> None:
    with opened(server) as tab:
        for _ in range(5):  # more than a tab may hold at once
            file = str(uuid4())
            assert tab.uploads.put("a.csv", bytes(25 * MB), file).status == 204
            tab.attach((file, "a.csv", 25 * MB))
            tab.run()
            tab.attach()
            tab.run()


def shown_fingerprint(tab: Tab) -> str:
    """What the page says the file is known by."""
    found = re.search("指纹 ([0-9a-f]{12})", tab.words)
    assert found, tab.words
    return found[1]


def fingerprint(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


@pytest.mark.case(32)
def test_another_browser_cannot_change_what_is_published(tmp_path: Path) -> None:
    mine, theirs = table(32), table(99)
    with running(tmp_path) as server, opened(server) as tab, opened(server) as other:
        file = str(uuid4())
        assert tab.uploads.put("预警.csv", mine, file).status == 204
        aimed = replace(other.uploads, session=tab.id)
        early = aimed.put("预警.csv", theirs, file).status
        tab.attach((file, "预警.csv", len(mine)))
        # Refused, or there to be seen before anything is published.
        expected = theirs if early == 204 else mine
        assert shown_fingerprint(tab.run()) == fingerprint(expected)
        # What was read once is what is published, whatever comes after.
        aimed.put("预警.csv", table(77), file)
        tab.set(POST, "string", "值班岗")
        tab.run()
        tab.click(COMPARE)
        tab.run()
        (proposal,) = lake(server).proposals()
        assert proposal.sources[0]["sha256"] == sha256(expected).hexdigest()
        assert f"指纹 {fingerprint(expected)}" in tab.words
        aimed.delete(file)
        tab.click("发布")
        assert tab.run().elements("exception") == []
        live = lake(server).live()
        assert live is not None
        assert live.sources[0]["sha256"] == sha256(expected).hexdigest()


def what_no_widget_offers(server: Server) -> None:
    """A click on what is idle, choices nobody offers, a text that is too long: nothing comes of it."""
    with opened(server) as tab:
        give(tab, "预警.csv", table(32))
        tab.click(COMPARE)  # idle: nobody answers for it yet
        assert tab.run().elements("exception") == []
        assert lake(server).proposals() == []

        tab.set("报送单位", "string", "没有这个单位")
        tab.set("期次", "string", "不存在")
        tab.set("发布方式", "string", "随便覆盖")
        tab.set(POST, "string", "岗" * 10_000)
        assert tab.run().elements("exception") == []
        tab.click(COMPARE)
        assert tab.run().elements("exception") == []
        assert all(len(proposal.by) <= 40 for proposal in lake(server).proposals())
        for proposal in lake(server).proposals():
            lake(server).discard(proposal.id)

        tab.set(POST, "string", "值班岗")
        tab.run()
        tab.click(COMPARE)
        tab.run()
        (proposal,) = lake(server).proposals()  # the same click, once somebody does
        assert (proposal.by, proposal.sender) == ("值班岗", "government_service")
        assert proposal.mode in ("merge", "replace")
        log = server.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log


@pytest.mark.case(22)
def test_what_no_widget_offers_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        what_no_widget_offers(server)


@pytest.mark.broken(22)
def test_a_page_that_takes_a_text_of_any_length_is_found_out(tmp_path: Path) -> None:
    root = copied(tmp_path / "project")
    page = root / "pages" / "upload.py"
    whole, limit = page.read_text(encoding="utf-8"), '（不写姓名）", max_chars=40'
    assert whole.count(limit) == 1
    page.write_text(whole.replace(limit, '（不写姓名）"'), encoding="utf-8")
    with running(tmp_path, root=root) as server, pytest.raises(AssertionError):
        what_no_widget_offers(server)
