"""Who is sent what: every person, page, preview, file and fragment, over the raw protocol.

The first request after a start, pages asked for by name or by hash, a role taken away while a page
is open, and people nobody has named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lib.navigation import PAGES
from tests.security.conftest import ACCOUNTS, SECRET, Office, office, people_file
from tests.security.tab import Tab
from tests.security.wire import asked

PATHS = ["" if entry.default else entry.file for entries in PAGES.values() for entry in entries]
FILES = ("/download/centers.csv", "/document/brief", "/document/html", "/api/v1/facts")
WHO: tuple[str | None, ...] = (None, *ACCOUNTS)
SEES_DRAFT = {"金坛", "复核", "管理"}
REPORTS = {"溧阳", "金坛", "管理"}
FIGURES = ("142个", "775人", "85.40%", "R0001")  # of the release, on one page or another


@pytest.fixture
def cells(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> Iterator[None]:
    """Lets a test say how many cells of the matrix it asked: runs of a page or fragment, and files."""
    count = 0

    def counted(ask: Callable[..., Any]) -> Callable[..., Any]:
        def one(*args: Any, **more: Any) -> Any:
            nonlocal count
            count += 1
            return ask(*args, **more)

        return one

    monkeypatch.setattr(Tab, "run", counted(Tab.run))
    monkeypatch.setattr(f"{__name__}.asked", counted(asked))
    yield
    record_property("access cells", count)


def leaks_to_nobody(here: Office) -> Iterator[str]:
    """Pages and files that tell somebody without a name anything of the release."""
    for path in FILES:
        answer = asked(here.url, f"{path}?release=R0001&period=2022H1")
        if answer.status != 401 or b"R0001" in answer.body:
            yield f"{path}: {answer.status}"
    for path in PATHS:
        with Tab(here.url, path) as tab:
            tab.run()
            yield from (f"{path}: {figure}" for figure in FIGURES if figure in tab.text)
            if "没有给出登录的账号" not in tab.text:
                yield f"{path}: no reason"
        if asked(here.url, f"/{path}").status != 200:  # a redirect would name the release
            yield f"{path}: sent on"


def leaks_by_hash(here: Office) -> Iterator[str]:
    """What somebody without a name gets of a page whose hash somebody with one told them."""
    with Tab(here.url, "staff", here.headers("管理")) as tab:
        tab.run()
        known = tab.hash
        told = "775人" in tab.text
    with Tab(here.url) as tab:
        tab.run(page_hash=known)
        yield from (figure for figure in FIGURES if figure in tab.text)
    if not told:
        yield "not there at all"


def leaks_of_the_draft(here: Office) -> Iterator[str]:
    """Who is told of the draft and should not be, or is not and should be."""
    for who in WHO:
        headers = here.headers(who)
        for path in ("upload", "staff", "releases"):
            with Tab(here.url, path, headers, f"release={here.draft}&period=2022H1") as tab:
                tab.run()
                told = SECRET in tab.text or (path == "upload" and "金坛.csv" in tab.text)
                if told and who not in SEES_DRAFT:
                    yield f"{who} {path}"
                if path == "staff" and who in SEES_DRAFT and SECRET not in tab.text:
                    yield f"{who} {path}: not shown"
        address = f"/download/staff.csv?release={here.draft}&period=2022H1"
        answer, sees = asked(here.url, address, **headers), who in SEES_DRAFT
        if (SECRET.encode() in answer.body) != sees or (answer.status == 200) != sees:
            yield f"{who} download: {answer.status}"


def wrong_controls(here: Office) -> Iterator[str]:
    """Pages that offer somebody what their role does not allow, or not what it does."""
    for who in ACCOUNTS:
        with Tab(here.url, "upload", here.headers(who)) as tab:
            tab.run()
            if ("file_uploader" in tab.kinds) != (who in REPORTS):
                yield f"{who} upload"
        with Tab(here.url, "verify", here.headers(who)) as tab:
            tab.run()
            if ("comment-by" in tab.text) != (who != "查看"):
                yield f"{who} comment"
        with Tab(here.url, "meeting", here.headers(who)) as tab:
            tab.run()
            if ("保存排练" in tab.text) != (who != "查看"):
                yield f"{who} rehearsal"


def leaks_after_a_role_is_gone(here: Office) -> Iterator[str]:
    """What a page that is open still gets of its fragments and of its next run."""
    with Tab(here.url, "centers", here.headers("查看")) as tab:
        tab.run()
        assert "142个" in tab.text
        fragments = tab.fragments
        assert fragments
        people_file(here.data, "管理")
        for fragment in fragments:
            tab.run(fragment=fragment)
            if "vega_lite_chart" in tab.kinds:
                yield f"fragment {fragment}"
        tab.run()
        if "142个" in tab.text or "还没有开通" not in tab.text:
            yield "page"


def leaks_to_a_lesser_role(here: Office) -> Iterator[str]:
    """What 操作日志, still open, hands out when whoever reads it may only look by now."""
    with Tab(here.url, "audit", here.headers("管理")) as tab:
        tab.run()
        (button,) = tab.elements("download_button")
        assert tab.later(button), "as long as they may"
        people = here.data / "people.toml"
        people.write_text(people.read_text("utf-8").replace('"管理"', '"查看"'), "utf-8")
        if tab.later(button):
            yield "a download made once it is asked for"


@pytest.mark.case(2)
@pytest.mark.usefixtures("cells")
def test_nobody_is_told_anything(shared_office: Office) -> None:
    assert list(leaks_to_nobody(shared_office)) == []


@pytest.mark.case(2)
@pytest.mark.usefixtures("cells")
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_everybody_who_is_named_sees_the_pages(shared_office: Office, every: bool) -> None:
    """Every page once, and for each role some of them, or every one."""
    told = set()
    for number, who in enumerate(ACCOUNTS):
        for path in PATHS if every or who == "管理" else PATHS[number :: len(ACCOUNTS)]:
            with Tab(shared_office.url, path, shared_office.headers(who)) as tab:
                tab.run()
                told |= {figure for figure in FIGURES if figure in tab.text}
                assert "exception" not in tab.kinds, (who, path)
                assert f"{who}岗" in tab.text, (who, path)
    assert told == set(FIGURES)


@pytest.mark.usefixtures("cells")
def test_a_draft_is_for_its_sender_and_reviewers(shared_office: Office) -> None:
    assert list(leaks_of_the_draft(shared_office)) == []


@pytest.mark.usefixtures("cells")
def test_pages_offer_what_a_role_allows(shared_office: Office) -> None:
    assert list(wrong_controls(shared_office)) == []


@pytest.mark.case(3)
@pytest.mark.usefixtures("cells")
def test_a_page_asked_for_by_its_hash_is_checked_like_any(shared_office: Office) -> None:
    assert list(leaks_by_hash(shared_office)) == []


@pytest.mark.case(1, 4)
@pytest.mark.usefixtures("cells")
def test_the_first_request_after_a_start_is_checked_and_a_role_that_is_gone_is_gone(
    tmp_path,
) -> None:
    with office(tmp_path) as here:
        with Tab(here.url, "staff") as tab:
            tab.run()
            assert "775人" not in tab.text
        assert list(leaks_to_a_lesser_role(here)) == []
        people_file(here.data, *ACCOUNTS)
        assert list(leaks_after_a_role_is_gone(here)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "check"),
    [
        pytest.param(
            "lib/access/ways.py", "    if not named:\n", "    if not (named := named or 'gl'):\n", leaks_by_hash,
            marks=pytest.mark.broken(3),
        ),
        pytest.param(
            "lib/access/ways.py", "    if not named:\n", "    if not (named := named or 'gl'):\n", leaks_to_nobody,
            marks=pytest.mark.broken(2),
        ),
        ("lib/guards/visitor.py", "if found.person is None and path != _LOGOUT:", "if False:", leaks_to_nobody),
        (
            "lib/actions.py",
            "    if proposal and person.sees_drafts_of(proposal.sender):", "    if proposal:",
            leaks_of_the_draft,
        ),
        ("lib/actions.py", "if person.sees_drafts_of(one.sender)]", "]", leaks_of_the_draft),
        ("lib/access/roles.py", "return action in ALLOWED[self.role]", "return True", wrong_controls),
        pytest.param(
            "lib/visitor.py", "if now.person is None or now != st.session_state.visitor:", "if False:",
            leaks_after_a_role_is_gone, marks=pytest.mark.broken(4),
        ),
        pytest.param(
            "lib/visitor.py", "        _check(now.person, action)\n        if release", "        if release",
            leaks_to_a_lesser_role, marks=pytest.mark.broken(4),
        ),
    ],
    ids=["hashes", "names", "files", "previews", "drafts", "roles", "fragments", "downloads"],
)  # fmt: skip
def test_the_checks_notice_what_is_broken(broken_office, file, old, new, check) -> None:
    with broken_office(file, old, new) as here:
        assert next(check(here), ""), "not noticed"
