"""Installs 通报台 where there is no internet, then starts it; the next time it only starts.

Needs nothing but Python. All it says is for who sits at the machine: a sentence, and what to do.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
APP, VENV, WHEELS = HERE / "app", HERE / "venv", HERE / "wheels.txt"
SUMS, LOG, DONE = HERE / "SHA256SUMS", HERE / "install.log", VENV / "installed.txt"
LOCK = HERE / "start.lock"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
_NO_INDEX = {
    "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_NO_INPUT": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_CACHE_DIR": "1",
}  # fmt: skip
_TOO_LITTLE = "磁盘空间不够。请腾出至少 {megabytes} MB（现在有 {free} MB），再运行一次"
_FULL_BELOW = 20 * 2**20  # bytes; nothing can be installed, nor said why, in less
_LAST = {"about.json", "no-python.txt", "python.txt", "start.bat", "start.py", "start.sh"}
_NO_PATH = re.compile(r"[\[\]|^]")  # what names many files to those who read them
_FONTS = "from lib.documents.fonts import *; faces(installed().families())"


class CannotError(Exception):
    """Why it does not start; the message is a Chinese sentence for people.

    code: how the program ends; with 2 a service is not started again
    """

    code = 2


class NotNowError(CannotError):
    """Another start may do what this one could not."""

    code = 1


def about() -> dict[str, str | int]:
    """What this bundle says of itself."""
    said: dict[str, str | int] = json.loads((HERE / "about.json").read_text("utf-8"))
    return said


def check_machine(made: dict[str, str | int]) -> None:
    """Raise CannotError where the bundle is for another kind of machine."""
    own = ".".join(map(str, sys.version_info[:2]))
    if own != made["python"]:
        raise CannotError(f"这个安装包要用 Python {made['python']}，现在是 {own}")
    if not sys.platform.startswith(str(made["system"])):
        raise CannotError("这个安装包是给别的操作系统的，请换成对应的安装包")
    if sys.maxsize < 2**32:
        raise CannotError("这个 Python 是32位的，请安装64位的")
    if platform.machine().lower() not in ("x86_64", "amd64"):
        raise CannotError(
            f"这个安装包只能用在64位的 Intel、AMD（x86_64）机器上，这台是 {platform.machine()}"
        )
    if sys.platform == "linux":
        library, version = platform.libc_ver()
        if library != "glibc" or tuple(map(int, version.split(".")[:2])) < (2, 28):
            raise CannotError(
                "这台机器的系统太旧或太特别（需要 glibc 2.28 以上），请换一台较新的机器"
            )


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else installs, runs or removes this program meanwhile. Raises NotNowError."""
    handle = os.open(LOCK, os.O_RDONLY | os.O_CREAT, 0o644)  # a service may only read it
    try:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NotNowError(
                f"“{HERE}”里的通报台已经开着，或正在安装、卸载。已经开着的，请直接用浏览器打开；"
                "要停掉，请在它的窗口按 Ctrl+C，服务请运行 systemctl stop tongbao"
            ) from error
        yield
    finally:
        os.close(handle)


