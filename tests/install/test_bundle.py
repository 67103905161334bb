"""What is in a bundle, that it is the same bytes every time, and that nothing in it is missing."""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.utils import canonicalize_name

from install.build import HERE, app_files, version, write_bundle
from install.targets import Target, missing
from install.wheels import NoWheelError, lines, locked, pins, wheels_for
from lib.navigation import PAGES
from lib.settings import ROOT
from tests.install.tiny import LINUX, WINDOWS, wheel

TOP = f"tongbao-{version()}"
both = pytest.mark.parametrize("target", [LINUX, WINDOWS], ids=["linux", "windows"])
Content = dict[str, bytes]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> dict[Target, Content]:
    """What each bundle holds, by path."""
    folder = tmp_path_factory.mktemp("bundles")
    tiny = wheel(folder / "wheels", "tiny")
    with tarfile.open(write_bundle(LINUX, [tiny], folder)) as tar:
        linux = {m.name: held.read() for m in tar if (held := tar.extractfile(m))}
    with ZipFile(write_bundle(WINDOWS, [tiny], folder)) as packed:
        windows = {name: packed.read(name) for name in packed.namelist()}
    return {LINUX: linux, WINDOWS: windows}


@both
def test_everything_is_in_one_folder_with_its_sum(
    content: dict[Target, Content], target: Target
) -> None:
    held = content[target]
    assert {name.partition("/")[0] for name in held} == {TOP}
    listed = [line.split("  ") for line in held[f"{TOP}/SHA256SUMS"].decode().splitlines()]
    sums = {f"{TOP}/{name}": digest for digest, name in listed}
    assert sums == {
        name: sha256(bytes_).hexdigest()
        for name, bytes_ in held.items()
        if name != f"{TOP}/SHA256SUMS"
    }


@both
def test_the_app_is_whole_and_nothing_else_of_the_project_comes_along(
    content: dict[Target, Content], target: Target
) -> None:
    start = f"{TOP}/app/"
    held = {name.removeprefix(start) for name in content[target] if name.startswith(start)}
    assert held == set(app_files())
    assert {f"pages/{e.file}.py" for entries in PAGES.values() for e in entries} <= held
    assert {"app.py", "lib/assets/check.html", "data/bulletins/2022H1/staff.csv"} <= held
    assert {name.split("/")[0] for name in held} == {
        "app.py", "lib", "pages", "data", "docs", ".streamlit", "requirements.txt", "CONTRIBUTING.md",
        "README.md", "CHANGELOG.md", "LICENSE",
    }  # fmt: skip


