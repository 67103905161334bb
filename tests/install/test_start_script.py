"""What the start script says where it cannot start, and what it leaves where it is taken away."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.faults.test_small_disk import ALONE, no_mounts
from tests.install.tiny import started, unpacked, wheel
from tests.server import free_port

# Listens, and takes its time to stop, as a publish under way does.
APP = """
import pathlib, re, signal, socket, sys, time
def stop(*_):
    time.sleep(1)
    pathlib.Path("stopped").touch()
    sys.exit(0)
signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
listening = socket.create_server(("127.0.0.1", int(re.search(r"port=(\\d+)", " ".join(sys.argv))[1])))
while True:
    time.sleep(0.1)
"""
COMMANDS = "import os, sys; print(os.environ['TONGBAO_DATA'], os.getcwd(), *sys.argv[1:])"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A bundle nobody has started yet."""
    return unpacked(tmp_path)


@pytest.fixture
def own(installed: Path, tmp_path: Path) -> Path:
    """An installed bundle of a test's own, whose app and command line are stand-ins."""
    bundle = tmp_path / installed.name
    shutil.copytree(installed, bundle, symlinks=True)
    (site,) = (bundle / "venv/lib").glob("python*/site-packages")
    (site / "streamlit.py").write_text(APP)
    (bundle / "app/lib/__main__.py").write_text(COMMANDS)
    return bundle


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that was installed; its wheel is not the app's, so it cannot start."""
    bundle = unpacked(tmp_path_factory.mktemp("installed"))
    done = started(bundle, "--install")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "装好了" in done.stdout
    return bundle


def why(bundle: Path, *words: str, **settings: str) -> str:
    """The sentence it does not start with; nothing was made."""
    before = {*bundle.iterdir(), bundle / "start.lock"}
    done = started(bundle, *words, **settings)
    assert done.returncode == (1 if "再运行一次。" in done.stderr or "端口" in done.stderr else 2)
    assert {*bundle.iterdir(), bundle / "start.lock"} == before
    assert "Traceback" not in done.stderr
    return done.stderr


def about(bundle: Path, **changed: str | int) -> None:
    """Have a bundle say something else of itself."""
    path = bundle / "about.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def test_a_changed_file_is_named_and_nothing_is_installed(fresh: Path) -> None:
    with (fresh / "app" / "app.py").open("a") as file:
        file.write("#")
    (fresh / "wheels" / "tiny-1.0-py3-none-any.whl").unlink()
    said = why(fresh, "--install")
    assert "安装包不完整或被改动过（app/app.py、wheels/tiny-1.0-py3-none-any.whl）" in said


def test_a_wheel_other_than_the_listed_one_is_refused_though_its_sum_was_changed_too(
    fresh: Path,
) -> None:
    held = fresh / "wheels" / "tiny-1.0-py3-none-any.whl"
    old = sha256(held.read_bytes()).hexdigest()
    wheel(fresh / "wheels", "tiny", requires=["click"])
    sums = fresh / "SHA256SUMS"
    sums.write_text(sums.read_text().replace(old, sha256(held.read_bytes()).hexdigest()))
    done = started(fresh, "--install")
    assert done.returncode == 2
    assert "与登记的指纹不符，没有安装" in done.stderr
    assert "装好了" not in done.stdout
    assert not (fresh / "venv" / "installed.txt").exists(), "it is not taken for installed"


def test_without_the_right_python_it_says_which(fresh: Path, tmp_path: Path) -> None:
    (fresh / "python.txt").write_text("2.9\n")
    assert "没有找到 Python 3.11" in why(fresh)
    bare = tmp_path / "bin"
    bare.mkdir()
    for name in ("sh", "dirname", "cat"):
        (bare / name).symlink_to(str(shutil.which(name)))
    (fresh / "python.txt").write_text("3.11\n")
    assert "没有找到 Python 3.11（64位）" in why(fresh, PATH=str(bare))


def test_another_machine_than_it_is_made_for_is_told(fresh: Path) -> None:
    about(fresh, system="win32")
    assert "给别的操作系统的" in why(fresh)
    about(fresh, system="linux", python="3.9")
    assert "要用 Python 3.9" in why(fresh)


def test_too_little_room_is_said_before_anything_is_made(fresh: Path) -> None:
    about(fresh, megabytes=10**9)
    assert "磁盘空间不够。请腾出至少 1000000000 MB" in why(fresh)


def test_a_data_folder_nobody_may_write_to_is_said(installed: Path) -> None:
    assert "文件夹“/proc/none”不能写入" in why(installed, TONGBAO_DATA="/proc/none")