def check_writable(folder: Path) -> None:
    """Make a folder where it is missing. Raises CannotError where nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"1" * 4096)
            probe.flush()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NotNowError(f"“{folder}”所在的磁盘满了，请腾出空间，再运行一次") from error
        raise CannotError(
            f"文件夹“{folder}”不能写入，请把安装包移到能写的地方，或请管理员给写入权限"
        ) from error


def check_whole() -> None:
    """Compare every file of the bundle with its sum. Raises CannotError naming those that differ."""
    bad = []
    for line in SUMS.read_text("utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        try:
            held = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
        except OSError:
            held = ""
        if held != wanted:
            bad.append(name)
    if bad:
        more = f"等{len(bad)}个" if len(bad) > 3 else ""
        raise CannotError(
            f"安装包不完整或被改动过（{'、'.join(bad[:3])}{more}），请重新拷贝、解压安装包"
        )


def check_port(port: int) -> None:
    """Raise CannotError where something listens on the port already."""
    with socket.socket() as probe:
        if os.name != "nt":  # there it would share a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise NotNowError(
                f"端口 {port} 不能用，可能通报台已经开着（浏览器打开 http://127.0.0.1:{port} 看看），"
                f"或被别的程序占用；要换端口，请加 --port {port + 1}"
            ) from error


def data_folder() -> Path:
    """Where the data is: outside the program, so that neither an upgrade nor its removal touches it.

    Raises CannotError where its name would be misread.
    """
    folder = Path(os.environ.get("TONGBAO_DATA") or HERE.parent / "tongbao-data").absolute()
    if _NO_PATH.search(str(folder)):
        raise CannotError(f"数据文件夹“{folder}”的路径里不能有 [ ] | ^，请换一个位置或改名")
    return folder


def stamp() -> str:
    """What tells an environment with these wheels, on this Python, from any other."""
    return hashlib.sha256(WHEELS.read_bytes() + sys.base_prefix.encode()).hexdigest()


def is_installed() -> bool:
    """Whether the environment was finished, with these wheels, and its Python is still there."""
    return PYTHON.exists() and DONE.is_file() and DONE.read_text("utf-8") == stamp()


def run(what: str, *command: str | Path, **environment: str) -> None:
    """Run a step of installing, its output in the log. Raises CannotError."""
    with LOG.open("ab") as log:
        code = subprocess.call(
            [*map(str, command)], stdout=log, stderr=log, env={**os.environ, **environment}, cwd=APP
        )
    if code == 0:
        return
    said = LOG.read_text("utf-8", "replace")
    if "No space left" in said or shutil.disk_usage(HERE).free < _FULL_BELOW:
        raise NotNowError(f"“{HERE}”所在的磁盘满了，请腾出空间，再运行一次")
    if "DO NOT MATCH THE HASHES" in said:
        raise CannotError("安装包里的程序与登记的指纹不符，没有安装，请重新拷贝、解压安装包")
    raise CannotError(f"{what}，详情见“{LOG}”")


def install(made: dict[str, str | int]) -> None:
    """Make the environment from the wheels beside this file, and from nowhere else."""
    check_writable(HERE)
    free = shutil.disk_usage(HERE).free // 2**20
    if free < int(made["megabytes"]):
        raise NotNowError(_TOO_LITTLE.format(megabytes=made["megabytes"], free=free))
    check_whole()
    print("正在安装，约需一两分钟，请稍候……", flush=True)
    LOG.unlink(missing_ok=True)
    run(
        f"这台机器的 Python 建不了运行环境，请安装 python{made['python']}-venv",
        sys.executable, "-m", "venv", "--clear", VENV,
    )  # fmt: skip
    run(
        "没有装成",
        PYTHON, "-m", "pip", "install", "--no-index", "--require-hashes", "--only-binary=:all:",
        "--find-links", HERE / "wheels", "--requirement", WHEELS, **_NO_INDEX,
    )  # fmt: skip
    run("程序不能编译", PYTHON, "-m", "compileall", "-q", ".")
    DONE.write_text(stamp(), "utf-8")
    if subprocess.call([PYTHON, "-c", _FONTS], cwd=APP, stderr=subprocess.DEVNULL):
        print(
            "注意：没有找到可用的中文字体，简报不能存成PDF，其他不受影响。请安装仿宋、黑体、"
            "小标宋，或开源的思源字体（fonts-noto-cjk）。"
        )
    print("装好了。", flush=True)


def uninstall() -> None:
    """Take away what the bundle brought and what installing made; nothing else.

    What another run of this needs goes last. Raises CannotError.
    """
    shutil.rmtree(VENV, ignore_errors=True)
    if VENV.exists():
        raise CannotError(f"“{VENV}”删不掉，请关掉正在用它的程序，再运行一次")
    names = [line.partition("  ")[2] for line in SUMS.read_text("utf-8").splitlines()]
    early = [HERE / name for name in names if name not in _LAST]
    for path in (*early, LOG):
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in early if path.suffix == ".py"}:
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)
    above = {folder for path in early for folder in path.parents if HERE in folder.parents}
    for folder in sorted(above, reverse=True):
        _remove_empty(folder)
    for path in (*(HERE / name for name in names if name in _LAST), SUMS):
        path.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:  # it holds what is not ours, or is gone
        return


def farewell() -> None:
    """The last of it, and where what stays is."""
    LOCK.unlink(missing_ok=True)
    _remove_empty(HERE)
    left = f"“{HERE}”里还有别的文件，没有动。" if HERE.exists() else ""
    kept = os.environ.get("TONGBAO_DATA") or HERE.parent / "tongbao-data"
    service = "（服务的数据在 /var/lib/tongbao）" if os.name != "nt" else ""
    print(f"程序已卸载。{left}数据没有动，在“{kept}”{service}；确实不要了，再自己删除那个文件夹。")


def settings(data: Path) -> dict[str, str]:
    """The environment of the app and of its command line."""
    return {**os.environ, "TONGBAO_DATA": str(data), "PYTHONUTF8": "1"}


def command_line(words: list[str]) -> int:
    """Run a command on the data a start would take, in the folder one is in; its exit code."""
    environment = {**settings(data_folder()), "PYTHONPATH": str(APP)}
    return subprocess.call([str(PYTHON), "-P", "-m", "lib", *words], env=environment)


def start(port: int, rest: list[str]) -> int:
    """Start the app on its data, and stay until it ends; its exit code.

    What it needs beside settings is in the data folder, too.
    """
    data = data_folder()
    check_writable(data)
    check_port(port)
    secrets = data / "secrets.toml"
    given = [f"--secrets.files={secrets}"] if secrets.is_file() else []
    print(f"正在启动，数据在“{data}”。停止按 Ctrl+C。", flush=True)
    process = subprocess.Popen(
        [
            str(PYTHON), "-m", "streamlit", "run", "app.py", f"--server.port={port}",
            "--logger.hideWelcomeMessage=true", *given, *rest,
        ],
        env=settings(data), cwd=APP,
    )  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    listening = False
    while True:
        try:
            code = process.wait(None if listening else 0.3)
            return code if code >= 0 else 128 - code
        except subprocess.TimeoutExpired:
            listening = is_open(port)
            if listening:
                print(f"请用浏览器打开 http://127.0.0.1:{port}", flush=True)
        except KeyboardInterrupt:  # the app was told as well, and ends when it is ready to
            continue


def is_open(port: int) -> bool:
    """Whether something listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def port_of(said: str) -> int:
    """A port as it was typed. Raises CannotError."""
    if not (said.isdecimal() and 0 < int(said[:6]) < 2**16):
        raise CannotError(f"端口要是1到65535之间的数，不是“{said}”")
    return int(said)


