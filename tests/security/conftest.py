"""A server that people come to through a proxy, with a draft only some of them may see."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from lib.access.roles import MACHINE
from lib.actions import propose
from lib.settings import ROOT
from lib.submission import receive
from tests.kept import first_release
from tests.server import Server, running

PEOPLE = {
    "查看": '查看"', "溧阳": '填报"\nplaces = ["溧阳市"]', "金坛": '填报"\nplaces = ["金坛区"]',
    "复核": '复核"', "管理": '管理"',
}  # fmt: skip
ACCOUNTS = {"查看": "ck", "溧阳": "ly", "金坛": "jt", "复核": "fh", "管理": "gl"}
SECRET = "9876543"  # a number that stands in the draft and nowhere else
DRAFT = f"期次,截止日期,地区,目标人数,已培育人数\n2022H1,2022-07-31,金坛区,,{SECRET}\n"
PROJECT = ("app.py", "lib", "pages", ".streamlit")


def people_file(folder: Path, *names: str) -> None:
    """Write the list of people, of those named, into a data folder."""
    entries = (
        f'[[people]]\naccount = "{ACCOUNTS[n]}"\nname = "{n}岗"\nrole = "{PEOPLE[n]}\n'
        for n in names
    )
    (folder / "people.toml").write_text("\n".join(entries), encoding="utf-8")


@dataclass(frozen=True)
class Office:
    """A running server: its address, its data folder, and the id of the draft of 金坛区."""

    url: str
    data: Path
    draft: str

    @staticmethod
    def headers(name: str | None) -> dict[str, str]:
        """What the proxy adds to the requests of a person; nothing for nobody."""
        return {"X-Remote-User": ACCOUNTS[name]} if name else {}


@contextmanager
def office(folder: Path, root: Path = ROOT) -> Iterator[Office]:
    """The server of a project folder, on a data folder with one release and one draft."""
    data, before = folder / "data", os.environ["TONGBAO_DATA"]
    data.mkdir(parents=True)
    people_file(data, *PEOPLE)
    try:
        os.environ["TONGBAO_DATA"] = str(data)
        first_release(data)
        got = receive(DRAFT.encode(), "金坛.csv", sender="jintan", choices={})
        draft = propose(MACHINE, [got], mode="merge", by="金坛数据岗", sender="jintan").id
    finally:
        os.environ["TONGBAO_DATA"] = before
    with running(folder, root=root, TONGBAO_SIGN_IN="proxy") as server:
        yield Office(server.url, data, draft)


@pytest.fixture(scope="session")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that is only looked at."""
    with office(tmp_path_factory.mktemp("office")) as found:
        yield found


def copied(root: Path) -> Path:
    """The project's code in a folder of its own, to be broken or set up otherwise."""
    root.mkdir()
    for name in PROJECT:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, root / name)
    return root


@pytest.fixture
def broken_office(tmp_path: Path) -> Callable[[str, str, str], AbstractContextManager[Office]]:
    """An office whose code was deliberately broken: `(file, what stands there, instead)`."""

    def broken(file: str, old: str, new: str) -> AbstractContextManager[Office]:
        root = copied(tmp_path / "broken")
        whole = (root / file).read_text(encoding="utf-8")
        assert whole.count(old) == 1, f"{file} has not exactly one {old!r}"
        (root / file).write_text(whole.replace(old, new), encoding="utf-8")
        return office(tmp_path / "office", root)

    return broken


SMALL = "tests/security/small"


def _small(folder: pytest.TempPathFactory, name: str) -> Iterator[Server]:
    """The small app, behind our guards or as Streamlit alone serves it."""
    made = folder.mktemp(name)
    settings = {
        "WATCH": str(made / "watch.log"),
        "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
        "STREAMLIT_SERVER_COOKIE_SECRET": "s" * 32,
        "PYTHONPATH": ".",
    }
    with running(made, script=f"{SMALL}/{name}.py", **settings) as found:
        yield found


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _small(tmp_path_factory, "guarded")


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from _small(tmp_path_factory, "bare")