def test_a_port_in_use_is_said_with_the_next(installed: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = why(installed, "--port", str(port))
    assert f"端口 {port} 不能用" in said
    assert f"--port {port + 1}" in said


def test_what_is_installed_is_not_installed_again(installed: Path) -> None:
    before = os.stat(installed / "venv").st_mtime_ns
    done = started(installed, "--install")
    assert (done.returncode, done.stdout) == (0, "已经装好，没有改动。\n")
    assert os.stat(installed / "venv").st_mtime_ns == before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_once_it_listens_and_waits_for_the_app_to_end(
    own: Path, how: signal.Signals
) -> None:
    port = free_port()
    process = subprocess.Popen(
        ["sh", own / "start.sh", "--port", str(port)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip
    assert process.stdout is not None
    assert "数据在" in process.stdout.readline()
    assert process.stdout.readline() == f"请用浏览器打开 http://127.0.0.1:{port}\n"
    second = started(own, "--port", str(free_port()))
    assert (second.returncode, "已经开着" in second.stderr) == (1, True)
    gone = started(own, "--uninstall")
    assert (gone.returncode, gone.stderr[:5]) == (1, "没有卸载：")
    assert (own / "venv/bin/python").exists()
    if how is signal.SIGINT:  # as a terminal sends it, to both
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    with process:
        assert process.wait(60) == 0
    assert (own / "app/stopped").exists()


def test_a_command_is_run_on_the_data_a_start_takes_where_one_is(own: Path) -> None:
    done = started(own, "--run", "backup", "a.tar", "--port", "x")
    assert done.stdout.split() == [str(own.parent / "tongbao-data"), os.getcwd(), "backup", "a.tar", "--port", "x"]  # fmt: skip
    assert "还没有安装" not in done.stderr


def test_a_command_needs_an_installed_bundle(fresh: Path) -> None:
    assert why(fresh, "--run", "releases").startswith("没有运行：还没有安装")


def test_the_python_it_was_installed_with_is_remembered(own: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for name in ("sh", "dirname", "cat", "sed"):
        (bare / name).symlink_to(str(shutil.which(name)))
    done = started(own, "--install", PATH=str(bare))
    assert (done.returncode, done.stdout) == (0, "已经装好，没有改动。\n")


def test_without_its_python_or_with_another_it_is_not_taken_for_installed(own: Path) -> None:
    (own / "venv/bin/python").unlink()
    assert "还没有安装" in why(own, "--run", "releases")


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1"])
def test_what_is_no_port_is_said(installed: Path, port: str) -> None:
    assert "端口要是1到65535之间的数" in started(installed, f"--port={port}").stderr


def test_a_data_folder_whose_name_would_be_misread_is_refused(installed: Path) -> None:
    assert "路径里不能有 [ ] | ^" in why(installed, TONGBAO_DATA="/tmp/[a]")


def test_whoever_installs_everybody_may_read_it(tmp_path: Path) -> None:
    bundle = unpacked(tmp_path)
    subprocess.run(
        ["sh", "-c", 'umask 077; exec sh "$1/start.sh" --install', "sh", bundle], check=True
    )
    for name in ("venv", "venv/bin", "venv/installed.txt", "start.lock"):
        assert (bundle / name).stat().st_mode & 0o044 == 0o044, name


def test_taken_away_it_leaves_the_data_and_what_is_not_its_own(
    installed: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / installed.name
    shutil.copytree(installed, bundle, symlinks=True)
    data = tmp_path / "tongbao-data"
    (data / "lake").mkdir(parents=True)
    (bundle / "app" / "notes.txt").write_text("mine")
    (bundle / "app" / "empty").mkdir()
    done = started(bundle, "--uninstall")
    assert done.returncode == 0
    assert f"数据没有动，在“{data}”" in done.stdout
    assert [
        p.relative_to(tmp_path).as_posix() for p in sorted(bundle.rglob("*")) if p.is_file()
    ] == [f"{bundle.name}/app/notes.txt"]
    assert (bundle / "app" / "empty").is_dir(), "it is not one of ours"
    assert (data / "lake").is_dir()
    (bundle / "app" / "notes.txt").unlink()


def test_the_whole_folder_goes_where_it_holds_nothing_else(fresh: Path) -> None:
    done = started(fresh, "--uninstall")
    assert done.returncode == 0
    assert not fresh.exists()


@pytest.mark.skipif(bool(no_mounts()), reason=no_mounts())
def test_a_disk_that_fills_up_is_said(fresh: Path, tmp_path: Path) -> None:
    about(fresh, megabytes=1)
    sums = fresh / "SHA256SUMS"
    lines = [line for line in sums.read_text().splitlines(True) if "  about.json" not in line]
    sums.write_text("".join(lines))
    (tmp_path / "small").mkdir()
    done = subprocess.run(
        [
            *ALONE, "sh", "-c", 'mount -t tmpfs -o size=12m tmpfs "$1" && cp -r "$2" "$1/b" && "$1/b/start.sh" --install',
            "sh", tmp_path / "small", fresh,
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "所在的磁盘满了，请腾出空间，再运行一次" in done.stderr