def do(asked: argparse.Namespace, rest: list[str]) -> int:
    """Do what is asked for; the exit code. Raises CannotError, OSError."""
    made = about()
    check_machine(made)
    port = port_of(asked.port)
    if asked.uninstall:
        with alone():
            uninstall()
        farewell()
        return 0
    if asked.run is not None:
        if not is_installed():
            raise CannotError("还没有安装，请先加 --install 运行一次")
        return command_line(asked.run)
    if asked.install and is_installed():
        print("已经装好，没有改动。")
        return 0
    if not is_installed():
        check_writable(HERE)
    with alone():
        if not is_installed():
            mask = os.umask(0o022)  # whoever installs it, a service reads it
            try:
                LOCK.chmod(0o644)
                install(made)
            finally:
                os.umask(mask)
        return 0 if asked.install else start(port, rest)


def main() -> int:
    """Do what is asked for, or say why not; the exit code."""
    told = argparse.ArgumentParser(
        prog="start", description="通报台：没有安装就先安装，然后启动。其余参数交给 streamlit run。"
    )
    told.add_argument("--port", default="8501", help="端口，默认 8501")
    told.add_argument("--install", action="store_true", help="只安装，不启动")
    told.add_argument("--uninstall", action="store_true", help="卸载程序，保留数据")
    told.add_argument(
        "--run", nargs=argparse.REMAINDER, metavar="命令", help="对同一份数据运行命令行，如 --run backup 备份.tar"
    )  # fmt: skip
    asked, rest = told.parse_known_args()
    not_done = next(
        (said for name, said in (("uninstall", "没有卸载"), ("install", "没有安装")) if getattr(asked, name)),
        "没有启动" if asked.run is None else "没有运行",
    )  # fmt: skip
    try:
        return do(asked, rest)
    except CannotError as error:
        print(f"{not_done}：{error}。", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(f"{not_done}：中途停止了，再运行一次就从头来。", file=sys.stderr)
        return 130
    except OSError as error:
        full = (
            "磁盘满了，请腾出空间"
            if error.errno == errno.ENOSPC
            else f"读写出错（{error}），请检查磁盘"
        )
        print(f"{not_done}：{full}，再运行一次。", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