@both
def test_the_same_commit_gives_the_same_bytes(target: Target, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        tiny = wheel(tmp_path / name / "wheels", "tiny", "1.0")
        os.utime(tiny, (len(made), len(made)))
        made.append(write_bundle(target, [tiny], tmp_path / name).read_bytes())
    assert sha256(made[0]).digest() == sha256(made[1]).digest()


def test_who_unpacks_it_owns_it_and_can_start_it(tmp_path: Path) -> None:
    made = write_bundle(LINUX, [wheel(tmp_path, "tiny")], tmp_path)
    with tarfile.open(made) as archive:
        members = {m.name: m for m in archive}
    assert {(m.uid, m.gid, m.uname) for m in members.values()} == {(0, 0, "")}
    files = {n.rpartition("/")[2]: m.mode for n, m in members.items() if m.isfile()}
    assert {name for name, mode in files.items() if mode & 0o111} == {"start.sh"}
    folders = {n: m.mode for n, m in members.items() if m.isdir()}
    assert folders.keys() >= {TOP, f"{TOP}/app", f"{TOP}/app/lib/store", f"{TOP}/wheels"}
    assert set(folders.values()) == {0o755}
    assert len({m.mtime for m in members.values()}) == 1
    assert list(members) == sorted(members)


@both
def test_texts_are_of_the_system_and_name_the_python_they_need(
    content: dict[Target, Content], target: Target
) -> None:
    for name in ("安装说明.txt", "no-python.txt", "python.txt"):
        text = content[target][f"{TOP}/{name}"]
        assert b"3.11" in text
        assert b"{python}" not in text
        assert (text.count(b"\r\n") == text.count(b"\n")) is (target is WINDOWS)


def test_the_windows_script_is_ascii_with_its_line_ends(
    content: dict[Target, Content],
) -> None:
    script = content[WINDOWS][f"{TOP}/start.bat"]
    assert script.isascii()
    assert script.count(b"\r\n") == script.count(b"\n") > 10


def named(target: Target) -> Iterator[str]:
    """The files beside it that a start script names."""
    if target is LINUX:
        yield from re.findall(r"\$here/([\w.-]+)", (HERE / "start.sh").read_text())
    else:
        yield from re.findall(r"%HERE%([\w.-]+)", (HERE / "start.bat").read_text())
    yield from re.findall(r'HERE / "([\w.-]+)"', (HERE / "start.py").read_text("utf-8"))


@both
def test_what_the_scripts_name_is_there(content: dict[Target, Content], target: Target) -> None:
    made_later = {"venv", "install.log", "start.lock"}
    there = {name.split("/")[1] for name in content[target]}
    found = set(named(target))
    assert found >= {"start.py", "python.txt", "no-python.txt", "SHA256SUMS", "wheels.txt"}
    assert found - made_later <= there


@pytest.mark.parametrize("shell", ["sh", "bash"])
def test_the_linux_script_is_one(shell: str) -> None:
    subprocess.run([shell, "-n", HERE / "start.sh"], check=True)


def test_nothing_here_names_a_registry_or_a_machine() -> None:
    for path in HERE.iterdir():
        if path.is_file():
            assert not re.search(
                r"pypi|pythonhosted|/root/|/work/|mirrors?\.", path.read_text("utf-8")
            )


def test_windows_needs_what_only_windows_needs(tmp_path: Path) -> None:
    click = wheel(
        tmp_path, "click", requires=['colorama; platform_system == "Windows"', 'x; extra == "more"']
    )
    assert missing(LINUX, ["click"], [click]) == (set(), [click])
    assert missing(WINDOWS, ["click"], [click]) == ({"colorama"}, [click])
    assert missing(LINUX, ["click[more]"], [click]) == ({"x"}, [click])
    assert missing(LINUX, ['click; sys_platform == "win32"'], [click]) == (set(), [])


def test_kept_wheels_are_used_as_they_are_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    old, new = wheel(tmp_path, "b", "1.0"), wheel(tmp_path, "b", "2.0")
    first = wheel(tmp_path, "a", requires=["B>=1"])
    assert wheels_for(LINUX, ["a"], {"a": "1.0", "b": "2.0"}, tmp_path) == [first, new]
    with pytest.raises(NoWheelError, match=r"not pinned in constraints\.txt: b"):
        wheels_for(LINUX, ["a"], {"a": "1.0"}, tmp_path)
    old.unlink()
    with pytest.raises(NoWheelError, match=r"no wheels for linux-x86_64-py311 among: b==1\.0"):
        wheels_for(LINUX, ["a"], {"a": "1.0", "b": "1.0"}, tmp_path)


def test_a_wheel_is_listed_with_its_bytes(tmp_path: Path) -> None:
    made = wheel(tmp_path, "tiny")
    assert locked([made]) == f"tiny==1.0 --hash=sha256:{sha256(made.read_bytes()).hexdigest()}\n"


@both
def test_everything_the_app_needs_there_is_pinned(target: Target) -> None:
    pinned = pins(ROOT / "constraints.txt")
    ahead, seen = [*target.asked(lines(ROOT / "requirements.txt"))], set()
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        if (step := (name, *sorted(requirement.extras))) in seen:
            continue
        seen.add(step)
        try:
            ahead += target.asked(requires(name) or (), requirement.extras)
        except PackageNotFoundError:
            assert target is WINDOWS, name
    names = {name for name, *_ in seen}
    assert len(names) > 40
    assert names - pinned.keys() == set()
